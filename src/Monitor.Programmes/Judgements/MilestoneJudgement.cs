using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>What a scene's readings, or the composite of a season up to it, say of a cover milestone.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, or the part of a yearly one; its criterion is cover.</param>
/// <param name="Time">When the scene was taken.</param>
/// <param name="Cover">The site's cover with its error band; null where nothing was clear.</param>
/// <param name="ClearFraction">Share of the site that was clear.</param>
/// <param name="Outcome">Pass, Fail or Inconclusive.</param>
/// <param name="Algorithm">Version of the way from pixels to figures: the instrument of the readings.</param>
/// <param name="Scenes">Every scene of the season up to this one, in the order of time, and what became of it.</param>
public sealed record MilestoneAssessment(
    WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part, Instant Time,
    CoverBand? Cover, decimal ClearFraction, CriterionOutcome Outcome, string Algorithm, IReadOnlyList<SceneUse> Scenes)
{
    /// <summary>The composite that it rests on; null where it rests on the one scene.</summary>
    public CompositeUse? Composite { get; init; }
}

/// <summary>Judges cover milestones from the satellite's readings. Pure.</summary>
public static class MilestoneJudgement
{
    /// <summary>
    /// The judgement of one milestone on one scene's readings, or where the programme says so on the composite of the
    /// season up to it; null where the readings at that moment hold no clear fraction, so that there is nothing to judge,
    /// and where <see cref="SeasonComposite"/> has nothing.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="part">A milestone of the programme, or a part of one, whose criterion is cover.</param>
    /// <param name="time">The scene's time.</param>
    /// <param name="readings">Readings of the bank's site in the scene's <see cref="Season"/>, in any order.</param>
    public static MilestoneAssessment? Assess(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, Instant time, IEnumerable<Reading> readings)
    {
        List<Reading> season = [.. readings];
        if (part.Criterion is not ByCover asked || !IsOfItsYear(programme, bank, part, time)) return null;
        if (programme.Composite is not null) return SeasonComposite.Assess(programme, bank, part, asked, time, season);
        if (season.Find(r => r.Time == time && r.Measurand == Measurands.ClearFraction) is not Reading first) return null;
        // Figures of another algorithm are another series: they are not mixed with these.
        Dictionary<string, decimal> at = season.Where(r => r.Time == time && r.Instrument == first.Instrument)
            .DistinctBy(r => r.Measurand)
            .ToDictionary(r => r.Measurand, r => r.Value.ToDecimal());
        decimal clear = at[Measurands.ClearFraction];
        CoverBand? cover = CoverBands.Of(at);
        CriterionOutcome outcome = CoverCriterion.Judge(cover, clear, asked.AtLeast, programme.ClearMin);
        (Instant from, Instant to) = Season(programme, time);
        IEnumerable<SceneUse> scenes = season
            .Where(r => r.Measurand == Measurands.ClearFraction && r.Instrument == first.Instrument
                && r.Time >= from && r.Time < to)
            .DistinctBy(r => r.Time).OrderBy(r => r.Time)
            .Select(r => SceneUse.Of(r.Time, r.Value.ToDecimal(), programme.ClearMin, isJudged: r.Time == time));
        return new MilestoneAssessment(
            programme, bank, part, time, cover, clear, outcome, first.Instrument, [.. scenes]);
    }

    /// <summary>Whether a scene is of the monitoring year that a criterion is of, if it is of one.</summary>
    private static bool IsOfItsYear(WetlandProgramme programme, WetlandBank bank, MilestonePart part, Instant time) =>
        part.Criterion.Stage is not int stage
        || bank.Monitoring?.YearOf(stage) == Period.DayOf(time, programme.Zone).Year;

    /// <summary>
    /// The scenes that an assessment lists: from the start of the civil year, in the programme's zone, up to and with the
    /// scene itself; the end is outside.
    /// </summary>
    public static (Instant From, Instant To) Season(WetlandProgramme programme, Instant time) => (
        Period.OfYear(Period.DayOf(time, programme.Zone).Year, programme.Zone).Start,
        new Instant(time.UnixMilliseconds + 1));

    /// <summary>The readings that a judgement on a scene looks at: the bank's of its <see cref="Season"/>.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="time">The scene's time.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    public static ReadingQuery SeasonQuery(WetlandProgramme programme, WetlandBank bank, Instant time, long position)
    {
        (Instant from, Instant to) = Season(programme, time);
        return new ReadingQuery(bank.Id, Statistic.Instantaneous, from, to, position);
    }

