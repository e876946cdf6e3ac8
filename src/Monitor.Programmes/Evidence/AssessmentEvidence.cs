using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Evidence;

/// <summary>What an assessment was made from, apart from the readings.</summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Programme version.</param>
/// <param name="DefinitionSha256">Hash of the programme's text.</param>
/// <param name="StandardSha256">Hash of the standard's text.</param>
/// <param name="Section">Section id.</param>
/// <param name="Period">Label of the period.</param>
/// <param name="Position">Position up to which the record was read, inclusive.</param>
public sealed record EvidenceHeader(
    string Programme, string Version, string DefinitionSha256, string StandardSha256,
    string Section, string Period, long Position);

/// <summary>
/// The canonical inputs of an assessment: NDJSON, first the header, then the reviews, suspensions and liftings that
/// were read, by position, each with its body verbatim in a string, then the scenes whose figures were read, each with the
/// hashes of its files, then every reading that was read, in the order of the record's query, each with its identity and
/// place. Kept by the SHA-256 of its bytes; what a judgement seals is that hash.
/// </summary>
public static class AssessmentEvidence
{
    // Of scenes: with the hashes of their files, and with devices where a register was sealed.
    private const string FormatOfScenes = "scene-assessment/1";

    // With the hash of the devices' register, and what was known of their clocks.
    private const string Format = "river-assessment/3";

    // Before that: readings and records.
    private const string FormatOfRecords = "river-assessment/2";

    // Before there were records: readings only. Sealed evidence of it is read for ever.
    private const string FormatOfReadings = "river-assessment/1";

    /// <summary>The header of an assessment.</summary>
    public static EvidenceHeader Header(RiverProgramme programme, string section, string period, long position) => new(
        programme.Id, programme.Version, programme.Text.Sha256, programme.Standard.Text.Sha256, section, period, position);

