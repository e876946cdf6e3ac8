using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Screening;

namespace Monitor.Programmes.Judgements;

/// <summary>One reading as the judgement sees it.</summary>
/// <param name="Time">Its time.</param>
/// <param name="Value">The number that counts; for a value below detection, the programme's share of the limit.</param>
/// <param name="IsBelowDetection">Whether it was reported below the detection limit.</param>
/// <param name="Flag">Its verdict; only <see cref="QcFlag.Good"/> enters means.</param>
/// <param name="Reason">What decided a flag that is not good; empty for a good one.</param>
public readonly record struct ScreenedValue(
    Instant Time, decimal Value, bool IsBelowDetection, QcFlag Flag, string Reason);

/// <summary>
/// Turns the readings of one measurand into values with verdicts. Order of arrival and repeats change nothing: readings
/// are put in the order of time, equal ones at one moment are one, different ones at one moment are all suspect
/// (a person must say which holds).
/// </summary>
public static class ScreenedSeries
{
    private static readonly ScreeningLimits NoLimits = new();

    /// <summary>Screens the readings of one measurand, given in any order.</summary>
    public static IReadOnlyList<ScreenedValue> Of(
        RiverProgramme programme, string measurand, IEnumerable<Reading> readings)
    {
        List<Reading> distinct = [.. readings
            .DistinctBy(r => (r.Time, r.Value, r.Status))
            .OrderBy(r => r.Time)
            .ThenBy(r => r.Value.ToDecimal()).ThenBy(r => r.Value.Scale).ThenBy(r => r.Value.Qualifier)
            .ThenBy(r => r.Status, StringComparer.Ordinal)];
        var times = new Instant[distinct.Count];
        var values = new decimal?[distinct.Count];
        var statuses = new string[distinct.Count];
        for (int i = 0; i < distinct.Count; i++)
        {
            (times[i], statuses[i]) = (distinct[i].Time, distinct[i].Status);
            // A value that is in dispute must not accuse its neighbours.
            values[i] = IsConflict(distinct, i) ? null : distinct[i].Value.ToDecimal();
        }
        ScreeningLimits limits = programme.Screening.Limits.GetValueOrDefault(measurand, NoLimits);
        ScreeningOutcome outcome = SeriesScreening.Run(times, values, limits, statuses);
        return [.. distinct.Select((r, i) => Verdict(r, i, values[i] is null, outcome, programme.BelowDetectionFactor))];
    }

    private static ScreenedValue Verdict(Reading r, int i, bool isConflict, ScreeningOutcome outcome, decimal belowFactor)
    {
        bool below = r.Value.Qualifier == Qualifier.Below;
        decimal value = below ? r.Value.ToDecimal() * belowFactor : r.Value.ToDecimal();
        (QcFlag flag, string reason) = isConflict ? (QcFlag.Suspect, "conflict") : Worst(outcome, i, r.Status);
        if (flag == QcFlag.Good && r.Value.Qualifier == Qualifier.Above) (flag, reason) = (QcFlag.Suspect, "above-range");
        return new ScreenedValue(r.Time, value, below, flag, reason);
    }

    // A normal value that no test accuses is good, also where its measurand has no limits.
    private static (QcFlag Flag, string Reason) Worst(ScreeningOutcome outcome, int i, string status)
    {
        QcFlag flag = outcome.Flags[i];
        if (flag is not (QcFlag.Suspect or QcFlag.Fail)) return (QcFlag.Good, "");
        string test = outcome.Tests.First(t => t.Flags[i] == flag).Test;
        return (flag, test == "device_status" ? "status-" + status : test);
    }

    private static bool IsConflict(List<Reading> readings, int i) =>
        (i > 0 && readings[i - 1].Time == readings[i].Time)
        || (i + 1 < readings.Count && readings[i + 1].Time == readings[i].Time);
}
