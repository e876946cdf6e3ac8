namespace Monitor.Edge.Sensors;

/// <summary>What came from a logger so far; counted by its connections, read by whoever looks.</summary>
internal sealed class Hj212Counts
{
    private long packets, wrong, strange, repeated, readings, valueless, garbage, connections;

    /// <summary>Packets, right or wrong.</summary>
    internal long Packets => Interlocked.Read(ref packets);

    /// <summary>Packets whose length, check sum or fields are wrong.</summary>
    internal long Wrong => Interlocked.Read(ref wrong);

    /// <summary>Packets of another station, or with another password.</summary>
    internal long Strange => Interlocked.Read(ref strange);

    /// <summary>Packets that had come before.</summary>
    internal long Repeated => Interlocked.Read(ref repeated);

    /// <summary>Readings taken.</summary>
    internal long Readings => Interlocked.Read(ref readings);

    /// <summary>Values of right packets that are no numbers.</summary>
    internal long Valueless => Interlocked.Read(ref valueless);

    /// <summary>Bytes that belong to no packet.</summary>
    internal long Garbage => Interlocked.Read(ref garbage);

    /// <summary>Connections made.</summary>
    internal long Connections => Interlocked.Read(ref connections);

    internal void AddPacket() => Interlocked.Increment(ref packets);

    internal void AddWrong() => Interlocked.Increment(ref wrong);

    internal void AddStrange() => Interlocked.Increment(ref strange);

    internal void AddRepeated() => Interlocked.Increment(ref repeated);

    internal void AddReadings(int count) => Interlocked.Add(ref readings, count);

    internal void AddValueless() => Interlocked.Increment(ref valueless);

    internal void AddGarbage(long bytes) => Interlocked.Add(ref garbage, bytes);

    internal void AddConnection() => Interlocked.Increment(ref connections);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Packets} packets, {Wrong} wrong, {Strange} of others, {Repeated} repeated; {Readings} readings, ")
        + FormattableString.Invariant($"{Valueless} values that are none; {Garbage} bytes of garbage");
}
