using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Hj212;

/// <summary>Times of HJ 212: China Standard Time, eight hours ahead of UTC, whatever the machine's own zone.</summary>
public static class Hj212Time
{
    private const string Seconds = "yyyyMMddHHmmss";
    private const string Milliseconds = "yyyyMMddHHmmssfff";
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>
    /// Reads <c>YYYYMMDDhhmmss</c>, or the 17 digits with milliseconds that some devices send; from 1900 on, as in
    /// <see cref="Envelope.EnvelopeLimits.TimeMin"/>.
    /// </summary>
    public static bool TryParse(string? text, out Instant time)
    {
        time = default;
        string format = text?.Length == Milliseconds.Length ? Milliseconds : Seconds;
        bool isTime = DateTime.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local);
        if (!isTime || local.Year < 2) return false;
        time = Instant.From(new DateTimeOffset(local, Offset));
        return Envelope.EnvelopeLimits.IsTime(time.UnixMilliseconds);
    }

    /// <summary><c>YYYYMMDDhhmmss</c>, as in DataTime, BeginTime and SystemTime.</summary>
    public static string Text(Instant time) => Write(time, Seconds);

    /// <summary>The 17 digits of a QN, which names one exchange.</summary>
    public static string Qn(Instant time) => Write(time, Milliseconds);

    private static string Write(Instant time, string format) =>
        time.ToDateTimeOffset().ToOffset(Offset).ToString(format, CultureInfo.InvariantCulture);
}
