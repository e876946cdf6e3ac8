using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

public sealed class EnvelopeWritingTests
{
    public static TheoryData<string, ReadingBatch> Wrong()
    {
        ReadingBatch right = EnvelopeSamples.Batch();
        Reading reading = right.Readings[0];
        return new TheoryData<string, ReadingBatch>
        {
            { "agent", right with { Agent = "A/1" } },
            { "section", right with { Section = "" } },
            { "boot", right with { Boot = new string('b', 33) } },
            { "seq", right with { Sequence = 0 } },
            { "sent", right with { Sent = new Instant(long.MaxValue) } },
            { "clk.src", right with { Clock = new ClockState("n t p") } },
            { "clk.est_ms", right with { Clock = new ClockState("ntp", null, -1) } },
            { "prev", right with { Previous = "abc" } },
            { "sig", right with { Signature = "\"" } },
            { "r has no reading", right with { Readings = [] } },
            { "index", right with { Readings = [reading with { Index = 1 }] } },
            { "r.p", right with { Readings = [reading with { Measurand = "" }] } },
            { "r.t", right with { Readings = [reading with { Time = new Instant(long.MinValue) }] } },
            { "r.v", right with { Readings = [reading with { Value = new ReportedValue(1, 19) }] } },
            { "r.u", right with { Readings = [reading with { Unit = "a\nb" }] } },
            { "r.st", right with { Readings = [reading with { Status = "" }] } },
            { "r.i", right with { Readings = [reading with { Instrument = "ü" }] } },
        };
    }

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_the_reader_would_refuse_is_not_written(string named, ReadingBatch batch)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => EnvelopeCodec.Encode(batch));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_only_too_large_is_to_be_split()
    {
        Reading wide = EnvelopeSamples.Reading(0, "1") with
        {
            Unit = new string('元', 32),
            Instrument = new string('i', 32),
        };
        // 500 × over 200 bytes is more than 64 KiB; 250 of them are not.
        ReadingBatch batch = EnvelopeSamples.Batch([.. Enumerable.Range(0, 500).Select(i => wide with { Index = i })]);

        Assert.False(EnvelopeCodec.TryEncode(batch, out _));
        Assert.Throws<ArgumentException>(() => EnvelopeCodec.Encode(batch));
        Assert.True(EnvelopeCodec.TryEncode(batch with { Readings = [.. batch.Readings.Take(250)] }, out _));
    }
}
