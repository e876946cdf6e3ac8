using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// A tombstone: batches of the same boot that the agent had to drop before anybody had them. It travels as three readings
/// of the instrument <c>outbox</c>, in this order: <c>lost-from</c> and <c>lost-to</c> (the sequences), <c>lost-readings</c>
/// (how many readings they held). So it is signed, chained, stored once and listed as any other reading is; its status
/// <c>B</c> keeps it out of every mean.
/// </summary>
/// <param name="Sequences">What was dropped.</param>
/// <param name="Readings">Readings in it.</param>
/// <param name="First">Time of its earliest reading.</param>
/// <param name="Last">Time of its latest.</param>
public sealed record LostRange(SequenceRange Sequences, long Readings, Instant First, Instant Last)
{
    /// <summary>The instrument that a tombstone's readings name.</summary>
    public const string Instrument = "outbox";

    /// <summary>Readings that one tombstone takes.</summary>
    public const int ReadingCount = 3;

    private const string Status = "B";

    /// <summary>The tombstone's readings, to be numbered by whoever makes the batch.</summary>
    public IReadOnlyList<Reading> ToReadings() =>
    [
        ToReading(Measurands.LostFrom, First, Sequences.From), ToReading(Measurands.LostTo, Last, Sequences.To),
        ToReading(Measurands.LostReadings, Last, Readings),
    ];

    /// <summary>The tombstones of a batch, in their order; none in most.</summary>
    public static IReadOnlyList<LostRange> In(ReadingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        List<LostRange> ranges = [];
        for (int i = 0; i + ReadingCount <= batch.Readings.Count; i++)
        {
            if (TryRead(batch.Readings[i], batch.Readings[i + 1], batch.Readings[i + 2], out LostRange? range))
            {
                ranges.Add(range);
                i += ReadingCount - 1;
            }
        }
        return ranges;
    }

    private static bool TryRead(Reading from, Reading to, Reading count, [NotNullWhen(true)] out LostRange? range)
    {
        range = null;
        if (!Is(from, Measurands.LostFrom) || !Is(to, Measurands.LostTo) || !Is(count, Measurands.LostReadings))
        {
            return false;
        }
        var sequences = new SequenceRange(from.Value.Mantissa, to.Value.Mantissa);
        if (!sequences.IsValid || count.Value.Mantissa < 1) return false;
        range = new LostRange(sequences, count.Value.Mantissa, from.Time, to.Time);
        return true;
    }

    private static bool Is(Reading reading, string measurand) => reading.Measurand == measurand
        && reading.Instrument == Instrument && reading.Value is { Scale: 0, Qualifier: Qualifier.None };

    private static Reading ToReading(string measurand, Instant time, long value) => new()
    {
        Index = 0,
        Measurand = measurand,
        Time = time,
        Value = new ReportedValue(value, 0),
        Statistic = Statistic.Instantaneous,
        Unit = "1",
        Status = Status,
        Instrument = Instrument,
    };
}
