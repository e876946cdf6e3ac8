using Monitor.Domain.Readings;

namespace Monitor.Server.Jobs;

/// <summary>Takes the scenes that lie in the inbox, once a minute.</summary>
internal sealed class SceneInboxJob(
    ProgrammeShelf shelf, SceneInbox inbox, JobBoard board, TimeProvider clock, ILogger<SceneInboxJob> log)
    : BoardJob(board, clock, log)
{
    /// <summary>The job's name.</summary>
    internal const string Name = "scenes";

    private const int PauseMilliseconds = 60_000;

    /// <inheritdoc/>
    protected override JobOutcome Run(string name, Instant at, CancellationToken cancellation) =>
        inbox.TakeAll(shelf.Wetlands, cancellation);

    /// <inheritdoc/>
    protected override Instant Next(string name, Instant at) => new(at.UnixMilliseconds + PauseMilliseconds);
}
