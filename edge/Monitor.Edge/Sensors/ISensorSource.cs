namespace Monitor.Edge.Sensors;

/// <summary>Where readings come from: a device, or the replay of a file.</summary>
internal interface ISensorSource
{
    /// <summary>Names the source within an outbox for ever: its progress is kept under this name.</summary>
    string Name { get; }

    /// <summary>
    /// Whether what was not taken can be taken later, as from a file. A device's readings are there once: where the outbox
    /// is full, its oldest give way to them.
    /// </summary>
    bool CanWait => false;

    /// <summary>
    /// The readings after the given progress, in order, in portions that belong into one batch. Ends where the source
    /// ends; a device's never does.
    /// </summary>
    /// <param name="from">The progress of the last portion that was kept, or null at the very beginning.</param>
    /// <param name="stop">Ends the reading; what was not yielded is read again next time.</param>
    /// <exception cref="Domain.InputException">The source holds something unreadable.</exception>
    IAsyncEnumerable<SensedPortion> ReadAsync(SourceProgress? from, CancellationToken stop);
}
