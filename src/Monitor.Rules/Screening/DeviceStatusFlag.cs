using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>
/// What the device's own mark says of a value. HJ 212-2017 table 8 lets only N count as valid; which flag the others
/// mean is our reading of it, since no published text says so.
/// </summary>
public static class DeviceStatusFlag
{
    /// <summary>
    /// Null for <c>N</c> and blank: the tests decide. <c>T</c> and <c>L</c> (outside the measuring range) and <c>S</c>
    /// (set by hand) are suspect. Every other mark fails, known or not: what the device itself doubts is never good.
    /// </summary>
    public static QcFlag? Of(string status) => status switch
    {
        DeviceStatus.Normal or "" => null,
        "T" or "L" or "S" => QcFlag.Suspect,
        _ => QcFlag.Fail,
    };
}
