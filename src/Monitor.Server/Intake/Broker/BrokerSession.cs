using System.Threading.Channels;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Server.Intake.Broker;

/// <summary>
/// One connection to the broker. Messages go to the committer as they come; as their commits are done, and in the order
/// they came, receipts go out and then the acknowledgements, each on this connection or never.
/// </summary>
internal sealed class BrokerSession
{
    private const int GroupMax = 1000;
    private readonly MqttClient _client;
    private readonly BrokerDesk _desk;
    private readonly BrokerAsking _asking;
    private readonly BrokerOptions _options;
    private readonly BrokerTally _tally;
    private readonly TimeProvider _clock;
    private readonly BrokerReceipts _receipts;
    private readonly Channel<BrokerItem> _inHand;
    private int _held;
    private long _lastMessage;
    private long _lastSettled;

    internal BrokerSession(MqttClient client, BrokerDesk desk, BrokerAsking asking, BrokerOptions options,
        BrokerTally tally, TimeProvider clock, ILogger log)
    {
        (_client, _desk, _asking, _options, _tally, _clock) = (client, desk, asking, options, tally, clock);
        _receipts = new BrokerReceipts(client, log);
        _inHand = Channel.CreateBounded<BrokerItem>(
            new BoundedChannelOptions(options.InHandMax) { SingleReader = true, SingleWriter = true });
        _lastMessage = _lastSettled = clock.GetTimestamp();
    }

    /// <summary>Subscribes, at QoS 1; retained messages come where the subscription is new.</summary>
    /// <exception cref="BrokerRefusalException">A subscription is not granted.</exception>
    internal async Task SubscribeAsync(CancellationToken stop)
    {
        MqttTopicFilter[] filters =
            [.. new[] { IntakeTopic.Data, IntakeTopic.State, IntakeTopic.Meta }.Select(kind => new MqttTopicFilter
            {
                Topic = $"monitor/v1/+/+/{kind}",
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                RetainAsPublished = false,
                RetainHandling = MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly,
            })];
        IReadOnlyList<MqttSubscribeReasonCode> granted = await _client.SubscribeAsync(filters, stop);
        for (int i = 0; i < filters.Length; i++)
        {
            if (granted[i] != MqttSubscribeReasonCode.GrantedQoS1) throw new BrokerRefusalException(
                $"It grants {granted[i]} for {filters[i].Topic}. Let the intake read it at QoS 1.");
        }
    }

    /// <summary>Takes and acknowledges until the connection ends, which is its only end.</summary>
    /// <param name="isNew">Whether the broker had no session of ours: agents are then asked for what it may have held.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="MqttConnectionLostException">It ended.</exception>
    internal async Task RunAsync(bool isNew, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] parts =
        [
            TakeAllAsync(either.Token), SettleAllAsync(either.Token), WatchAsync(either.Token),
            // By itself: answers to what it says come behind messages, which the others must go on taking.
            _asking.RunAsync(_client, isNew, either.Token),
        ];
        Task first = await Task.WhenAny(parts);
        await either.CancelAsync();
        // The others' ends are echoes of the first; it is the one that says why.
        await Task.WhenAll(parts).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await first;
        throw new MqttConnectionLostException("The connection ended.");
    }

    private async Task TakeAllAsync(CancellationToken stop)
    {
        await foreach (MqttReceivedMessage message in _client.ReceivedMessages.ReadAllAsync(stop))
        {
            _tally.Take();
            Interlocked.Increment(ref _held);
            Volatile.Write(ref _lastMessage, _clock.GetTimestamp());
            await _inHand.Writer.WriteAsync(await _desk.TakeAsync(message, stop), stop);
        }
    }

    private async Task SettleAllAsync(CancellationToken stop)
    {
        List<BrokerItem> group = new(GroupMax);
        while (await _inHand.Reader.WaitToReadAsync(stop))
        {
            group.Clear();
            // The first is waited for; with it go those behind it that are done as well.
            while (group.Count < GroupMax && _inHand.Reader.TryPeek(out BrokerItem? next)
                && (group.Count == 0 || next.Commit.IsCompleted) && _inHand.Reader.TryRead(out next))
            {
                AppendOutcome outcome = await _desk.SettleAsync(next, stop);
                if (next.Word(outcome) is { } word) _receipts.Add(word.Batch, word.IsStored);
                group.Add(next);
            }
            _receipts.Send(stop);
            foreach (BrokerItem item in group) _tally.Acknowledge(item.Message.Acknowledge());
            Interlocked.Add(ref _held, -group.Count);
            Volatile.Write(ref _lastSettled, _clock.GetTimestamp());
            foreach (BrokerItem item in group) _asking.Hear(item.Message.ApplicationMessage);
        }
    }

    // Keep-alive sees a dead network. This sees a broker that answers pings and delivers nothing, or a store that hangs.
    private async Task WatchAsync(CancellationToken stop)
    {
        TimeSpan shortest = _options.SilenceMax < _options.StuckMax ? _options.SilenceMax : _options.StuckMax;
        while (true)
        {
            await Task.Delay(shortest / 4, _clock, stop);
            if (Volatile.Read(ref _held) == 0) Volatile.Write(ref _lastSettled, _clock.GetTimestamp());
            if (_clock.GetElapsedTime(Volatile.Read(ref _lastSettled)) > _options.StuckMax)
                throw new MqttConnectionLostException("Messages are in hand, and none could be acknowledged for long.");
            if (_clock.GetElapsedTime(Volatile.Read(ref _lastMessage)) > _options.SilenceMax)
                throw new MqttConnectionLostException("No message came for long; the subscriptions are made anew.");
        }
    }
}
