namespace Monitor.Domain.Readings;

/// <summary>
/// One measured value as it came from a device. Never edited: a correction is another reading, a review a record
/// beside it.
/// </summary>
public sealed record Reading
{
    /// <summary>Where in the batch it stood, from 0; with the batch's identity, the identity of the reading.</summary>
    public required int Index { get; init; }

    /// <summary>HJ code or a code of <see cref="Measurands"/>, as <c>w21003</c>.</summary>
    public required string Measurand { get; init; }

    /// <summary>Sampling moment, or for a mean the start of its period.</summary>
    public required Instant Time { get; init; }

    /// <summary>The value as reported.</summary>
    public required ReportedValue Value { get; init; }

    /// <summary>What the value stands for in time.</summary>
    public required Statistic Statistic { get; init; }

    /// <summary>Unit as reported, as <c>mg/L</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The device's status mark, see <see cref="DeviceStatus"/>.</summary>
    public string Status { get; init; } = DeviceStatus.Normal;

    /// <summary>Instrument id within the section; empty where the section has one only.</summary>
    public string Instrument { get; init; } = "";
}
