using System.Buffers;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>What a scene's readings say of a cover milestone.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Milestone">The milestone; its criterion is cover.</param>
/// <param name="Time">When the scene was taken.</param>
/// <param name="Cover">The site's cover with its error band; null where nothing was clear.</param>
/// <param name="ClearFraction">Share of the site that was clear.</param>
/// <param name="Outcome">Pass, Fail or Inconclusive.</param>
public sealed record MilestoneAssessment(
    WetlandProgramme Programme, WetlandBank Bank, Milestone Milestone, Instant Time,
    CoverBand? Cover, decimal ClearFraction, CriterionOutcome Outcome);

/// <summary>Judges cover milestones from the satellite's readings. Pure.</summary>
public static class MilestoneJudgement
{
    /// <summary>
    /// The judgement of one milestone on one scene's readings; null where the readings at that moment hold no clear
    /// fraction, so that there is nothing to judge.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="milestone">A milestone of the programme whose criterion is cover.</param>
    /// <param name="time">The scene's time.</param>
    /// <param name="readings">Readings of the bank's site, in any order.</param>
    public static MilestoneAssessment? Assess(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, Instant time, IEnumerable<Reading> readings)
    {
        Dictionary<string, decimal> at = readings.Where(r => r.Time == time)
            .DistinctBy(r => r.Measurand)
            .ToDictionary(r => r.Measurand, r => r.Value.ToDecimal());
        if (milestone.CoverAtLeast is not decimal threshold) return null;
        if (!at.TryGetValue(Measurands.ClearFraction, out decimal clear)) return null;
        CoverBand? cover = at.TryGetValue(Measurands.CoverLow, out decimal low)
            && at.TryGetValue(Measurands.Cover, out decimal central) && at.TryGetValue(Measurands.CoverHigh, out decimal high)
            ? new CoverBand(low, central, high)
            : null;
        CriterionOutcome outcome = CoverCriterion.Judge(cover, clear, threshold, programme.ClearMin);
        return new MilestoneAssessment(programme, bank, milestone, time, cover, clear, outcome);
    }

    /// <summary>The canonical bytes: keys in fixed order, no white space, decimals as strings.</summary>
    public static byte[] Write(MilestoneAssessment a)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("programme", a.Programme.Id);
            json.WriteString("version", a.Programme.Version);
            json.WriteString("bank", a.Bank.Id);
            json.WriteString("milestone", a.Milestone.Id);
            json.WriteString("scene", a.Time.ToString());
            json.WriteString("clearFraction", CanonicalAssessment.Plain(a.ClearFraction));
            json.WriteStartObject("cover");
            json.WriteString("low", CanonicalAssessment.Plain(a.Cover?.Low));
            json.WriteString("central", CanonicalAssessment.Plain(a.Cover?.Central));
            json.WriteString("high", CanonicalAssessment.Plain(a.Cover?.High));
            json.WriteEndObject();
            json.WriteString("atLeast", CanonicalAssessment.Plain(a.Milestone.CoverAtLeast));
            json.WriteString("outcome", Name(a.Outcome));
            json.WriteString("credits", CanonicalAssessment.Fixed(
                a.Programme.CreditsOf(a.Bank, a.Milestone), ReleaseSchedule.CreditDigits));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether the canonical bytes of a judgement on a scene say that it passed.</summary>
    public static bool IsPass(ReadOnlyMemory<byte> canonical)
    {
        using JsonDocument json = JsonDocument.Parse(canonical);
        return json.RootElement.TryGetProperty("outcome", out JsonElement outcome)
            && outcome.ValueEquals(Name(CriterionOutcome.Pass));
    }

    /// <summary><c>pass</c>, <c>fail</c> or <c>inconclusive</c>.</summary>
    public static string Name(CriterionOutcome outcome) => outcome switch
    {
        CriterionOutcome.Pass => "pass",
        CriterionOutcome.Fail => "fail",
        _ => "inconclusive",
    };
}