    /// <summary>The evidence's bytes.</summary>
    public static byte[] Write(EvidenceHeader header, JudgementInputs inputs)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, CanonicalJson.Options);
        json.WriteStartObject();
        json.WriteString(
            "evidence", inputs.Scenes.Count > 0 ? FormatOfScenes : inputs.Devices is null ? FormatOfRecords : Format);
        json.WriteString("programme", header.Programme);
        json.WriteString("version", header.Version);
        json.WriteString("definition", header.DefinitionSha256);
        json.WriteString("standard", header.StandardSha256);
        json.WriteString("section", header.Section);
        json.WriteString("period", header.Period);
        json.WriteNumber("position", header.Position);
        if (inputs.Devices is string devices) json.WriteString("devices", devices);
        json.WriteEndObject();
        EndLine(json, buffer);
        foreach (StoredRecord record in inputs.Records)
        {
            Write(json, record);
            EndLine(json, buffer);
        }
        foreach (SceneManifest scene in inputs.Scenes)
        {
            SceneManifestJson.Write(json, scene);
            EndLine(json, buffer);
        }
        foreach (StoredReading stored in inputs.Readings)
        {
            Write(json, stored, inputs.Quarantines);
            EndLine(json, buffer);
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads evidence back.</summary>
    /// <param name="bytes">The bytes, whose hash the caller has checked.</param>
    /// <param name="name">Name for messages, as the hash.</param>
    /// <exception cref="InputException">A line is not as this class writes it; names the line and the
    /// field.</exception>
    public static (EvidenceHeader Header, JudgementInputs Inputs) Read(ReadOnlyMemory<byte> bytes, string name)
    {
        EvidenceHeader? header = null;
        string? devices = null;
        List<StoredRecord> records = [];
        List<SceneManifest> scenes = [];
        List<StoredReading> readings = [];
        (int line, int start) = (0, 0);
        ReadOnlySpan<byte> all = bytes.Span;
        while (start < all.Length)
        {
            int length = all[start..].IndexOf((byte)'\n');
            if (length < 0) throw Broken(name, line + 1, "", "the line does not end.");
            line++;
            ReadOnlyMemory<byte> text = bytes.Slice(start, length);
            start += length + 1;
            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
                if (header is null) (header, devices) = ReadHeader(document.RootElement);
                else if (IsRecord(document.RootElement)) records.Add(ReadRecord(document.RootElement));
                else if (IsScene(document.RootElement)) scenes.Add(SceneManifestJson.Read(document.RootElement));
                else readings.Add(ReadReading(document.RootElement, header.Section));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw Broken(name, line, "", e.Message);
            }
        }
        return (header ?? throw Broken(name, 1, "", "the file is empty."), new JudgementInputs(readings, records)
        {
            Devices = devices,
            Scenes = scenes,
        });
    }

    private static void Write(Utf8JsonWriter json, StoredRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("pos", record.Position);
        json.WriteString("record", record.Kind.Name());
        json.WriteString("subject", record.Subject);
        json.WriteString("key", record.Key);
        json.WriteNumber("at", record.RecordedAt.UnixMilliseconds);
        json.WriteString("body", record.Body.Span);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StoredReading stored, bool quarantines)
    {
        Reading r = stored.Reading;
        json.WriteStartObject();
        json.WriteNumber("pos", stored.Position);
        json.WriteString("agent", stored.Agent);
        json.WriteString("boot", stored.Boot);
        json.WriteNumber("seq", stored.Sequence);
        json.WriteNumber("i", r.Index);
        json.WriteString("p", r.Measurand);
        json.WriteNumber("t", r.Time.UnixMilliseconds);
        json.WriteString("v", r.Value.ToString());
        json.WriteString("k", r.Statistic.Name());
        json.WriteString("u", r.Unit);
        json.WriteString("st", r.Status);
        json.WriteString("inst", r.Instrument);
        if (quarantines && stored.Doubt is string doubt) json.WriteString("doubt", doubt);
        json.WriteEndObject();
    }

    private static (EvidenceHeader Header, string? Devices) ReadHeader(JsonElement json)
    {
        string format = Text(json, "evidence");
        if (format is not (FormatOfScenes or Format or FormatOfRecords or FormatOfReadings))
        {
            throw new FormatException(
                $"the format '{format}' is none of {FormatOfScenes}, {Format}, {FormatOfRecords}, {FormatOfReadings}.");
        }
        var header = new EvidenceHeader(
            Text(json, "programme"), Text(json, "version"), Text(json, "definition"), Text(json, "standard"),
            Text(json, "section"), Text(json, "period"), json.GetProperty("position").GetInt64());
        bool hasDevices = format == Format || (format == FormatOfScenes && json.TryGetProperty("devices", out _));
        return (header, hasDevices ? Text(json, "devices") : null);
    }

    private static bool IsScene(JsonElement json) => json.TryGetProperty(SceneManifestJson.Key, out _);

    private static bool IsRecord(JsonElement json) => json.TryGetProperty("record", out _);

    private static StoredRecord ReadRecord(JsonElement json)
    {
        string word = Text(json, "record");
        if (!RecordKindNames.TryParse(word, out RecordKind kind))
        {
            throw new FormatException($"record: '{word}' is not known.");
        }
        return new StoredRecord(
            json.GetProperty("pos").GetInt64(), kind, Text(json, "subject"), Text(json, "key"),
            new Instant(json.GetProperty("at").GetInt64()), Encoding.UTF8.GetBytes(Text(json, "body")));
    }

    private static StoredReading ReadReading(JsonElement json, string section)
    {
        string value = Text(json, "v");
        if (!ReportedValue.TryParseQualified(value, out ReportedValue reported))
        {
            throw new FormatException($"v: '{value}' is not a number.");
        }
        string kind = Text(json, "k");
        if (!StatisticNames.TryParse(kind, out Statistic statistic)) throw new FormatException($"k: '{kind}' is not known.");
        var reading = new Reading
        {
            Index = json.GetProperty("i").GetInt32(),
            Measurand = Text(json, "p"),
            Time = new Instant(json.GetProperty("t").GetInt64()),
            Value = reported,
            Statistic = statistic,
            Unit = Text(json, "u"),
            Status = Text(json, "st"),
            Instrument = Text(json, "inst"),
        };
        return new StoredReading(
            json.GetProperty("pos").GetInt64(), Text(json, "agent"), Text(json, "boot"),
            json.GetProperty("seq").GetInt64(), section, reading)
        {
            Doubt = json.TryGetProperty("doubt", out JsonElement doubt) ? doubt.GetString() : null,
        };
    }

    private static string Text(JsonElement json, string key) =>
        json.GetProperty(key).GetString() ?? throw new FormatException($"{key} is null.");

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        buffer.Write("\n"u8);
        json.Reset();
    }

    private static InputException Broken(string name, int line, string field, string why) => new(
        string.Create(CultureInfo.InvariantCulture, $"this is no evidence of an assessment: {why}"),
        "Restore the file from a backup.", name, line, field);
}
