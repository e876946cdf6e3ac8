using System.Text;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

/// <summary>What travels beside the readings: tombstones, receipts, commands; and what a clock says of itself.</summary>
public sealed class EnvelopeNeighbourTests
{
    [Fact]
    public void A_tombstone_travels_as_three_readings_and_is_read_from_them_again()
    {
        LostRange[] lost =
        [
            new(new SequenceRange(7, 7), 1, new Instant(60_000), new Instant(60_000)),
            new(new SequenceRange(9, 40), 320, new Instant(120_000), new Instant(180_000)),
        ];
        Reading[] readings =
        [
            .. lost[0].ToReadings(), EnvelopeSamples.Reading(0, "0.40"), .. lost[1].ToReadings(),
        ];
        byte[] payload = EnvelopeCodec.Encode(EnvelopeSamples.Batch([.. readings.Select((r, i) => r with { Index = i })]));

        Assert.True(EnvelopeCodec.TryDecode(payload, out ReadingBatch? batch, out string reason), reason);

        Assert.Equal(lost, LostRange.In(batch));
        // Half of one is none.
        Assert.Empty(LostRange.In(batch with { Readings = [.. batch.Readings.Take(2)] }));
        Assert.All(lost[0].ToReadings(), r => Assert.NotEqual(DeviceStatus.Normal, r.Status));
    }

    [Fact]
    public void A_device_cannot_make_a_tombstone_by_a_reading_of_its_own_instrument()
    {
        Reading[] readings = [.. new LostRange(new SequenceRange(1, 2), 3, new Instant(0), new Instant(1)).ToReadings()
            .Select(r => r with { Instrument = "AN-22" })];

        Assert.Empty(LostRange.In(EnvelopeSamples.Batch(readings)));
    }

    [Theory]
    [InlineData("""{"cmd":"resend","boot":"B","from":1,"to":500}""", "")]
    [InlineData("""{"to":500,"from":1,"later":[],"boot":"B","cmd":"resend"}""", "")]
    [InlineData("""{"cmd":"erase","boot":"B","from":1,"to":500}""", "unknown")]
    [InlineData("""{"cmd":"resend","boot":"B","from":2,"to":1}""", "no range")]
    [InlineData("""{"cmd":"resend","boot":"B","from":0,"to":1}""", "no range")]
    [InlineData("""{"cmd":"resend","boot":"B/#","from":1,"to":1}""", "no boot")]
    [InlineData("""{"cmd":"resend","boot":"B","from":"1","to":1}""", "another kind")]
    [InlineData("""{"cmd":"resend","boot":"B","from":1.5,"to":2}""", "another kind")]
    [InlineData("""{"cmd":"resend","boot":"B","from":1}""", "missing")]
    [InlineData("""{"cmd":"resend","cmd":"resend","boot":"B","from":1,"to":1}""", "not JSON")]
    [InlineData("[1]", "another kind")]
    [InlineData("null", "another kind")]
    [InlineData("", "not JSON")]
    [InlineData("\ud800", "not JSON")]
    public void A_command_is_read_or_refused_by_name(string text, string reason)
    {
        bool read = ResendCommand.TryRead(Encoding.UTF8.GetBytes(text), out ResendCommand? command, out string why);

        Assert.Equal(reason.Length == 0, read);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        if (read) Assert.Equal(new ResendCommand("B", new SequenceRange(1, 500)), command);
    }

    [Theory]
    [InlineData("""{"v":1,"boot":"B","stored":[[1,5],[9,9]]}""", "")]
    [InlineData("""{"v":2,"boot":"B","stored":[[1,5],[9,9]]}""", "version")]
    [InlineData("""{"v":1,"boot":"B","stored":[[1,5],[9]]}""", "none")]
    [InlineData("""{"v":1,"boot":"B","stored":[[5,1]]}""", "none")]
    [InlineData("""{"v":1,"boot":"B","stored":5}""", "another kind")]
    public void A_receipt_is_read_or_refused_by_name(string text, string reason)
    {
        bool read = StoredReceipt.TryRead(Encoding.UTF8.GetBytes(text), out StoredReceipt? receipt, out string why);

        Assert.Equal(reason.Length == 0, read);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        if (read) Assert.Equal([new SequenceRange(1, 5), new SequenceRange(9, 9)], receipt!.Stored);
        if (read) Assert.Equal(text, Encoding.UTF8.GetString(receipt!.ToBytes()));
    }

