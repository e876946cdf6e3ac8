using Monitor.Domain;
using Monitor.Storage;
using Monitor.Storage.Influx;

namespace Monitor.Server.Projection;

/// <summary>
/// Projects as long as the service runs. A server that is down, slow or of another mind is waited for; the intake and the
/// judgements know nothing of it.
/// </summary>
internal sealed class InfluxProjector(
    InfluxProjection projection, ProjectionPace pace, TimeProvider clock, ILogger<InfluxProjector> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private string? _trouble;
    private bool _ended;
    private long _written;

    /// <summary>Why nothing goes on now; null where it does.</summary>
    internal string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Readings written since the service started; repeated ones count again.</summary>
    internal long Written => Interlocked.Read(ref _written);

    /// <summary>Position up to which all is projected.</summary>
    internal long Position => projection.Position;

    /// <summary>Begins; returns at once.</summary>
    internal void Start() => _running = Task.Run(() => RunAsync(_stop.Token));

    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        projection.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            TimeSpan wait = pace.RetryMin;
            while (true)
            {
                ProjectionStep step = await StepAsync(stop);
                Interlocked.Add(ref _written, step.Written);
                if (step.Refused > 0)
                {
                    log.LogWarning("InfluxDB refuses {Count} reading(s) for good; `monitor influx verify` lists them.",
                        step.Refused);
                }
                Tell(step.Trouble);
                if (step.Trouble is null)
                {
                    wait = pace.RetryMin;
                    if (!step.IsBehind) await Task.Delay(pace.Look, clock, stop);
                    continue;
                }
                await Task.Delay(step.After > wait ? step.After.Value : wait, clock, stop);
                wait = wait * 2 < pace.RetryMax ? wait * 2 : pace.RetryMax;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogDebug("The projection ends with the service.");
        }
    }

    private async Task<ProjectionStep> StepAsync(CancellationToken stop)
    {
        try
        {
            return await projection.StepAsync(stop);
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreUnusableException)
        {
            return new ProjectionStep(0, 0, true, e.Message);
        }
    }

    // Said when it changes: a server that is down for hours must not fill the log.
    private void Tell(string? trouble)
    {
        string? former = _trouble;
        Volatile.Write(ref _trouble, trouble);
        if (trouble is not null && former is null) log.LogWarning("InfluxDB does not take readings now: {Reason}", trouble);
        else if (trouble is null && former is not null) log.LogInformation("InfluxDB takes readings again.");
    }
}

/// <summary>How often the projector looks and tries.</summary>
internal sealed record ProjectionPace
{
    /// <summary>Time between two looks for new readings.</summary>
    internal TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait after the first failure; doubled each time.</summary>
    internal TimeSpan RetryMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait, where the server names none.</summary>
    internal TimeSpan RetryMax { get; init; } = TimeSpan.FromMinutes(1);
}
