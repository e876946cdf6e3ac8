using Monitor.Domain.Readings;

namespace Monitor.Server.Jobs;

/// <summary>Where a job stands; for the health page, never for judgements.</summary>
/// <param name="Name">The job, as <c>judge/ou-river</c>.</param>
/// <param name="LastRun">The moment for which it ran last, kept over restarts; null where it never ran.</param>
/// <param name="NextRun">The moment for which it runs next.</param>
/// <param name="Runs">Runs since the service started.</param>
/// <param name="Done">What it sealed or took since the service started.</param>
/// <param name="Waiting">What it found and could not do yet.</param>
/// <param name="Faults">Runs that failed, and inputs that it set apart, since the service started.</param>
/// <param name="LastFault">The last of them, in a sentence; null where there was none.</param>
internal sealed record JobState(
    string Name, Instant? LastRun, Instant? NextRun, long Runs = 0, long Done = 0, long Waiting = 0, long Faults = 0,
    string? LastFault = null);

/// <summary>What one run did.</summary>
/// <param name="Done">What it sealed or took.</param>
/// <param name="Waiting">What it left for later.</param>
/// <param name="Faults">What it set apart, a sentence each.</param>
internal sealed record JobOutcome(int Done, int Waiting, IReadOnlyList<string> Faults)
{
    /// <summary>A run without faults.</summary>
    internal JobOutcome(int done, int waiting = 0) : this(done, waiting, []) { }
}

/// <summary>The state of every job, and a bell that rings when one changes.</summary>
internal sealed class JobBoard
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JobState> _jobs = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewBell();

    /// <summary>The jobs in the order of their names.</summary>
    internal IReadOnlyList<JobState> Jobs
    {
        get { lock (_gate) return [.. _jobs.Values]; }
    }

    /// <summary>Puts a job on the board.</summary>
    internal void Plan(string name, Instant? lastRun, Instant nextRun) =>
        Change(name, _ => new JobState(name, lastRun, nextRun));

    /// <summary>Notes a run.</summary>
    internal void Ran(string name, Instant at, Instant next, JobOutcome outcome) => Change(name, job => job with
    {
        LastRun = at,
        NextRun = next,
        Runs = job.Runs + 1,
        Done = job.Done + outcome.Done,
        Waiting = outcome.Waiting,
        Faults = job.Faults + outcome.Faults.Count,
        LastFault = outcome.Faults.Count > 0 ? outcome.Faults[^1] : job.LastFault,
    });

    /// <summary>Waits until the jobs satisfy a condition; asked again at each change.</summary>
    internal async Task WaitAsync(Func<IReadOnlyList<JobState>, bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (condition(Jobs)) return;
            await changed.WaitAsync(cancellation);
        }
    }

    private void Change(string name, Func<JobState, JobState> change)
    {
        TaskCompletionSource bell;
        lock (_gate)
        {
            _jobs[name] = change(_jobs.GetValueOrDefault(name) ?? new JobState(name, null, null));
            (bell, _changed) = (_changed, NewBell());
        }
        bell.SetResult();
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
