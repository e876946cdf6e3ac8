using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>The composite that a judgement rests on.</summary>
/// <param name="Terms">The programme's.</param>
/// <param name="Dates">Scenes in it; those that there are, where they are too few for one.</param>
/// <param name="Enough">Share of the site with enough clear dates; null where there is no composite.</param>
public sealed record CompositeUse(CompositeTerms Terms, int Dates, decimal? Enough);

/// <summary>
/// Judges a cover milestone on the composite of a season's scenes. The composite's figures and the scenes that went into
/// it are readings of the satellite sensor like any other, so that nothing but readings is needed. Pure.
/// </summary>
public static class SeasonComposite
{
    /// <summary>
    /// The scenes whose pixels a composite takes at a moment: of the moment's year, in season, clear enough, up to and with
    /// the moment itself, by time. The first readings of a scene hold.
    /// </summary>
    /// <param name="programme">The terms, with those of a composite.</param>
    /// <param name="time">The moment.</param>
    /// <param name="readings">Readings of the bank's site in the moment's year.</param>
    public static IReadOnlyList<Instant> Scenes(WetlandProgramme programme, Instant time, IEnumerable<Reading> readings) =>
        [.. Candidates(programme, time, readings)
            .Where(r => Terms(programme).Holds(r.Time, programme.Zone) && r.Value.ToDecimal() >= programme.ClearMin)
            .Select(r => r.Time)];

    /// <summary>Whether the readings hold the composite of a moment.</summary>
    public static bool IsMade(Instant time, IEnumerable<Reading> readings) => readings.Any(r => IsShare(r, time));

    /// <summary>
    /// The judgement on the season's composite up to a scene; null where the scene is out of season, or where there are
    /// dates enough and their composite has not been made.
    /// </summary>
    internal static MilestoneAssessment? Assess(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, ByCover asked, Instant time,
        IReadOnlyList<Reading> readings)
    {
        CompositeTerms terms = Terms(programme);
        List<Reading> candidates = Candidates(programme, time, readings);
        if (!terms.Holds(time, programme.Zone) || candidates.Find(r => r.Time == time) is not Reading newest) return null;
        Reading? share = readings.FirstOrDefault(r => IsShare(r, time));
        HashSet<Instant> used = share is null ? [] : Used(time, share.Instrument, readings);
        bool isShort = share is null;
        if (isShort && Scenes(programme, time, readings).Count >= terms.DatesMin) return null;
        CoverBand? cover = share is null ? null : Cover(time, share.Instrument, readings);
        decimal? enough = share?.Value.ToDecimal();
        CriterionOutcome outcome = CoverCriterion.Judge(
            cover, enough ?? 0, asked.AtLeast, terms.EnoughMin);
        return new MilestoneAssessment(
            programme, bank, part, time, cover, newest.Value.ToDecimal(), outcome,
            share?.Instrument ?? newest.Instrument,
            [.. candidates.Select(r => new SceneUse(
                r.Time, r.Value.ToDecimal(), RejectionOf(programme, r, isShort, used.Contains(r.Time))))])
        {
            Composite = new CompositeUse(
                terms, isShort ? Scenes(programme, time, readings).Count : used.Count, enough),
        };
    }

    private static SceneRejection? RejectionOf(WetlandProgramme programme, Reading clear, bool isShort, bool isUsed)
    {
        if (isUsed) return null;
        if (!Terms(programme).Holds(clear.Time, programme.Zone)) return SceneRejection.OutOfSeason;
        if (clear.Value.ToDecimal() < programme.ClearMin) return SceneRejection.NotClear;
        return isShort ? SceneRejection.TooFewDates : SceneRejection.CameLate;
    }

    // Every scene of the year up to the moment has a clear fraction, also one that shows only cloud.
    private static List<Reading> Candidates(WetlandProgramme programme, Instant time, IEnumerable<Reading> readings)
    {
        (Instant from, Instant to) = MilestoneJudgement.Season(programme, time);
        return [.. readings.Where(r => r.Measurand == Measurands.ClearFraction && r.Time >= from && r.Time < to)
            .DistinctBy(r => r.Time).OrderBy(r => r.Time)];
    }

    private static HashSet<Instant> Used(Instant time, string instrument, IEnumerable<Reading> readings) =>
        [.. readings.Where(r => r.Measurand == Measurands.CompositeAt && r.Instrument == instrument
            && r.Value.ToDecimal() == time.UnixMilliseconds).Select(r => r.Time)];

    private static CoverBand? Cover(Instant time, string instrument, IEnumerable<Reading> readings)
    {
        Dictionary<string, decimal> at = readings.Where(r => r.Time == time && r.Instrument == instrument)
            .DistinctBy(r => r.Measurand)
            .ToDictionary(r => r.Measurand, r => r.Value.ToDecimal());
        return CoverBands.Of(at);
    }

    private static bool IsShare(Reading r, Instant time) => r.Time == time && r.Measurand == Measurands.EnoughFraction;

    private static CompositeTerms Terms(WetlandProgramme programme) => programme.Composite
        ?? throw new ArgumentException("The programme judges scenes one by one.", nameof(programme));
}
