using System.Text;

namespace Monitor.Wire.Hj212;

/// <summary>What was found of one packet: whether it holds, and what it says.</summary>
/// <param name="Frame">The packet as it was found.</param>
/// <param name="Packet">Its fields, as far as they can be read.</param>
/// <param name="LengthHolds">Whether the declared length is the segment's.</param>
/// <param name="CrcHolds">Whether the check sum is one that is accepted.</param>
/// <param name="Values">Its values; none where it does not hold.</param>
/// <param name="Fault">Why it does not hold, in a sentence; null where it does.</param>
public sealed record Hj212Verdict(
    Hj212Frame Frame, Hj212Packet Packet, bool LengthHolds, bool CrcHolds, IReadOnlyList<Hj212Value> Values, string? Fault)
{
    /// <summary>Whether the packet holds: length, check sum, and fields.</summary>
    public bool Holds => Fault is null;

    /// <summary>Judges a packet.</summary>
    /// <param name="frame">The packet.</param>
    /// <param name="rule">Which check sums are accepted.</param>
    public static Hj212Verdict Of(Hj212Frame frame, CrcRule rule)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(rule);
        Hj212Packet packet = Hj212Packet.Read(frame.Segment.Span);
        bool crcHolds = rule.Accepts(frame.CrcKind);
        string? fault = frame.LengthHolds
            ? null
            : $"Its length is said to be {frame.Declared}, and is {frame.Segment.Length}.";
        if (fault is null && !crcHolds) fault = CrcFault(frame, rule);
        fault ??= packet.Fault;
        IReadOnlyList<Hj212Value> values = Hj212Value.In(packet, out string? placeless);
        fault ??= placeless;
        return new Hj212Verdict(frame, packet, frame.LengthHolds, crcHolds, fault is null ? values : [], fault);
    }

    private static string CrcFault(Hj212Frame frame, CrcRule rule)
    {
        string said = Encoding.UTF8.GetString(frame.Crc.Span);
        string right = $"{Hj212Crc.Of(frame.Segment.Span):X4}";
        return frame.CrcKind switch
        {
            CrcKind.Wrong => $"Its check sum is said to be {said}, and is {right}.",
            CrcKind kind => $"Its check sum {said} is {kind}'s and not one that is accepted ({rule.Name}).",
        };
    }
}
