using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Quartz;

namespace Monitor.Server.Jobs;

/// <summary>
/// The clock's jobs over the scheduler's own store, <c>jobs.db</c>. What is due follows from the ledger and the record, so
/// that the store may be lost without harm: it holds when each job ran last and is to run next.
/// </summary>
internal sealed class JobHost(
    ISchedulerFactory factory, ProgrammeShelf shelf, JobBoard board, TimeProvider clock)
{
    private IScheduler? _scheduler;

    /// <summary>A job's one trigger.</summary>
    internal static ITrigger TriggerAt(JobKey job, Instant at, TimeProvider clock) => TriggerBuilder.Create(clock)
        .WithIdentity(job.Name, job.Group)
        .ForJob(job)
        .StartAt(at.ToDateTimeOffset())
        .Build();

    /// <summary>Plans every job of the shelf for now and starts the scheduler; without programmes, nothing.</summary>
    internal async Task StartAsync(CancellationToken cancellation)
    {
        if (shelf.Rivers.Count + shelf.Wetlands.Count == 0) return;
        _scheduler = await factory.GetScheduler(cancellation);
        Dictionary<JobKey, Type> wanted = Wanted();
        Instant now = Instant.From(clock.GetUtcNow());
        await RemoveOthersAsync(wanted.Keys, cancellation);
        foreach ((JobKey key, Type type) in wanted)
        {
            Instant? last = await LastRunAsync(key, cancellation);
            JobDataMap data = [];
            if (last is Instant known) data[BoardJob.LastRun] = known.ToString();
            IJobDetail job = JobBuilder.Create().OfType(type).WithIdentity(key).StoreDurably().UsingJobData(data).Build();
            await _scheduler.AddJob(job, AddJobOptions.Replacing, cancellation);
            board.Plan(key.Name, last, now);
        }
        // After all are on the board: the first of them may run at once.
        foreach (JobKey key in wanted.Keys)
        {
            await _scheduler.ScheduleTrigger(TriggerAt(key, now, clock), TriggerConflict.Replace, cancellation);
        }
        await _scheduler.Start(cancellation);
    }

    /// <summary>Ends the scheduler; a job at work finishes the entry at hand.</summary>
    internal async Task StopAsync()
    {
        if (_scheduler is not null) await _scheduler.Shutdown(waitForJobsToComplete: true);
        _scheduler = null;
    }

    private Dictionary<JobKey, Type> Wanted()
    {
        var wanted = new Dictionary<JobKey, Type>();
        foreach (RiverProgramme river in shelf.Rivers) wanted.Add(new JobKey(JudgeJob.NameOf(river)), typeof(JudgeJob));
        foreach (WetlandProgramme wetland in shelf.Wetlands)
        {
            wanted.Add(new JobKey(MilestoneJob.NameOf(wetland)), typeof(MilestoneJob));
            wanted.Add(new JobKey(TriggerJob.NameOf(wetland)), typeof(TriggerJob));
        }
        if (shelf.Wetlands.Count > 0) wanted.Add(new JobKey(SceneInboxJob.Name), typeof(SceneInboxJob));
        return wanted;
    }

    // A programme that is no longer served leaves its job behind.
    private async Task RemoveOthersAsync(IReadOnlyCollection<JobKey> wanted, CancellationToken cancellation)
    {
        var known = await _scheduler!.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellation);
        JobKey[] others = [.. known.Where(k => !wanted.Contains(k))];
        if (others.Length == 0) return;
        await _scheduler!.DeleteJobs(others, cancellation);
    }

    private async Task<Instant?> LastRunAsync(JobKey key, CancellationToken cancellation)
    {
        IJobDetail? before = await _scheduler!.GetJobDetail(key, cancellation);
        return before?.JobDataMap.GetString(BoardJob.LastRun) is string last
            ? Instant.From(DateTimeOffset.Parse(last, CultureInfo.InvariantCulture))
            : null;
    }
}
