using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Server;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A service whose clock the test moves from one run of the jobs to the next.</summary>
internal sealed class JobService : IAsyncDisposable
{
    private static readonly TimeSpan SchedulerLook = TimeSpan.FromSeconds(31), Beat = TimeSpan.FromMilliseconds(50);

    private readonly SimulatedClock _clock;
    private readonly DataFolder _folder;
    private readonly ProgrammeShelf _shelf;

    private JobService(DataFolder folder, ProgrammeShelf shelf, SimulatedClock clock) =>
        (_folder, _shelf, _clock) = (folder, shelf, clock);

    public MonitorServer Server { get; private set; } = null!;

    public static async Task<JobService> StartAsync(
        DataFolder folder, DateTimeOffset at, IReadOnlyList<RiverProgramme> rivers, params WetlandProgramme[] wetlands)
    {
        var service = new JobService(folder, new ProgrammeShelf(rivers, wetlands), new SimulatedClock(at, isForDaysOnly: true));
        await service.StartAsync();
        return service;
    }

    /// <summary>The state of a job that is not the inbox's.</summary>
    public JobState Job(string name) => Server.Board.Jobs.Single(j => j.Name == name);

    /// <summary>Ends the service and starts another on the same folder, at the same moment.</summary>
    /// <param name="whileDown">What happens in between: a job of the one that ends must not be quicker.</param>
    public async Task RestartAsync(Action? whileDown = null)
    {
        await Server.DisposeAsync();
        whileDown?.Invoke();
        await StartAsync();
    }

    /// <summary>Runs the clock on, from midnight to midnight, until a moment; every judging job runs at each.</summary>
    public async Task RunToAsync(Instant until)
    {
        while (true)
        {
            long next = Midnightly(Server.Board.Jobs).Min(j => j.NextRun!.Value.UnixMilliseconds);
            if (next > until.UnixMilliseconds) break;
            _clock.MoveTo(DateTimeOffset.FromUnixTimeMilliseconds(next));
            await UntilAsync(jobs => Midnightly(jobs).All(j => j.NextRun!.Value.UnixMilliseconds > next));
        }
        _clock.MoveTo(until.ToDateTimeOffset());
    }

    /// <summary>Moves the clock at once, as a machine that slept does, and waits until the jobs have run.</summary>
    public async Task JumpToAsync(Instant until)
    {
        _clock.MoveTo(until.ToDateTimeOffset());
        await UntilAsync(jobs => Midnightly(jobs).All(j => j.LastRun >= until));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    // A trigger that is set while its job still runs is found at the scheduler's next look, half a minute later: so time
    // goes on while the test waits, as it does outside.
    private async Task UntilAsync(Func<IReadOnlyList<JobState>, bool> condition)
    {
        Task met = Server.Board.WaitAsync(condition, Ceiling).WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        while (await Task.WhenAny(met, Task.Delay(Beat, Ceiling)) != met)
        {
            _clock.MoveTo(_clock.GetUtcNow() + SchedulerLook);
        }
        await met;
    }

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    private static IEnumerable<JobState> Midnightly(IReadOnlyList<JobState> jobs) =>
        jobs.Where(j => j.Name != SceneInboxJob.Name);

    private async Task StartAsync()
    {
        Server = await MonitorServer.StartAsync(new MonitorServerOptions
        {
            Folder = _folder, HttpPort = 0, MqttPort = 0, Programmes = _shelf, Clock = _clock,
        }, Ceiling);
        await Server.StartJobsAsync(Ceiling);
        Instant now = Instant.From(_clock.GetUtcNow());
        // The first run is for the moment of the start: it takes up what a former service left.
        await UntilAsync(jobs => jobs.All(j => j.Runs > 0 && j.NextRun > now));
    }
}
