using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

/// <summary>Batches as an agent would send them, with the bytes of the real envelope.</summary>
internal static class SampleBatch
{
    /// <summary>2025-01-01T00:00:00Z.</summary>
    public const long Start = 1_735_689_600_000;

    public const long Hour = 3_600_000;

    /// <summary>A batch of readings of their own making.</summary>
    public static ReadingBatch Of(long sequence, IReadOnlyList<Reading> readings,
        string agent = "A-017", string boot = "boot1", string section = "S-03", long sent = Start)
    {
        var batch = new ReadingBatch
        {
            Agent = agent,
            Section = section,
            Boot = boot,
            Sequence = sequence,
            Sent = new Instant(sent),
            Readings = readings,
            Payload = default,
        };
        return batch with { Payload = EnvelopeCodec.Encode(batch) };
    }

    /// <summary>
    /// A batch of hourly ammonia readings, one hour after the other, the first at the sequence's own hour.
    /// </summary>
    public static ReadingBatch Hourly(long sequence, int count = 2,
        string agent = "A-017", string boot = "boot1", string section = "S-03", long sent = Start) =>
        Of(sequence, [.. Enumerable.Range(0, count).Select(i =>
            One(i, Start + ((((sequence - 1) * count) + i) * Hour), $"0.{100 + ((sequence + i) % 900)}"))],
            agent, boot, section, sent);

    /// <summary>One hourly reading.</summary>
    public static Reading One(int index, long time, string value, string measurand = "w21003",
        Statistic statistic = Statistic.Hour, string status = "N", string instrument = "", string unit = "mg/L")
    {
        Assert.True(ReportedValue.TryParseQualified(value, out ReportedValue reported), value);
        return new Reading
        {
            Index = index,
            Measurand = measurand,
            Time = new Instant(time),
            Value = reported,
            Statistic = statistic,
            Unit = unit,
            Status = status,
            Instrument = instrument,
        };
    }
}
