using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;
using Monitor.Rules.Screening;

namespace Monitor.Programmes.Judgements;

/// <summary>One reading as the judgement sees it.</summary>
/// <param name="Source">The reading as it came, and its review.</param>
/// <param name="Value">The number that counts; for a value below detection, the programme's share of the limit.</param>
/// <param name="Flag">Its verdict; only <see cref="QcFlag.Good"/> enters means.</param>
/// <param name="Reason">What decided a flag that is not good; empty for a good one.</param>
/// <param name="Tests">
/// The tests that gave it the flag it had before a person spoke; empty where none accused it, and for what was
/// rejected, which no test sees.
/// </param>
/// <param name="IsRepeat">Whether an equal one stands before it, which alone is taken.</param>
public sealed record ScreenedValue(
    ReviewedReading Source, decimal Value, QcFlag Flag, string Reason, IReadOnlyList<string> Tests, bool IsRepeat)
{
    /// <summary>Its time.</summary>
    public Instant Time => Source.Reading.Time;

    /// <summary>Whether the value that stands was reported below the detection limit.</summary>
    public bool IsBelowDetection => Source.Value.Qualifier == Qualifier.Below;

    /// <summary>Whether it enters means.</summary>
    public bool Counts => Flag == QcFlag.Good && !IsRepeat;
}

/// <summary>
/// Turns the readings of one measurand into values with verdicts. Order of arrival and repeats change nothing: readings
/// are put in the order of time, equal ones at one moment are one, different ones at one moment are all suspect
/// (a person must say which holds) but the one that a person stands for.
/// </summary>
public static class ScreenedSeries
{
    private static readonly ScreeningLimits NoLimits = new();

    /// <summary>Screens the readings of one measurand, given in any order; repeats are left out.</summary>
    public static IReadOnlyList<ScreenedValue> Of(
        RiverProgramme programme, string measurand, IEnumerable<ReviewedReading> readings) =>
        [.. WithRepeats(programme, measurand, readings).Where(v => !v.IsRepeat)];

    /// <summary>
    /// The same, with every repeat: as many as the readings, in the order of time; a repeat has the verdict of the
    /// one it repeats.
    /// </summary>
    public static IReadOnlyList<ScreenedValue> WithRepeats(
        RiverProgramme programme, string measurand, IEnumerable<ReviewedReading> readings)
    {
        List<ReviewedReading> all = [.. readings];
        if (!IsOneForEachMoment(all))
        {
            all = [.. all.OrderBy(r => r.Reading.Time)];
            // Nearly every series is so, and each of its verdicts is its own.
            if (!IsOneForEachMoment(all)) return OfRivals(programme, measurand, all);
        }
        return [.. Screen(programme, measurand, all)];
    }

    // Where several stand at one moment: equal ones are one, and what is rejected gives way to what stands.
    private static List<ScreenedValue> OfRivals(RiverProgramme programme, string measurand, List<ReviewedReading> readings)
    {
        List<ReviewedReading> all = [.. readings
            .OrderBy(r => r.Reading.Time).ThenBy(r => r.IsOut)
            .ThenBy(r => r.Value.ToDecimal()).ThenBy(r => r.Value.Scale).ThenBy(r => r.Value.Qualifier)
            .ThenBy(r => r.Status, StringComparer.Ordinal).ThenByDescending(r => r.IsBacked)];
        List<ReviewedReading> distinct = [.. all.DistinctBy(IdentityOf)];
        // What is out leaves a gap, unless another of the same moment stands.
        HashSet<Instant> standing = [.. distinct.Where(r => !r.IsOut).Select(r => r.Reading.Time)];
        List<ReviewedReading> series =
            [.. distinct.Where(r => !r.IsOut || !standing.Contains(r.Reading.Time))];
        Dictionary<Identity, ScreenedValue> verdicts = [];
        foreach (ScreenedValue value in Screen(programme, measurand, series)) verdicts[IdentityOf(value.Source)] = value;
        HashSet<Identity> seen = [];
        return [.. all.Select(r => (verdicts.GetValueOrDefault(IdentityOf(r)) ?? Out(programme, r)) with
        {
            Source = r,
            IsRepeat = !seen.Add(IdentityOf(r)),
        })];
    }

    /// <summary>
    /// What makes readings of one measurand equal: which instrument and batch they came by does not count.
    /// </summary>
    private readonly record struct Identity(Instant Time, ReportedValue Value, string Status, bool IsRejected, string? Fault);

    private static Identity IdentityOf(ReviewedReading r) => new(r.Reading.Time, r.Value, r.Status, r.IsRejected, r.Fault);

