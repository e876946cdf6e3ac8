using System.Threading.Channels;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;

namespace Monitor.Tests.Mqtt;

/// <summary>A publish callback whose every call waits until the test answers it.</summary>
internal sealed class PublishLog
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private int _count;

    public sealed record Call(MqttPublishPacket Packet, TaskCompletionSource<MqttPubAckReasonCode> Answer)
    {
        public void Done(MqttPubAckReasonCode code = MqttPubAckReasonCode.Success) => Answer.SetResult(code);
    }

    /// <summary>Calls so far.</summary>
    public int Count => Volatile.Read(ref _count);

    public MqttServerSessionOptions Options => SessionUnderTest.TakesAnyone with { Publish = HandleAsync };

    public async Task<Call> NextAsync() =>
        await _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    private ValueTask<MqttPubAckReasonCode> HandleAsync(
        MqttServerSession session, MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        var call = new Call(packet, new(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Increment(ref _count);
        _calls.Writer.TryWrite(call);
        return new(call.Answer.Task);
    }
}
