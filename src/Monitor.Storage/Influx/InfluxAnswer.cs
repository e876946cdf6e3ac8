namespace Monitor.Storage.Influx;

/// <summary>What a server made of a write.</summary>
internal enum InfluxVerdict
{
    /// <summary>All of it is written.</summary>
    Taken,

    /// <summary>Something in it is never taken; the rest may or may not be written.</summary>
    Refused,

    /// <summary>Not now.</summary>
    Later,
}

/// <summary>A server's answer to a write.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Reason">In the server's words, with the status.</param>
/// <param name="After">When to come again, where the server said so.</param>
internal sealed record InfluxAnswer(InfluxVerdict Verdict, string Reason, TimeSpan? After = null)
{
    /// <summary>All of it is written.</summary>
    internal static InfluxAnswer Taken { get; } = new(InfluxVerdict.Taken, "");
}
