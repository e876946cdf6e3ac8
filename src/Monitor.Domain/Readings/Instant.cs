namespace Monitor.Domain.Readings;

/// <summary>A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z. The default is that epoch.</summary>
/// <param name="UnixMilliseconds">Milliseconds since the epoch; leap seconds are not counted.</param>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    /// <summary>Takes any offset and keeps the moment; what is finer than a millisecond is cut off.</summary>
    public static Instant From(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    /// <summary>The moment as a <see cref="DateTimeOffset"/> with offset zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the years 1 to 9999.</exception>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>ISO 8601 in UTC with milliseconds: <c>2025-01-01T00:00:00.000Z</c>.</summary>
    public override string ToString() => ToDateTimeOffset().ToString(
        "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Earlier than or the same.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Later than or the same.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;
}
