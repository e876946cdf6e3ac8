namespace Monitor.Wire.Hj212;

/// <summary>One packet as it was found in a stream of bytes (HJ 212-2017 table 2), right or wrong.</summary>
/// <param name="Segment">The data segment: what the length counts and the check sum covers.</param>
/// <param name="Declared">The length that its header says.</param>
/// <param name="LengthHolds">Whether the segment has that length.</param>
/// <param name="Crc">What stands behind the segment as its check sum; of a packet that was cut off, nothing.</param>
public sealed record Hj212Frame(ReadOnlyMemory<byte> Segment, int Declared, bool LengthHolds, ReadOnlyMemory<byte> Crc)
{
    /// <summary>Which check sum that is.</summary>
    public CrcKind CrcKind => Hj212Crc.KindOf(Segment.Span, Crc.Span);
}
