using Monitor.Domain.Readings;

namespace Monitor.Edge;

/// <summary>Something that a person should know of.</summary>
/// <param name="Code">Which, as <c>disk-full</c>; one of a code at a time.</param>
/// <param name="Since">When it was raised.</param>
/// <param name="Text">In a sentence, with what to do.</param>
internal sealed record Alarm(string Code, Instant Since, string Text)
{
    /// <summary>The outbox is filled to over four fifths.</summary>
    internal const string Filling = "outbox-filling";

    /// <summary>The disk took nothing more.</summary>
    internal const string DiskFull = "disk-full";

    /// <summary>Batches that nobody had were dropped.</summary>
    internal const string Dropped = "readings-dropped";

    /// <summary>Another program connects as this agent.</summary>
    internal const string TakenOver = "taken-over";

    /// <summary>The clock jumped, or is not set.</summary>
    internal const string Clock = "clock";

    /// <summary>The outbox was damaged, and a new one begun.</summary>
    internal const string SetAside = "outbox-set-aside";

    /// <summary>The server refuses batches for good.</summary>
    internal const string Parked = "batches-parked";
}