    private static bool IsOneForEachMoment(List<ReviewedReading> readings)
    {
        for (int i = 1; i < readings.Count; i++)
        {
            if (readings[i].Reading.Time <= readings[i - 1].Reading.Time) return false;
        }
        return true;
    }

    private static IEnumerable<ScreenedValue> Screen(
        RiverProgramme programme, string measurand, List<ReviewedReading> series)
    {
        var times = new Instant[series.Count];
        var values = new decimal?[series.Count];
        var statuses = new string[series.Count];
        for (int i = 0; i < series.Count; i++)
        {
            (times[i], statuses[i]) = (series[i].Reading.Time, series[i].Status);
            // A value that is in dispute or rejected must not accuse its neighbours.
            values[i] = series[i].IsOut || IsConflict(series, i) ? null : series[i].Value.ToDecimal();
        }
        ScreeningLimits limits = programme.Screening.Limits.GetValueOrDefault(measurand, NoLimits);
        ScreeningOutcome outcome = SeriesScreening.Run(times, values, limits, statuses);
        return series.Select((r, i) => r.IsOut
            ? Out(programme, r)
            : Verdict(programme, r, values[i] is null ? Conflict : Worst(outcome, i, r)));
    }

    private static (QcFlag Flag, string Reason, string[] Tests) Conflict { get; } =
        (QcFlag.Suspect, "conflict", ["conflict"]);

    // A doubtful time waits for a person; a rejected value, one of a failed instrument and a QC sample do not.
    private static ScreenedValue Out(RiverProgramme programme, ReviewedReading r)
    {
        string reason = r.IsRejected ? "review" : r.Fault ?? "status-" + r.Status;
        QcFlag flag = reason == ReviewedReading.Clock ? QcFlag.Suspect : QcFlag.Fail;
        return new ScreenedValue(r, Number(programme, r), flag, reason, r.IsRejected ? [] : [reason], IsRepeat: false);
    }

    private static ScreenedValue Verdict(
        RiverProgramme programme, ReviewedReading r, (QcFlag Flag, string Reason, string[] Tests) screened)
    {
        (QcFlag flag, string reason, string[] tests) = screened;
        if (flag == QcFlag.Good && r.Value.Qualifier == Qualifier.Above)
        {
            (flag, reason, tests) = (QcFlag.Suspect, "above-range", ["above-range"]);
        }
        // Two values that people stand for at one moment are still a dispute, now between people.
        bool settled = reason != "conflict" && r.Review?.Verdict switch
        {
            ReviewVerdict.Accept => flag == QcFlag.Suspect,
            ReviewVerdict.Correct => true,
            _ => false,
        };
        if (settled) (flag, reason) = (QcFlag.Good, "");
        return new ScreenedValue(r, Number(programme, r), flag, reason, tests, IsRepeat: false);
    }

    private static decimal Number(RiverProgramme programme, ReviewedReading r) =>
        r.Value.Qualifier == Qualifier.Below
            ? r.Value.ToDecimal() * programme.BelowDetectionFactor
            : r.Value.ToDecimal();

    // A normal value that no test accuses is good, also where its measurand has no limits.
    private static (QcFlag Flag, string Reason, string[] Tests) Worst(ScreeningOutcome outcome, int i, ReviewedReading r)
    {
        QcFlag flag = QcFlag.NotEvaluated;
        foreach (TestFlags test in outcome.Tests)
        {
            if (Judges(test, r)) flag = FlagRollUp.Worse(flag, test.Flags[i]);
        }
        if (flag is not (QcFlag.Suspect or QcFlag.Fail)) return (QcFlag.Good, "", []);
        string[] accusing = [.. outcome.Tests.Where(t => Judges(t, r) && t.Flags[i] == flag)
            .Select(t => t.Test == "device_status" ? "status-" + r.Status : t.Test)];
        return (flag, accusing[0], accusing);
    }

    // A bound that repeats is a clean river, not a stuck sensor.
    private static bool Judges(TestFlags test, ReviewedReading r) =>
        r.Value.Qualifier != Qualifier.Below || test.Test != "flat_line";

    // Of several values at one moment none holds, but the only one that a person stands for.
    private static bool IsConflict(List<ReviewedReading> series, int i)
    {
        (int first, int last) = (i, i);
        Instant time = series[i].Reading.Time;
        while (first > 0 && series[first - 1].Reading.Time == time) first--;
        while (last + 1 < series.Count && series[last + 1].Reading.Time == time) last++;
        if (first == last) return false;
        List<ReviewedReading> moment = series[first..(last + 1)];
        return !(series[i].IsBacked && moment.Count(r => r.IsBacked) == 1);
    }
}
