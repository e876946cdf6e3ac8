using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>Decides what becomes of a batch.</summary>
internal delegate ValueTask<MqttPubAckReasonCode> Answer(ReadingBatch batch, MqttServerSession session);

/// <summary>
/// The server's side of the agents' connections, on a real socket: sessions of Monitor.Mqtt, and a store in memory that
/// has what was answered with success. What an agent may rely on, and no more.
/// </summary>
internal sealed class IntakeServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly MqttServerSessionOptions options;
    private readonly Task accepting;
    private readonly ConcurrentDictionary<string, MqttServerSession> connected = [];
    private readonly Lock gate = new();
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="answer">Decides on each batch.</param>
    /// <param name="receiveMaximum">Batches it takes at once.</param>
    /// <param name="connect">What it says to CONNECT.</param>
    /// <param name="grants">Whether it grants subscriptions, and takes states.</param>
    internal IntakeServer(
        Answer answer, ushort receiveMaximum = 256, MqttConnectReasonCode connect = 0, bool grants = false)
    {
        options = new MqttServerSessionOptions
        {
            ReceiveMaximum = receiveMaximum,
            Authenticate = (_, _, _) => ValueTask.FromResult(connect),
            Subscribe = !grants ? null : (session, filter, _) =>
            {
                Assert.StartsWith($"monitor/v1/S/{session.ClientId}/", filter.Topic, StringComparison.Ordinal);
                return ValueTask.FromResult(MqttSubscribeReasonCode.GrantedQoS1);
            },
            Connected = session =>
            {
                if (connected.TryGetValue(session.ClientId, out MqttServerSession? former) && !former.Ended.IsCompleted)
                {
                    former.Disconnect(MqttDisconnectReasonCode.SessionTakenOver);
                }
                connected[session.ClientId] = session;
            },
            Publish = async (session, packet, _) =>
            {
                if (packet.Topic.EndsWith("/state", StringComparison.Ordinal))
                {
                    Assert.True(packet.Retain);
                    Assert.True(AgentState.TryRead(packet.Payload.ToArray(), out AgentState? state, out string fault), fault);
                    States.Enqueue(state);
                    Changed();
                    return MqttPubAckReasonCode.Success;
                }
                Topics.TryAdd(packet.Topic, 0);
                ReadingBatch batch = EdgeFolder.Decode(packet.Payload.ToArray());
                Received.Enqueue(batch);
                Changed();
                MqttPubAckReasonCode code = await answer(batch, session);
                if (code == MqttPubAckReasonCode.Success) Stored.TryAdd((batch.Boot, batch.Sequence), batch);
                Changed();
                return code;
            },
        };
        listener.Start();
        accepting = AcceptAsync();
    }

    internal string Address => $"127.0.0.1:{Port}";

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Topics that were published to.</summary>
    internal ConcurrentDictionary<string, byte> Topics { get; } = [];

    /// <summary>What is to be said for agents that left without a word, and after how long.</summary>
    internal ConcurrentQueue<(AgentState State, TimeSpan Delay)> Wills { get; } = [];

    /// <summary>What agents said of themselves, in order.</summary>
    internal ConcurrentQueue<AgentState> States { get; } = [];

    /// <summary>All batches as they came, repeats too.</summary>
    internal ConcurrentQueue<ReadingBatch> Received { get; } = [];

    /// <summary>What was answered with success, by identity.</summary>
    internal ConcurrentDictionary<(string Boot, long Sequence), ReadingBatch> Stored { get; } = [];

    /// <summary>The values stored, as thousandths, in the order of the batches.</summary>
    internal IEnumerable<long> StoredValues =>
        Stored.OrderBy(s => s.Key).SelectMany(s => s.Value.Readings).Select(r => r.Value.Mantissa);

    /// <summary>Looks again, in <see cref="UntilAsync"/>, also when something happens to an outbox.</summary>
    internal void Watch(Outbox outbox)
    {
        outbox.Settled += Changed;
        outbox.Alarmed += _ => Changed();
    }

    /// <summary>Waits until something holds, looking when something came in.</summary>
    internal async Task UntilAsync(Func<bool> holds)
    {
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            Task next;
            lock (gate) next = change.Task;
            if (holds()) return;
            await next.WaitAsync(ceiling.Token);
        }
    }

    /// <summary>Says something to an agent on one of its topics.</summary>
    internal async Task TellAsync(string agent, string kind, byte[] payload) => await connected[agent].PublishAsync(
        new MqttApplicationMessage
        {
            Topic = $"monitor/v1/S/{agent}/{kind}",
            Payload = payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        },
        stop.Token);

    /// <summary>Ends an agent's connection as if another server had come.</summary>
    internal void Disconnect(string agent, MqttDisconnectReasonCode reason) => connected[agent].Disconnect(reason);

    private void Changed()
    {
        lock (gate)
        {
            change.TrySetResult();
            change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions);
        stop.Dispose();
    }

    private async Task ServeAsync(MqttServerSession session)
    {
        MqttSessionEnd end = await session.RunAsync(stop.Token);
        if (end.Will is not MqttApplicationMessage will) return;
        Assert.True(AgentState.TryRead(will.Payload.ToArray(), out AgentState? state, out string fault), fault);
        Wills.Enqueue((state, end.WillDelay));
        Changed();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                NetworkStream stream = client.GetStream();
                var session = new MqttServerSession(PipeReader.Create(stream), PipeWriter.Create(stream), options);
                sessions.Add(ServeAsync(session));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            listener.Stop();
        }
    }
}
