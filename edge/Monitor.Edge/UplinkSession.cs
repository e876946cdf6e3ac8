using System.Threading.Channels;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>How a connection began.</summary>
internal enum UplinkBeginning
{
    /// <summary>Ready for batches.</summary>
    Ready,

    /// <summary>The server takes the agent's state, which was not known when it connected: again, now with a will.</summary>
    ConnectAgain,
}

/// <summary>
/// What goes over one connection beside the batches: the agent's state, the server's receipts and commands. A server that
/// grants no subscription to them (an older one, or a broker with narrow rules) gets batches alone.
/// </summary>
internal sealed class UplinkSession(
    MqttClient client, Outbox outbox, AgentTopics topics, UplinkOptions options, TimeProvider clock,
    Action<string> report)
{
    /// <summary>Publishes on the way beside the batches, at most: the state.</summary>
    internal const int PublishesBeside = 2;

    // Whoever ends the program waits for a slow link, and for no server.
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(5);

    private readonly ReceiptDesk desk = new(outbox, options.AnswerMax, clock, report);

    // Filled by alarms; a full channel means that the state is about to be said anyway.
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool talks;

    /// <summary>Learns what the server grants, and says that the agent is there.</summary>
    /// <exception cref="ServerRefusalException">Receipts are waited for, and the server grants none.</exception>
    internal async Task<UplinkBeginning> BeginAsync(CancellationToken stop)
    {
        IReadOnlyList<MqttSubscribeReasonCode> granted = await client.SubscribeAsync(
            [Filter(topics.Receipt), Filter(topics.Command)], stop).WaitAsync(options.AnswerMax, clock, stop);
        talks = granted.All(code => code < MqttSubscribeReasonCode.UnspecifiedError);
        if (!talks && options.WaitsForReceipt)
        {
            throw new ServerRefusalException($"The server grants no subscription to {topics.Receipt}, and the agent is told "
                + "to wait for receipts. Let it read that topic, or take the broker's own acknowledgement.");
        }
        bool knew = outbox.ServerTakesState;
        bool takes = talks && await SayAsync(online: true, stop);
        if (takes != knew) outbox.ServerTakesState = takes;
        return takes && !knew ? UplinkBeginning.ConnectAgain : UplinkBeginning.Ready;
    }

    /// <summary>Hears the server while batches are sent; ends with the sending, or with the first fault of either.</summary>
    internal async Task WhileAsync(Task sending, CancellationTokenSource ended)
    {
        void Tell(Alarm alarm) => news.Writer.TryWrite(true);
        outbox.Alarmed += Tell;
        Task hearing = HearAsync(ended.Token), telling = TellAsync(ended.Token);
        try
        {
            Task first = await Task.WhenAny(sending, hearing, telling);
            // Hearing ends with the connection, and then the sending says so best.
            if (first == telling || first.IsFaulted) await first;
            await sending;
        }
        finally
        {
            outbox.Alarmed -= Tell;
            await ended.CancelAsync();
            // They touch the outbox, which may close after this; their faults are echoes of the first.
            await Task.WhenAll(sending, hearing, telling).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Says that the agent leaves in good order.</summary>
    internal async Task EndAsync(CancellationToken stop)
    {
        if (!talks || !outbox.ServerTakesState) return;
        try
        {
            await SayAsync(online: false, stop).WaitAsync(GoodbyeMax, clock, stop);
        }
        catch (Exception e) when (e is MqttConnectionLostException or TimeoutException)
        {
            // The will says the same.
            report("the connection ended before the agent could say goodbye");
        }
    }

    /// <summary>Sends a batch; done when it counts as taken over, or is refused.</summary>
    internal Task<MqttPubAckReasonCode> SendAsync(OutboxBatch batch, CancellationToken stop)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topics.Data,
            Payload = batch.Payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        Task<MqttPubAckReasonCode> Publish() =>
            client.PublishAsync(message, stop).WaitAsync(options.AnswerMax, clock, stop);
        return options.WaitsForReceipt ? desk.SendAsync(batch.Sequence, Publish, stop) : Publish();
    }

    /// <summary>What the server is to say when the connection ends without a word.</summary>
    internal MqttApplicationMessage Will() => StateMessage(new AgentState(
        outbox.Agent, outbox.Boot, Online: false, Instant.From(clock.GetUtcNow()), null, null, []));

    private async Task HearAsync(CancellationToken stop)
    {
        await foreach (MqttReceivedMessage received in client.ReceivedMessages.ReadAllAsync(stop))
        {
            MqttApplicationMessage message = received.ApplicationMessage;
            if (message.Topic == topics.Receipt) desk.Take(message.Payload);
            else if (message.Topic == topics.Command) Obey(message.Payload);
            // Acknowledged once it is done: a command that a crash interrupts comes again.
            received.Acknowledge();
        }
    }

    private void Obey(ReadOnlyMemory<byte> payload)
    {
        if (!ResendCommand.TryRead(payload, out ResendCommand? command, out string reason))
        {
            report($"a command cannot be read: {reason}");
            return;
        }
        (int kept, int again) = outbox.Resend(command.Boot, command.Sequences);
        if (command.Boot == outbox.Boot) desk.AskedFor(command.Sequences);
        report($"the server asks for batches {command.Sequences.From} to {command.Sequences.To} of boot {command.Boot}: "
            + $"{kept} are kept, {again} go out again");
    }

    private async Task TellAsync(CancellationToken stop)
    {
        while (await news.Reader.WaitToReadAsync(stop))
        {
            while (news.Reader.TryRead(out _)) continue;
            if (outbox.ServerTakesState) await SayAsync(online: true, stop);
        }
    }

    // False where the server does not take it.
    private async Task<bool> SayAsync(bool online, CancellationToken stop)
    {
        var state = new AgentState(outbox.Agent, outbox.Boot, online, Instant.From(clock.GetUtcNow()),
            outbox.Count().Pending, Math.Round((decimal)outbox.Fill, 4), [.. outbox.Alarms.Select(alarm => alarm.Code)]);
        MqttPubAckReasonCode answer = await client.PublishAsync(StateMessage(state), stop)
            .WaitAsync(options.AnswerMax, clock, stop);
        return answer < MqttPubAckReasonCode.UnspecifiedError;
    }

    private MqttApplicationMessage StateMessage(AgentState state) => new()
    {
        Topic = topics.State,
        Payload = state.ToBytes(),
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        Retain = true,
    };

    // Not what a broker kept for whoever comes: a command counts once.
    private static MqttTopicFilter Filter(string topic) => new()
    {
        Topic = topic,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        RetainHandling = MqttRetainHandling.DoNotSendOnSubscribe,
    };
}
