using Monitor.Domain.Readings;
using Monitor.Mqtt.Protocol;
using Monitor.Server;
using Monitor.Server.Intake;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;

namespace Monitor.Cli.Simulation;

/// <summary>Runs a plan against a service, against one of its own, or straight into a store.</summary>
internal sealed class SimulationRun(SimulationPlan plan, TimeProvider clock, Action<string> say)
{
    private const int ConnectingMax = 100;
    private const int DirectGroup = 1000;

    // What a prepared run may take of memory: beyond it, messages are made on the way.
    private const long PreparedBytesMax = 512L * 1024 * 1024;
    private const int BytesPerReading = 100;

    /// <summary>Against a running service; its store is not ours to count.</summary>
    internal async Task<SimulationSummary> AgainstAsync(
        string host, int port, CancellationToken stop, byte[]? password = null)
    {
        (SimulationTally tally, TimeSpan elapsed) = await SendAllAsync(host, port, stop, password);
        return new SimulationSummary(plan, tally, elapsed, null, null);
    }

    /// <summary>Against a running service that takes registered agents only, and whose folder is at hand.</summary>
    internal async Task<SimulationSummary> AsRegisteredAsync(
        string host, int port, DataFolder folder, CancellationToken stop)
    {
        say($"registering {plan.Agents} agent(s) for the run");
        using SimulatedRegistrations made = SimulatedRegistrations.Make(plan, folder, clock);
        return await AgainstAsync(host, port, stop, made.Password);
    }

    /// <summary>Against a service of its own on a folder.</summary>
    internal async Task<SimulationSummary> WithOwnServiceAsync(DataFolder folder, CancellationToken stop)
    {
        await using MonitorServer server = await MonitorServer.StartAsync(new MonitorServerOptions
        {
            Folder = folder, HttpPort = 0, MqttPort = 0, Clock = clock,
            UnregisteredAgents = UnregisteredAgents.OnThisMachine,
        }, stop);
        StoreCounts before = server.Record.Count();
        (SimulationTally tally, TimeSpan elapsed) = await SendAllAsync("127.0.0.1", server.MqttPort, stop);
        return new SimulationSummary(plan, tally, elapsed, before, server.Record.Count());
    }

    /// <summary>Straight into the store, decoded as the intake decodes.</summary>
    internal SimulationSummary Direct(DataFolder folder, CancellationToken stop)
    {
        using SqliteReadingStore store = SqliteReadingStore.Open(folder.Record);
        StoreCounts before = store.Count();
        var tally = new SimulationTally();
        long count = plan.Backlog + (plan.Count ?? 0);
        long started = clock.GetTimestamp();
        List<SimulatedMessage> messages = [];
        List<Arrival> arrivals = [];
        foreach ((SimulatedAgent agent, SimulatedMessage message) in InTurn(count))
        {
            stop.ThrowIfCancellationRequested();
            bool isRead = EnvelopeCodec.TryDecode(message.Payload, out ReadingBatch? batch, out string reason);
            messages.Add(message);
            arrivals.Add(isRead
                ? new BatchArrival(batch!)
                : new DeadLetterArrival(agent.Id, agent.Topic, reason, message.Payload));
            if (arrivals.Count == DirectGroup) Append();
            bool isOver = plan.Count is null && plan.Backlog == 0 && clock.GetElapsedTime(started) >= plan.Duration;
            if (isOver) break;
        }
        Append();
        return new SimulationSummary(plan, tally, clock.GetElapsedTime(started), before, store.Count());

        void Append()
        {
            long at = clock.GetTimestamp();
            IReadOnlyList<AppendOutcome> outcomes = store.Append(arrivals, Instant.From(clock.GetUtcNow()));
            for (int i = 0; i < outcomes.Count; i++)
            {
                bool refused = outcomes[i] is not (AppendOutcome.Stored or AppendOutcome.Repeat);
                tally.Answer(messages[i],
                    refused ? MqttPubAckReasonCode.PayloadFormatInvalid : MqttPubAckReasonCode.Success);
                tally.Latency.Add(clock.GetElapsedTime(at));
            }
            messages.Clear();
            arrivals.Clear();
        }
    }

    // One message of each agent in turn, as they would come in over many connections.
    private IEnumerable<(SimulatedAgent Agent, SimulatedMessage Message)> InTurn(long count)
    {
        List<(SimulatedAgent Agent, IEnumerator<SimulatedMessage> Messages)> agents = [.. Enumerable.Range(0, plan.Agents)
            .Select(n => new SimulatedAgent(plan, n))
            .Select(a => (a, a.Messages(1, count > 0 ? count : null).GetEnumerator()))];
        while (agents.Count > 0)
        {
            for (int i = agents.Count - 1; i >= 0; i--)
            {
                if (agents[i].Messages.MoveNext()) yield return (agents[i].Agent, agents[i].Messages.Current);
                else agents.RemoveAt(i);
            }
        }
    }

    private async Task<(SimulationTally Tally, TimeSpan Elapsed)> SendAllAsync(
        string host, int port, CancellationToken stop, byte[]? password = null)
    {
        SimulatedSender[] senders =
            [.. Enumerable.Range(0, plan.Agents).Select(n => new SimulatedSender(plan, n, host, port, clock, password))];
        try
        {
            await Parallel.ForEachAsync(senders, new ParallelOptions
            {
                MaxDegreeOfParallelism = ConnectingMax, CancellationToken = stop,
            }, async (sender, token) => await sender.ConnectAsync(token));
            say($"{plan.Agents} agent(s) are connected");
            IReadOnlyList<SimulatedMessage>?[] prepared = Prepare(senders);
            using var end = new CancellationTokenSource();
            bool byClock = plan.Count is null && plan.Backlog == 0;
            if (byClock || plan.Count == 0) end.CancelAfter(plan.Duration);
            long started = clock.GetTimestamp();
            await Task.WhenAll(senders.Select((s, i) => s.RunAsync(prepared[i], end.Token, stop)));
            TimeSpan elapsed = clock.GetElapsedTime(started);
            if (plan.Count == 0) await HoldAsync(end.Token, stop);
            var tally = new SimulationTally();
            foreach (SimulatedSender sender in senders) tally.Add(sender.Tally);
            return (tally, elapsed);
        }
        finally
        {
            foreach (SimulatedSender sender in senders) await sender.DisposeAsync();
        }
    }

    private IReadOnlyList<SimulatedMessage>?[] Prepare(SimulatedSender[] senders)
    {
        bool fits = plan.Count is long count && plan.Backlog == 0 && plan.Rate == 0
            && count * plan.Agents * plan.Batch * BytesPerReading <= PreparedBytesMax;
        var prepared = new IReadOnlyList<SimulatedMessage>?[senders.Length];
        if (fits) Parallel.For(0, senders.Length, i => prepared[i] = senders[i].Prepare());
        return prepared;
    }

    // Connections that say nothing: for their memory.
    private async Task HoldAsync(CancellationToken end, CancellationToken stop)
    {
        say("nothing to send: the connections are held");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, stop);
        await Task.WhenAny(Task.Delay(Timeout.Infinite, either.Token));
        stop.ThrowIfCancellationRequested();
    }
}
