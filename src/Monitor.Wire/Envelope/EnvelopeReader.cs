using System.Text.Json;
using System.Text.Unicode;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// Reads one envelope. The first thing that is wrong becomes <see cref="Fault"/>, and nothing is returned.
/// </summary>
internal sealed class EnvelopeReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = EnvelopeLimits.DepthMax,
        // A key that comes twice means one thing to us and another to the next reader: unfit as evidence.
        AllowDuplicateProperties = false,
    };

    // Where the fields now read stand, as "r[3]."; empty at the top.
    private string place = "";

    /// <summary>Why the envelope is refused; empty so long as it is not.</summary>
    internal string Fault { get; private set; } = "";

    internal ReadingBatch? Read(ReadOnlyMemory<byte> payload)
    {
        // Text in another encoding, or none, would else be found out only where a field is looked at.
        if (!Utf8.IsValid(payload.Span))
        {
            Fail("The payload is not UTF-8.");
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            return ReadRoot(document.RootElement, payload);
        }
        catch (JsonException e)
        {
            Fail(Describe(payload, e));
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of an escape such as \ud800, which is half of a character, in a key or a text.
            Fail("The payload has an escape that stands for half a character.");
        }
        return null;
    }

    private ReadingBatch? ReadRoot(JsonElement root, ReadOnlyMemory<byte> payload)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Fail("The payload is not a JSON object.");
            return null;
        }
        long version = Number(root, "v", 0, long.MaxValue);
        if (version != EnvelopeLimits.Version)
        {
            Fail($"The field v is {version}; only version {EnvelopeLimits.Version} is known.");
        }
        string agent = Id(root, "agent");
        string section = Id(root, "section");
        string boot = Id(root, "boot");
        long sequence = Number(root, "seq", 1, long.MaxValue);
        Instant sent = Time(root, "sent");
        ClockState clock = Clock(root);
        string previous = Optional(root, "prev", EnvelopeLimits.IsHash, "64 lower-case hex digits");
        string signature = Optional(root, "sig", EnvelopeLimits.IsSignature, "at most 128 characters of base64");
        Reading[] readings = Fault.Length == 0 ? Readings(root) : [];
        if (Fault.Length > 0) return null;
        return new ReadingBatch
        {
            Agent = agent,
            Section = section,
            Boot = boot,
            Sequence = sequence,
            Sent = sent,
            Clock = clock,
            Previous = previous,
            Signature = signature,
            Readings = readings,
            Payload = payload,
        };
    }

    private ClockState Clock(JsonElement root)
    {
        if (!root.TryGetProperty("clk", out JsonElement clk)) return ClockState.Unknown;
        if (clk.ValueKind != JsonValueKind.Object)
        {
            Fail("The field clk is not an object.");
            return ClockState.Unknown;
        }
        place = "clk.";
        string source = Id(clk, "src");
        Instant? synced = clk.TryGetProperty("sync", out _) ? Time(clk, "sync") : null;
        long? error = clk.TryGetProperty("est_ms", out _) ? Number(clk, "est_ms", 0, long.MaxValue) : null;
        long? epoch = clk.TryGetProperty("ep", out _) ? Number(clk, "ep", 1, long.MaxValue) : null;
        long? step = clk.TryGetProperty("step_ms", out _) ? Number(clk, "step_ms", long.MinValue, long.MaxValue) : null;
        place = "";
        return new ClockState(source, synced, error, epoch, step);
    }

    private Reading[] Readings(JsonElement root)
    {
        if (!root.TryGetProperty("r", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            Fail("The field r is missing or not an array.");
            return [];
        }
        int count = list.GetArrayLength();
        if (count is < 1 or > ReadingBatch.ReadingsMax)
        {
            Fail($"The field r has {count} readings; it takes 1 to {ReadingBatch.ReadingsMax}.");
            return [];
        }
        var readings = new Reading[count];
        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            Reading? reading = ReadOne(item, index);
            if (reading is null) return [];
            readings[index++] = reading;
        }
        return readings;
    }

    private Reading? ReadOne(JsonElement item, int index)
    {
        place = $"r[{index}].";
        if (item.ValueKind != JsonValueKind.Object)
        {
            Fail($"The field r[{index}] is not an object.");
            return null;
        }
        string measurand = Id(item, "p");
        Instant time = Time(item, "t");
        ReportedValue value = Value(item);
        string kind = Text(item, "k");
        if (!StatisticNames.TryParse(kind, out Statistic statistic)) FailField("k", "is not rtd, min, hour or day");
        string unit = Text(item, "u");
        if (!EnvelopeLimits.IsUnit(unit)) FailField("u", "is not a unit of at most 32 characters");
        string status = Optional(item, "st", DeviceStatus.IsValid, "one or two ASCII letters");
        string instrument = Optional(item, "i", Identifier.IsValid, "an id");
        if (Fault.Length > 0) return null;
        return new Reading
        {
            Index = index,
            Measurand = measurand,
            Time = time,
            Value = value,
            Statistic = statistic,
            Unit = unit,
            Status = status.Length > 0 ? status : DeviceStatus.Normal,
            Instrument = instrument,
        };
    }

    private ReportedValue Value(JsonElement item)
    {
        Qualifier qualifier = Qualifier.None;
        if (item.TryGetProperty("q", out _))
        {
            qualifier = Text(item, "q") switch { "<" => Qualifier.Below, ">" => Qualifier.Above, _ => Qualifier.None };
            if (qualifier == Qualifier.None) FailField("q", "is not < or >");
        }
        if (!ReportedValue.TryParse(Text(item, "v"), qualifier, out ReportedValue value))
        {
            FailField("v", "is not a plain decimal of at most 18 places and 63 bits");
        }
        return value;
    }

    private string Id(JsonElement at, string key)
    {
        string id = Text(at, key);
        if (!Identifier.IsValid(id)) FailField(key, "is not an id: 1 to 32 of A-Z a-z 0-9 _ -");
        return id;
    }

    private Instant Time(JsonElement at, string key) => new(Number(
        at, key, EnvelopeLimits.TimeMin.UnixMilliseconds, EnvelopeLimits.TimeMax.UnixMilliseconds));

    private string Optional(JsonElement at, string key, Func<ReadOnlySpan<char>, bool> isRight, string what)
    {
        if (!at.TryGetProperty(key, out _)) return "";
        string text = Text(at, key);
        if (!isRight(text)) FailField(key, "is not " + what);
        return text;
    }

    private string Text(JsonElement at, string key)
    {
        if (at.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!;
        }
        FailField(key, "is missing or not a string");
        return "";
    }

    private long Number(JsonElement at, string key, long min, long max)
    {
        if (!at.TryGetProperty(key, out JsonElement value) || value.ValueKind != JsonValueKind.Number)
        {
            FailField(key, "is missing or not a number");
            return min;
        }
        if (value.TryGetInt64(out long number) && number >= min && number <= max) return number;
        FailField(key, $"is not a whole number from {min} to {max}");
        return min;
    }

    // Read a second time, allowing what the first reading refused: only to say what was wrong.
    private static string Describe(ReadOnlyMemory<byte> payload, JsonException e)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Options with { AllowDuplicateProperties = true });
            string key = RepeatedKey(document.RootElement) ?? "";
            return Identifier.IsValid(key)
                ? $"The field {key} comes twice in the same object."
                : "A field comes twice in the same object.";
        }
        catch (InvalidOperationException)
        {
            return "A field comes twice in the same object.";
        }
        catch (JsonException)
        {
            // The library's message may quote the payload at length: only the place is ours to repeat.
            return $"The payload is not JSON of at most {EnvelopeLimits.DepthMax} levels: fault at line "
                + $"{(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0}.";
        }
    }

    private static string? RepeatedKey(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select(RepeatedKey).FirstOrDefault(key => key is not null);
        }
        if (element.ValueKind != JsonValueKind.Object) return null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!seen.Add(property.Name)) return property.Name;
            if (RepeatedKey(property.Value) is string inner) return inner;
        }
        return null;
    }

    private void FailField(string key, string fault) => Fail($"The field {place}{key} {fault}.");

    private void Fail(string fault)
    {
        if (Fault.Length == 0) Fault = fault;
    }
}
