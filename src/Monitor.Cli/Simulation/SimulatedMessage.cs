namespace Monitor.Cli.Simulation;

/// <summary>One message of a simulated agent.</summary>
/// <param name="Payload">Its bytes.</param>
/// <param name="Readings">Readings in it; 0 in a broken one.</param>
/// <param name="Kind">Whether it is good.</param>
internal readonly record struct SimulatedMessage(ReadOnlyMemory<byte> Payload, int Readings, SimulatedKind Kind);

/// <summary>What a simulated message is.</summary>
internal enum SimulatedKind
{
    /// <summary>A batch for the first time.</summary>
    Good,

    /// <summary>A batch again.</summary>
    Repeat,

    /// <summary>Bytes that no intake may take for a batch.</summary>
    Malformed,
}
