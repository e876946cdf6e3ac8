using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;

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

    internal IntakeServer(Answer answer, ushort receiveMaximum = 256, MqttConnectReasonCode connect = 0)
    {
        options = new MqttServerSessionOptions
        {
            ReceiveMaximum = receiveMaximum,
            Authenticate = (_, _, _) => ValueTask.FromResult(connect),
            Publish = async (session, packet, _) =>
            {
                Topics.TryAdd(packet.Topic, 0);
                ReadingBatch batch = EdgeFolder.Decode(packet.Payload.ToArray());
                Received.Enqueue(batch);
                MqttPubAckReasonCode code = await answer(batch, session);
                if (code == MqttPubAckReasonCode.Success) Stored.TryAdd((batch.Boot, batch.Sequence), batch);
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

    /// <summary>All batches as they came, repeats too.</summary>
    internal ConcurrentQueue<ReadingBatch> Received { get; } = [];

    /// <summary>What was answered with success, by identity.</summary>
    internal ConcurrentDictionary<(string Boot, long Sequence), ReadingBatch> Stored { get; } = [];

    /// <summary>The values stored, as thousandths, in the order of the batches.</summary>
    internal IEnumerable<long> StoredValues =>
        Stored.OrderBy(s => s.Key).SelectMany(s => s.Value.Readings).Select(r => r.Value.Mantissa);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions);
        stop.Dispose();
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
                sessions.Add(session.RunAsync(stop.Token));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            listener.Stop();
        }
    }
}
