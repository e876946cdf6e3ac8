using System.Text;
using System.Text.Unicode;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// Reads the canonical form alone, byte by byte, which is what nearly all messages of a busy intake are: several times as
/// fast as a JSON document. It knows no fault: whatever is not exactly canonical is left to <see cref="EnvelopeReader"/>,
/// which decides and says why. The tests hold the two together: what this one reads, the other reads to the same.
/// </summary>
internal ref struct EnvelopeScan
{
    private const int NumberDigitsMax = 18;
    private const int ValueBytesMax = 40;
    private ReadOnlySpan<byte> _rest;
    private bool _fits;

    private EnvelopeScan(ReadOnlySpan<byte> payload)
    {
        _rest = payload;
        _fits = true;
    }

    /// <summary>The batch; null where the payload is not canonical, or no envelope.</summary>
    internal static ReadingBatch? Read(ReadOnlyMemory<byte> payload)
    {
        var scan = new EnvelopeScan(payload.Span);
        scan.Expect("{\"v\":1,\"agent\":\""u8);
        string agent = scan.Id("\",\"section\":\""u8);
        string section = scan.Id("\",\"boot\":\""u8);
        string boot = scan.Id("\",\"seq\":"u8);
        long sequence = scan.Number(1, long.MaxValue);
        scan.Expect(",\"sent\":"u8);
        Instant sent = scan.Time();
        ClockState clock = scan.Clock();
        Reading[] readings = scan.Readings();
        string previous = scan.Optional(",\"prev\":\""u8, EnvelopeLimits.IsHash);
        string signature = scan.Optional(",\"sig\":\""u8, EnvelopeLimits.IsSignature);
        scan.Expect("}"u8);
        if (!scan._fits || !scan._rest.IsEmpty) return null;
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

    private ClockState Clock()
    {
        Expect(",\"clk\":{\"src\":\""u8);
        string source = Id("\""u8);
        Instant? synced = Take(",\"sync\":"u8) ? Time() : null;
        long? error = Take(",\"est_ms\":"u8) ? Number(0, long.MaxValue) : null;
        long? epoch = Take(",\"ep\":"u8) ? Number(1, long.MaxValue) : null;
        long? step = Take(",\"step_ms\":"u8) ? Number(long.MinValue, long.MaxValue) : null;
        Expect("}"u8);
        return new ClockState(source, synced, error, epoch, step);
    }

    private Reading[] Readings()
    {
        Expect(",\"r\":["u8);
        // No text of the format holds a brace but a unit: then the count is wrong, and this is not for us.
        int count = _rest.Count((byte)'{');
        if (!_fits || count is < 1 or > ReadingBatch.ReadingsMax) return Misfit<Reading[]>([]);
        var readings = new Reading[count];
        Reading? former = null;
        for (int i = 0; i < count && _fits; i++)
        {
            if (i > 0) Expect(","u8);
            former = readings[i] = One(i, former);
        }
        Expect("]"u8);
        return readings;
    }

    private Reading One(int index, Reading? former)
    {
        Expect("{\"p\":\""u8);
        string code = Code(former);
        Expect("\",\"t\":"u8);
        Instant time = Time();
        Expect(",\"v\":\""u8);
        ReadOnlySpan<byte> value = Until((byte)'"');
        Qualifier qualifier = Take(",\"q\":\"<\""u8) ? Qualifier.Below
            : Take(",\"q\":\">\""u8) ? Qualifier.Above
            : Qualifier.None;
        Expect(",\"k\":\""u8);
        Statistic statistic = Kind();
        Expect(",\"u\":\""u8);
        string unit = Unit(code, former);
        string status = Take(",\"st\":\""u8) ? Text(DeviceStatus.IsValid) : DeviceStatus.Normal;
        string instrument = Take(",\"i\":\""u8) ? Text(Identifier.IsValid) : "";
        Expect("}"u8);
        return new Reading
        {
            Index = index,
            Measurand = code,
            Time = time,
            Value = Value(value, qualifier),
            Statistic = statistic,
            Unit = unit,
            Status = status,
            Instrument = instrument,
        };
    }

    private Statistic Kind()
    {
        if (Take("rtd\""u8)) return Statistic.Instantaneous;
        if (Take("hour\""u8)) return Statistic.Hour;
        if (Take("min\""u8)) return Statistic.Minute;
        return Take("day\""u8) ? Statistic.Day : Misfit(Statistic.Instantaneous);
    }

    private ReportedValue Value(ReadOnlySpan<byte> bytes, Qualifier qualifier)
    {
        Span<char> text = stackalloc char[ValueBytesMax];
        bool isPlain = bytes.Length <= text.Length && Ascii.ToUtf16(bytes, text, out _) == System.Buffers.OperationStatus.Done;
        return isPlain && ReportedValue.TryParse(text[..bytes.Length], qualifier, out ReportedValue value)
            ? value
            : Misfit(default(ReportedValue));
    }

    // The same few codes and units come again and again: one string for all of them.
    private string Code(Reading? former)
    {
        int length = _rest.IndexOf((byte)'"');
        if (length is < 1 or > Identifier.LengthMax) return Misfit("");
        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        if (former is not null && Ascii.Equals(bytes, former.Measurand)) return former.Measurand;
        Span<char> text = stackalloc char[length];
        if (Ascii.ToUtf16(bytes, text, out _) != System.Buffers.OperationStatus.Done) return Misfit("");
        return Measurands.Find(text)?.Code ?? (Identifier.IsValid(text) ? new string(text) : Misfit(""));
    }

    private string Unit(string code, Reading? former)
    {
        ReadOnlySpan<byte> bytes = Until((byte)'"');
        string? known = Measurands.Find(code)?.Unit;
        if (known is not null && IsOf(bytes, known)) return known;
        if (former is not null && IsOf(bytes, former.Unit)) return former.Unit;
        if (!Utf8.IsValid(bytes)) return Misfit("");
        string unit = Encoding.UTF8.GetString(bytes);
        return EnvelopeLimits.IsUnit(unit) ? unit : Misfit("");
    }

    private static bool IsOf(ReadOnlySpan<byte> bytes, string text)
    {
        Span<byte> encoded = stackalloc byte[EnvelopeLimits.UnitCharactersMax * 3];
        return Utf8.FromUtf16(text, encoded, out _, out int written) == System.Buffers.OperationStatus.Done
            && bytes.SequenceEqual(encoded[..written]);
    }

    private string Id(ReadOnlySpan<byte> after)
    {
        int length = _rest.IndexOf((byte)'"');
        if (length is < 1 or > Identifier.LengthMax) return Misfit("");
        string id = Encoding.ASCII.GetString(_rest[..length]);
        _rest = _rest[length..];
        Expect(after);
        return Identifier.IsValid(id) ? id : Misfit("");
    }

    private Instant Time()
    {
        long time = Number(EnvelopeLimits.TimeMin.UnixMilliseconds, EnvelopeLimits.TimeMax.UnixMilliseconds);
        return new Instant(time);
    }

    private long Number(long least, long most)
    {
        bool negative = _rest.Length > 0 && _rest[0] == (byte)'-';
        int at = negative ? 1 : 0, first = at;
        long number = 0;
        while (at < _rest.Length && at - first <= NumberDigitsMax && _rest[at] is >= (byte)'0' and <= (byte)'9')
        {
            number = unchecked((number * 10) + (_rest[at++] - '0'));
        }
        int digits = at - first;
        // A leading nought is no JSON, and minus nought a number with two writings.
        bool plain = digits is >= 1 and <= NumberDigitsMax && (_rest[first] != (byte)'0' || (digits == 1 && !negative));
        if (!plain) return Misfit(least);
        _rest = _rest[at..];
        if (negative) number = -number;
        return least <= number && number <= most ? number : Misfit(least);
    }

    private string Optional(ReadOnlySpan<byte> key, Func<ReadOnlySpan<char>, bool> isRight) => Take(key) ? Text(isRight) : "";

    private string Text(Func<ReadOnlySpan<char>, bool> isRight)
    {
        string text = Encoding.ASCII.GetString(Until((byte)'"'));
        return isRight(text) ? text : Misfit("");
    }

    private ReadOnlySpan<byte> Until(byte end)
    {
        int length = _rest.IndexOf(end);
        if (length < 0)
        {
            _fits = false;
            return default;
        }
        ReadOnlySpan<byte> text = _rest[..length];
        _rest = _rest[(length + 1)..];
        return text;
    }

    private bool Take(ReadOnlySpan<byte> text)
    {
        if (!_rest.StartsWith(text)) return false;
        _rest = _rest[text.Length..];
        return true;
    }

    private void Expect(ReadOnlySpan<byte> text)
    {
        if (!Take(text)) _fits = false;
    }

    private T Misfit<T>(T any)
    {
        _fits = false;
        return any;
    }
}
