using System.Net.Sockets;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Cli.Simulation;

/// <summary>
/// One simulated agent on its connection. Like a real one it keeps at a message until it is answered for good: over
/// connections that are lost, and over answers that ask to come again.
/// </summary>
internal sealed class SimulatedSender(
    SimulationPlan plan, int number, string host, int port, TimeProvider clock, byte[]? password = null) : IAsyncDisposable
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);

    private readonly SimulatedAgent _agent = new(plan, number);
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly Lock _gate = new();
    private MqttClient? _client;

    /// <summary>What became of its messages; to be read when it has ended.</summary>
    internal SimulationTally Tally { get; } = new();

    /// <summary>Opens the connection.</summary>
    internal async Task ConnectAsync(CancellationToken stop) => await ConnectionAsync(null, stop);

    /// <summary>Sends all that the plan has for it.</summary>
    /// <param name="prepared">Messages that were made before; null to make them on the way.</param>
    /// <param name="end">When the clock ends it; cancels nothing that is on its way.</param>
    /// <param name="stop">Gives up.</param>
    internal Task RunAsync(IEnumerable<SimulatedMessage>? prepared, CancellationToken end, CancellationToken stop)
    {
        if (plan.Backlog > 0) return DrainAsync(end, stop);
        return LaneAsync(prepared ?? _agent.Messages(1, plan.Count), plan.Window, plan.Rate, Tally.Latency, end, stop);
    }

    /// <summary>All messages of the plan, made before the clock starts.</summary>
    internal IReadOnlyList<SimulatedMessage> Prepare() => [.. _agent.Messages(1, plan.Count)];

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        _connecting.Dispose();
    }

    // The backlog at full width but for one place, which is for what is measured now.
    private async Task DrainAsync(CancellationToken end, CancellationToken stop)
    {
        using var drained = CancellationTokenSource.CreateLinkedTokenSource(end);
        Task live = LaneAsync(_agent.Messages(plan.Backlog + 1, plan.Count), 1,
            plan.Rate > 0 ? plan.Rate : plan.Batch, Tally.Live, drained.Token, stop);
        await LaneAsync(_agent.Messages(1, plan.Backlog), Math.Max(1, plan.Window - 1), 0, Tally.Latency, stop, stop);
        if (plan.Count is null) await drained.CancelAsync();
        await live;
    }

    private async Task LaneAsync(
        IEnumerable<SimulatedMessage> messages, int width, double rate, LatencyCounts latency, CancellationToken end,
        CancellationToken stop)
    {
        using IEnumerator<SimulatedMessage> source = messages.GetEnumerator();
        long started = clock.GetTimestamp(), taken = 0;
        var sourceGate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, width).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));

        async Task WorkAsync()
        {
            while (!end.IsCancellationRequested)
            {
                SimulatedMessage message;
                TimeSpan due;
                lock (sourceGate)
                {
                    if (!source.MoveNext()) return;
                    message = source.Current;
                    due = rate > 0 ? TimeSpan.FromSeconds(taken++ * plan.Batch / rate) : TimeSpan.Zero;
                }
                TimeSpan early = rate > 0 ? due - clock.GetElapsedTime(started) : TimeSpan.Zero;
                if (early > TimeSpan.Zero) await PauseAsync(early, end);
                await SendAsync(message, latency, stop);
            }
        }
    }

    private async Task SendAsync(SimulatedMessage message, LatencyCounts latency, CancellationToken stop)
    {
        var publish = new MqttApplicationMessage
        {
            Topic = _agent.Topic,
            Payload = message.Payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        TimeSpan wait = RetryMin;
        MqttClient? lost = null;
        while (true)
        {
            MqttClient client = await ConnectionAsync(lost, stop);
            long at = clock.GetTimestamp();
            try
            {
                MqttPubAckReasonCode answer = await client.PublishAsync(publish, stop);
                lock (_gate)
                {
                    latency.Add(clock.GetElapsedTime(at));
                    if (answer != MqttPubAckReasonCode.QuotaExceeded)
                    {
                        Tally.Answer(message, answer);
                        return;
                    }
                    Tally.ComeLater();
                }
                await Task.Delay(wait, clock, stop);
                wait = wait * 2 < RetryMax ? wait * 2 : RetryMax;
            }
            catch (MqttConnectionLostException)
            {
                lost = client;
            }
        }
    }

    /// <summary>The connection, or a new one in place of the one that was lost.</summary>
    private async ValueTask<MqttClient> ConnectionAsync(MqttClient? lost, CancellationToken stop)
    {
        MqttClient? there = Volatile.Read(ref _client);
        if (there is not null && there != lost) return there;
        await _connecting.WaitAsync(stop);
        try
        {
            if (_client is not null && _client != lost) return _client;
            if (_client is not null)
            {
                lock (_gate) Tally.Lose();
                await _client.DisposeAsync();
            }
            _client = null;
            for (TimeSpan wait = RetryMin; ; wait = wait * 2 < RetryMax ? wait * 2 : RetryMax)
            {
                if (await TryConnectAsync(stop) is MqttClient fresh) return _client = fresh;
                await Task.Delay(wait, clock, stop);
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<MqttClient?> TryConnectAsync(CancellationToken stop)
    {
        var client = new MqttClient(clock);
        try
        {
            MqttClientConnectResult answer = await client.ConnectAsync(new MqttClientOptions
            {
                Server = host, Port = port, ClientId = _agent.Id, SendMaximum = (ushort)Math.Max(plan.Window, 1),
                UserName = password is null ? null : _agent.Id, Password = password,
                KeepAlivePeriod = TimeSpan.FromMinutes(5), Timeout = TimeSpan.FromSeconds(60),
            }, stop);
            if (answer.ResultCode == MqttConnectReasonCode.Success) return client;
            if (answer.ResultCode is not (MqttConnectReasonCode.ServerBusy or MqttConnectReasonCode.ServerUnavailable))
            {
                throw new Domain.InputException($"The service does not take {_agent.Id}: {answer.ResultCode}.",
                    "Name its folder with --data, where they can be registered for the run; or leave out --port.",
                    field: "--port");
            }
        }
        catch (Exception e) when (e is SocketException or IOException or MqttConnectionLostException or TimeoutException)
        {
            // Not there now: the caller waits and tries again, as long as it is not stopped.
            lock (_gate) Tally.Lose();
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
        await client.DisposeAsync();
        return null;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken end) =>
        await Task.WhenAny(Task.Delay(pause, clock, CancellationToken.None), Task.Delay(Timeout.Infinite, end));
}
