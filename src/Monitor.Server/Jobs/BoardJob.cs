using Monitor.Domain.Readings;
using Quartz;

namespace Monitor.Server.Jobs;

/// <summary>
/// A job of the clock: one short flow, one trigger. After each run it sets its own next one, so that no interval is missed
/// or made up for: what is to do follows from the stores, not from how often the job ran.
/// </summary>
/// <param name="board">Where its state is shown.</param>
/// <param name="clock">The clock of the service.</param>
/// <param name="log">Where faults are told.</param>
[DisallowConcurrentExecution]
[PersistJobDataAfterExecution]
internal abstract class BoardJob(JobBoard board, TimeProvider clock, ILogger log) : IJob
{
    /// <summary>Key of the job's data under which the moment of the last run stands.</summary>
    internal const string LastRun = "last-run";

    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        JobKey key = context.JobDetail.Key;
        // The moment it was to run for: a run that comes late judges what was due then, and the next one the rest.
        Instant at = Instant.From(context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
        Instant next = Next(key.Name, at);
        JobOutcome outcome;
        try
        {
            outcome = Run(key.Name, at, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops; what is left to do is found again when it starts.
            return;
        }
        catch (Exception e)
        {
            // Whatever it is, the scheduler must outlive it: it is told, shown, and tried again soon.
            log.LogError(e, "The job {Job} failed.", key.Name);
            outcome = new JobOutcome(0, 0, [e.Message]);
            Instant soon = Instant.From(clock.GetUtcNow() + AfterFault);
            if (soon < next) next = soon;
        }
        Instant now = Instant.From(clock.GetUtcNow());
        if (next < now) next = now;
        context.JobDetail.JobDataMap[LastRun] = at.ToString();
        await context.Scheduler.ScheduleTrigger(
            JobHost.TriggerAt(key, next, clock), TriggerConflict.Replace, cancellationToken);
        if (outcome.Done > 0) log.LogInformation("{Job}: {Done} done.", key.Name, outcome.Done);
        foreach (string fault in outcome.Faults) log.LogWarning("{Job}: {Fault}", key.Name, fault);
        board.Ran(key.Name, at, next, outcome);
    }

    /// <summary>Does the work that is due at a moment.</summary>
    protected abstract JobOutcome Run(string name, Instant at, CancellationToken cancellation);

    /// <summary>The moment for which the job is to run after one; later than it.</summary>
    protected abstract Instant Next(string name, Instant at);

    /// <summary>The next civil midnight of a zone, as a moment of UTC: periods close at civil midnights only.</summary>
    protected static Instant NextMidnight(Instant at, TimeZoneInfo zone) =>
        Period.Midnight(Period.DayOf(at, zone).AddDays(1), zone);
}