    /// <summary>The canonical bytes: keys in fixed order, no white space, decimals as strings.</summary>
    /// <param name="a">The judgement.</param>
    /// <param name="withScenes">
    /// Whether algorithm, scenes and water stand in it; entries sealed before they did are recomputed without.
    /// </param>
    public static byte[] Write(MilestoneAssessment a, bool withScenes = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("programme", a.Programme.Id);
            json.WriteString("version", a.Programme.Version);
            json.WriteString("bank", a.Bank.Id);
            json.WriteString("milestone", a.Part.Path);
            json.WriteString("scene", a.Time.ToString());
            json.WriteString("clearFraction", CanonicalAssessment.Plain(a.ClearFraction));
            json.WriteStartObject("cover");
            json.WriteString("low", CanonicalAssessment.Plain(a.Cover?.Low));
            json.WriteString("central", CanonicalAssessment.Plain(a.Cover?.Central));
            json.WriteString("high", CanonicalAssessment.Plain(a.Cover?.High));
            json.WriteEndObject();
            json.WriteString("atLeast", CanonicalAssessment.Plain(((ByCover)a.Part.Criterion).AtLeast));
            json.WriteString("outcome", Name(a.Outcome));
            if (a.Composite is CompositeUse composite) WriteComposite(json, a, composite);
            if (withScenes) WriteScenes(json, a);
            WriteCredits(json, a.Programme, a.Bank, a.Part);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether the canonical bytes list their scenes, as <see cref="Write"/> has them now.</summary>
    public static bool ListsScenes(ReadOnlyMemory<byte> canonical)
    {
        using JsonDocument json = JsonDocument.Parse(canonical);
        return json.RootElement.TryGetProperty("scenes", out _);
    }

    private static void WriteComposite(Utf8JsonWriter json, MilestoneAssessment a, CompositeUse composite)
    {
        int year = Period.DayOf(a.Time, a.Programme.Zone).Year;
        json.WriteStartObject("composite");
        json.WriteString("statistic", "median");
        json.WriteStartArray("season");
        json.WriteStringValue(Day(composite.Terms.From.In(year)));
        json.WriteStringValue(Day(composite.Terms.To.In(year)));
        json.WriteEndArray();
        json.WriteNumber("datesMin", composite.Terms.DatesMin);
        json.WriteNumber("dates", composite.Dates);
        json.WriteString("enoughMin", CanonicalAssessment.Plain(composite.Terms.EnoughMin));
        json.WriteString("enoughFraction", CanonicalAssessment.Plain(composite.Enough));
        json.WriteEndObject();

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static void WriteScenes(Utf8JsonWriter json, MilestoneAssessment a)
    {
        json.WriteString("algorithm", a.Algorithm);
        // What the denominator of the cover is.
        json.WriteString("water", a.Programme.Cover.LeavesOutWater ? "left-out" : "counted");
        json.WriteStartArray("scenes");
        foreach (SceneUse scene in a.Scenes)
        {
            json.WriteStartObject();
            json.WriteString("time", scene.Time.ToString());
            json.WriteString("clearFraction", CanonicalAssessment.Plain(scene.ClearFraction));
            json.WriteString("use", scene.Rejection is null ? "used" : "rejected");
            json.WriteString("reason", scene.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The credits follow from the whole; a part of a yearly milestone releases nothing.
    internal static void WriteCredits(
        Utf8JsonWriter json, WetlandProgramme programme, WetlandBank bank, MilestonePart part)
    {
        if (!part.IsWhole) return;
        json.WriteString("credits", CanonicalAssessment.Fixed(
            programme.CreditsOf(bank, part.Milestone), ReleaseSchedule.CreditDigits));
    }

    /// <summary>Whether the canonical bytes of a judgement say that it passed.</summary>
    public static bool IsPass(ReadOnlyMemory<byte> canonical) => OutcomeOf(canonical) == Name(CriterionOutcome.Pass);

    /// <summary>The outcome's word, as an entry's body has it; null where it has none, as a filed document.</summary>
    public static string? OutcomeOf(ReadOnlyMemory<byte> canonical)
    {
        using JsonDocument json = JsonDocument.Parse(canonical);
        return json.RootElement.TryGetProperty("outcome", out JsonElement outcome) ? outcome.GetString() : null;
    }

    /// <summary><c>pass</c>, <c>fail</c>, <c>inconclusive</c> or <c>review</c>.</summary>
    public static string Name(CriterionOutcome outcome) => outcome switch
    {
        CriterionOutcome.Pass => "pass",
        CriterionOutcome.Fail => "fail",
        CriterionOutcome.Review => "review",
        _ => "inconclusive",
    };
}
