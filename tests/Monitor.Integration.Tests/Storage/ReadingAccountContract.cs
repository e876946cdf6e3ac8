using System.Security.Cryptography;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

/// <summary>What every <see cref="IReadingStore"/> accounts for beside the readings: chains, gaps, what is kept apart.</summary>
public abstract class ReadingAccountContract : IDisposable
{
    private const long Day = 24 * SampleBatch.Hour;
    private static readonly Instant Received = new(SampleBatch.Start + 5000);
    private static readonly Instant First = new(SampleBatch.Start);
    private IReadingStore? _store;

    protected abstract IReadingStore Open();

    private IReadingStore Store => _store ??= Open();

    [Fact]
    public void A_chain_that_comes_in_any_order_is_stored_whole()
    {
        ReadingBatch[] chain = Chain(4);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Stored, AppendOutcome.Stored, AppendOutcome.Stored],
            Append(chain[3], chain[0], chain[2], chain[1]));
        Assert.Equal(new StoreCounts(8, 8, 4, 0, 0), Store.Count());
        Assert.Equal([AppendOutcome.Repeat], Append(chain[1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_that_contradicts_its_stored_neighbour_is_kept_apart(bool inOrder)
    {
        ReadingBatch[] chain = Chain(3);
        // Another second batch than the third was made after: an agent's past that was written anew.
        ReadingBatch other = Linked(2, chain[0], sent: SampleBatch.Start + 1);
        AppendOutcome[] outcomes = inOrder
            ? [.. Append(chain[0], other), .. Append(chain[2])]
            : [.. Append(chain[0], chain[2]), .. Append(other)];
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Stored, AppendOutcome.BrokenChain], outcomes);
        Assert.Equal(new StoreCounts(4, 4, 2, 0, 1), Store.Count());
        IntakeAlarm alarm = Assert.Single(Store.Account("S-03", First, At(Day)).Alarms);
        Assert.Equal((AlarmKinds.BrokenChain, 1L), (alarm.Kind, alarm.Times));
        // And over a new start of the program, when nothing is remembered.
        _store!.Dispose();
        _store = null;
        Assert.Equal([AppendOutcome.BrokenChain], Append(inOrder ? chain[2] : other));
        Assert.Equal(2, Assert.Single(Store.Account("S-03", First, At(Day)).Alarms).Times);
    }

    [Fact]
    public void Gaps_show_until_they_are_filled()
    {
        Append([.. new[] { 2L, 5, 6, 9 }.Select(s => SampleBatch.Hourly(s))]);
        BootAccount boot = Assert.Single(Store.Boots("A-017", 10));
        Assert.Equal(("boot1", 9L), (boot.Boot, boot.Highest));
        Assert.Equal([Gap(1, 1), Gap(3, 4), Gap(7, 8)], boot.Gaps);
        Assert.Equal([Gap(1, 1)], Assert.Single(Store.Boots("A-017", 1)).Gaps);
        Append([.. new[] { 1L, 3, 4, 8 }.Select(s => SampleBatch.Hourly(s))]);
        Assert.Equal([Gap(7, 7)], Assert.Single(Store.Boots("A-017", 10)).Gaps);
        Append(SampleBatch.Hourly(7));
        Assert.Empty(Assert.Single(Store.Boots("A-017", 10)).Gaps);
        Assert.Empty(Store.Boots("A-018", 10));
    }

    [Fact]
    public void The_newest_boot_of_an_agent_stands_first()
    {
        Append(SampleBatch.Hourly(1, boot: "z-old"), SampleBatch.Hourly(2, boot: "a-new"));
        Assert.Equal(["a-new", "z-old"], Store.Boots("A-017", 1).Select(b => b.Boot));
    }

    [Fact]
    public void A_gap_belongs_to_the_days_of_its_neighbours()
    {
        // Two hourly readings in a batch: 12 batches a day. Batches 20 to 30 are missing: from the second day to the third.
        Append([.. Enumerable.Range(1, 40).Where(s => s is < 20 or > 30).Select(s => SampleBatch.Hourly(s))]);
        SequenceGap[] gap = [Gap(20, 30)];
        Assert.Empty(Store.Account("S-03", First, At(Day)).Gaps);
        Assert.Equal(gap, Store.Account("S-03", At(Day), At(2 * Day)).Gaps);
        Assert.Equal(gap, Store.Account("S-03", At(2 * Day), At(3 * Day)).Gaps);
        Assert.Empty(Store.Account("S-03", At(3 * Day), At(4 * Day)).Gaps);
    }

    [Fact]
    public void An_account_holds_the_payloads_of_its_span_and_their_repeats()
    {
        ReadingBatch[] batches = [.. Enumerable.Range(1, 14).Select(s => SampleBatch.Hourly(s))];
        Append(batches);
        Append(batches[12], batches[12], batches[0]);
        SectionAccount account = Store.Account("S-03", At(Day), At(2 * Day));
        Assert.Equal(4, account.Stored);
        Assert.Equal([2L, 0], account.Payloads.Select(p => p.Repeats));
        Assert.Equal([batches[12].Payload.ToArray(), batches[13].Payload.ToArray()],
            account.Payloads.Select(p => p.Payload.ToArray()));
        Assert.Equal(0, Store.Account("S-04", At(Day), At(2 * Day)).Stored);
    }

    [Fact]
    public void What_is_kept_apart_is_found_by_its_times_or_by_its_arrival()
    {
        ReadingBatch refused = SampleBatch.Hourly(13); // on the second day
        var read = new DeadLetterArrival("A-017", "monitor/v1/S-03/A-017/data", "Not signed.", refused.Payload)
        {
            Batch = refused,
        };
        var unread = new DeadLetterArrival("A-017", "monitor/v1/S-03/A-017/data", "No JSON.", new byte[] { 1 });
        var nowhere = new DeadLetterArrival("A-017", "other", "No topic.", new byte[] { 2 });
        Append(read, read, unread, nowhere);
        DeadLetter first = Assert.Single(Store.Account("S-03", First, At(Day)).DeadLetters);
        Assert.Equal(("No JSON.", 0, 0L), (first.Reason, first.Readings, first.Repeats));
        DeadLetter second = Assert.Single(Store.Account("S-03", At(Day), At(2 * Day)).DeadLetters);
        Assert.Equal(("Not signed.", 2, 1L), (second.Reason, second.Readings, second.Repeats));
        Assert.Equal(refused.Payload.ToArray(), second.Payload.ToArray());
    }

    [Fact]
    public void The_last_retained_message_of_a_topic_stays_and_an_empty_one_takes_it_away()
    {
        var birth = new RetainedArrival("A-017", "monitor/v1/S-03/A-017/state", "on"u8.ToArray());
        Assert.Equal([AppendOutcome.Noted, AppendOutcome.Noted],
            Append(birth, birth with { Payload = "off"u8.ToArray() }));
        RetainedMessage message = Assert.Single(Store.Retained());
        Assert.Equal((birth.Topic, "A-017", Received), (message.Topic, message.Agent, message.ReceivedAt));
        Assert.Equal("off"u8.ToArray(), message.Payload.ToArray());
        Append(birth with { Payload = default });
        Assert.Empty(Store.Retained());
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 0), Store.Count());
    }

    public void Dispose()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
    }

    private static SequenceGap Gap(long from, long to) => new("A-017", "boot1", from, to);

    private static Instant At(long milliseconds) => new(SampleBatch.Start + milliseconds);

    private static ReadingBatch[] Chain(int length)
    {
        List<ReadingBatch> chain = [SampleBatch.Hourly(1)];
        while (chain.Count < length) chain.Add(Linked(chain.Count + 1, chain[^1]));
        return [.. chain];
    }

    private static ReadingBatch Linked(long sequence, ReadingBatch former, long sent = SampleBatch.Start)
    {
        ReadingBatch batch = SampleBatch.Hourly(sequence, sent: sent) with
        {
            Previous = Convert.ToHexStringLower(SHA256.HashData(former.Payload.Span)),
        };
        return batch with { Payload = EnvelopeCodec.Encode(batch) };
    }

    private AppendOutcome[] Append(params ReadingBatch[] batches) => Append([.. batches.Select(b => new BatchArrival(b))]);

    private AppendOutcome[] Append(params Arrival[] arrivals) => [.. Store.Append(arrivals, Received)];
}
