using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>How far a device has been taken, as it is kept in the outbox beside the readings.</summary>
/// <param name="Time">Everything of the device up to this time of its own was taken; null at the beginning.</param>
/// <param name="Last">What tells the last thing taken when it comes again; empty where nothing does.</param>
internal sealed record DeviceMark(Instant? Time, string Last)
{
    /// <summary>Reads it; of another source's making, nothing.</summary>
    internal static DeviceMark Read(SourceProgress? progress)
    {
        string[] halves = (progress?.Digest ?? "").Split(':', 2);
        bool isTime = long.TryParse(
            halves[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds);
        return new DeviceMark(isTime ? new Instant(milliseconds) : null, halves.Length == 2 ? halves[1] : "");
    }

    /// <summary>The same, to be kept.</summary>
    internal SourceProgress ToProgress() => new(
        0, string.Create(CultureInfo.InvariantCulture, $"{Time?.UnixMilliseconds}:{Last}"));

    /// <summary>The later of the time so far and another.</summary>
    internal DeviceMark Past(Instant time) => Time is Instant so && so >= time ? this : this with { Time = time };
}