    [Theory]
    [InlineData("""{"v":1,"boot":"B","stored":[],"refused":[[7,7]]}""", "")]
    [InlineData("""{"v":1,"boot":"B","stored":[],"refused":[[7]]}""", "none")]
    [InlineData("""{"v":1,"boot":"B","stored":[],"refused":{}}""", "another kind")]
    public void A_receipt_may_refuse_for_good(string text, string reason)
    {
        bool read = StoredReceipt.TryRead(Encoding.UTF8.GetBytes(text), out StoredReceipt? receipt, out string why);

        Assert.Equal(reason.Length == 0, read);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        if (read) Assert.Equal([new SequenceRange(7, 7)], receipt!.Refused);
        if (read) Assert.Equal(text, Encoding.UTF8.GetString(receipt!.ToBytes()));
    }

    [Theory]
    [InlineData("""{"v":1,"agent":"A","boot":"B","online":true,"at":5,"pending":7,"fill":0.25,"alarms":["disk-full"]}""", "")]
    [InlineData("""{"v":1,"agent":"A","boot":"B","online":false,"at":5,"alarms":[]}""", "")]
    [InlineData("""{"v":2,"agent":"A","boot":"B","online":false,"at":5,"alarms":[]}""", "version")]
    [InlineData("""{"v":1,"agent":"A","boot":"B","online":false,"at":5,"alarms":["<b>"]}""", "alarms that are none")]
    [InlineData("""{"v":1,"agent":"A","boot":"B","online":"no","at":5,"alarms":[]}""", "another kind")]
    [InlineData("""{"v":1,"agent":"A","boot":"B","online":false,"at":9e18,"alarms":[]}""", "another kind")]
    public void A_state_is_read_or_refused_by_name_and_written_as_it_was(string text, string reason)
    {
        bool read = AgentState.TryRead(Encoding.UTF8.GetBytes(text), out AgentState? state, out string why);

        Assert.Equal(reason.Length == 0, read);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        if (read) Assert.Equal(text, Encoding.UTF8.GetString(state!.ToBytes()));
    }

    [Fact]
    public void A_receipt_of_the_most_ranges_fits_and_one_of_more_is_refused()
    {
        StoredReceipt Of(int ranges) => new("BOOT", [.. Enumerable.Range(1, ranges)
            .Select(n => new SequenceRange(1_000_000_000L + n, 2_000_000_000L + n))]);

        Assert.True(StoredReceipt.TryRead(Of(1000).ToBytes(), out _, out _));
        Assert.False(StoredReceipt.TryRead(Of(1001).ToBytes(), out _, out _));
    }

    // Made at 2025-01-01T00:00:00Z with a reading of the same moment; received as many seconds later.
    [Theory]
    [InlineData("ntp", null, 0, 0, 5, true)]
    [InlineData("ntp", null, 0, 0, -300, true)] // the server's clock behind by the most that is allowed
    [InlineData("ntp", null, 0, 0, -301, false)]
    [InlineData("ntp", 300_000L, 0, 0, 5, true)]
    [InlineData("ntp", 300_001L, 0, 0, 5, false)]
    [InlineData("unset", null, 0, 0, 5, false)]
    [InlineData("ntp", null, 0, 300, 5, true)]
    [InlineData("ntp", null, 0, 301, 5, false)] // a reading from after the batch
    [InlineData("ntp", null, -1_735_689_600, 0, 5, false)] // 1970
    [InlineData("ntp", null, 0, 0, 30 * 86_400, true)] // a month offline
    public void Times_are_doubted_by_what_the_clock_says_and_by_what_cannot_be(
        string source, long? error, long sentSeconds, long readingSeconds, long receivedSeconds, bool believed)
    {
        const long Midnight = 1_735_689_600_000;
        ReadingBatch batch = EnvelopeSamples.Batch(
            EnvelopeSamples.Reading(0, "1") with { Time = new Instant(Midnight + (1000 * readingSeconds)) }) with
        {
            Sent = new Instant(Midnight + (1000 * sentSeconds)),
            Clock = new ClockState(source, null, error),
        };

        string? doubt = ClockDoubt.Of(batch, new Instant(Midnight + (1000 * receivedSeconds)));

        Assert.Equal(believed, doubt is null);
    }
}
