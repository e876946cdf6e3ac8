using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Judgements;

/// <summary>A reading as it lies in the record, with what a judgement would make of it.</summary>
/// <param name="Stored">The reading and its place.</param>
/// <param name="Verdict">Its flag, the tests that decided it, its review, and whether it counts.</param>
public sealed record ShownReading(StoredReading Stored, ScreenedValue Verdict)
{
    /// <summary>
    /// All readings of a judgement's inputs, in the order of measurand code, time and position. Screened as the
    /// judgement of the same inputs screens them: a reading's neighbours bear on its flag, so the inputs are those of
    /// a whole period.
    /// </summary>
    public static IReadOnlyList<ShownReading> Of(RiverProgramme programme, JudgementInputs inputs)
    {
        var stored = new Dictionary<ReviewedReading, StoredReading>(ReferenceEqualityComparer.Instance);
        foreach ((ReviewedReading reviewed, StoredReading reading) in
            ReviewedReading.Of(inputs).Zip(inputs.Readings))
        {
            stored.Add(reviewed, reading);
        }
        return [.. stored.Keys.GroupBy(r => (r.Reading.Measurand, IsInflow: programme.IsInflow(r.Reading)))
            .SelectMany(series => ScreenedSeries.WithRepeats(programme, series.Key.Measurand, series))
            .Select(v => new ShownReading(stored[v.Source], v))
            .OrderBy(r => r.Stored.Reading.Measurand, StringComparer.Ordinal)
            .ThenBy(r => r.Stored.Reading.Time).ThenBy(r => r.Stored.Position)];
    }
}
