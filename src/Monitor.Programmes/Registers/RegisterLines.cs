using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Evidence;

namespace Monitor.Programmes.Registers;

/// <summary>
/// Register changes for people outside, as NDJSON by position: who and which device had which key, and from when to when.
/// Secrets are left out: of an agent's change, the hash of its password. What a judgement or an approval seals is the hash
/// of these lines.
/// </summary>
public static class RegisterLines
{
    private const string Secret = "password";

    /// <summary>The lines.</summary>
    /// <param name="records">Register changes, in any order.</param>
    public static byte[] Write(IEnumerable<StoredRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, CanonicalJson.Options);
        foreach (StoredRecord record in records.OrderBy(r => r.Position))
        {
            json.WriteStartObject();
            json.WriteNumber("pos", record.Position);
            json.WriteString("subject", record.Subject);
            json.WriteNumber("at", record.RecordedAt.UnixMilliseconds);
            json.WriteStartObject("body");
            using (JsonDocument body = JsonDocument.Parse(record.Body))
            {
                foreach (JsonProperty member in body.RootElement.EnumerateObject().Where(m => m.Name != Secret))
                {
                    member.WriteTo(json);
                }
            }
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256 of the lines, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(IEnumerable<StoredRecord> records) =>
        Convert.ToHexStringLower(SHA256.HashData(Write(records)));

    /// <summary>Every change of the register of persons up to a position.</summary>
    /// <param name="registry">The record's registry.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    public static IReadOnlyList<StoredRecord> Persons(IRegistryStore registry, long position) => registry.Read(
        new RecordQuery { Kind = RecordKind.Registry, Subject = PersonRoll.Subject, UpToPosition = position });

    /// <summary>Every change of some agents up to a position.</summary>
    /// <param name="registry">The record's registry.</param>
    /// <param name="agents">Agent ids.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    public static IReadOnlyList<StoredRecord> Agents(
        IRegistryStore registry, IEnumerable<string> agents, long position) =>
    [
        .. agents.Distinct(StringComparer.Ordinal).SelectMany(id => registry.Read(new RecordQuery
        {
            Kind = RecordKind.Registry, Subject = $"{DeviceKeys.Subject}/{id}", UpToPosition = position,
        })).OrderBy(r => r.Position),
    ];

    /// <summary>Reads lines back; the bodies are without what was left out.</summary>
    /// <param name="bytes">The lines.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="InputException">A line is of another shape, or out of order; names the line.</exception>
    public static IReadOnlyList<StoredRecord> Read(ReadOnlyMemory<byte> bytes, string name)
    {
        List<StoredRecord> records = [];
        foreach (ReadOnlyMemory<byte> line in TextLines.Of(bytes, name))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement json = document.RootElement;
                long position = json.GetProperty("pos").GetInt64();
                if (records.Count > 0 && position <= records[^1].Position) throw new FormatException("it is out of order.");
                string subject = json.GetProperty("subject").GetString() ?? "";
                records.Add(new StoredRecord(
                    position, RecordKind.Registry, subject, subject, new Instant(json.GetProperty("at").GetInt64()),
                    System.Text.Encoding.UTF8.GetBytes(json.GetProperty("body").GetRawText())));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InputException(
                    $"this is no change of a register: {e.Message}", "Ask for the bundle again.", name, records.Count + 1);
            }
        }
        return records;
    }
}
