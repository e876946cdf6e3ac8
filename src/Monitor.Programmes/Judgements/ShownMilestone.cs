using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Whether what a proposal rests on shows its milestone. One rule: the desk asks before it approves and releases, the page
/// shows it, an audit and a bundle ask it again of what was sealed. Pure.
/// </summary>
public static class ShownMilestone
{
    /// <summary>
    /// Why nothing can be released on a proposal, in words; null where nothing is against it, and of anything that is no release.
    /// </summary>
    /// <param name="programme">The proposal's terms.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="entries">Every entry that was sealed by the time that is asked of, from the first.</param>
    /// <exception cref="JsonException">An entry is of another shape than its kind.</exception>
    public static string? FaultOf(WetlandProgramme programme, BankProposal proposal, IReadOnlyList<LedgerEntry> entries) =>
        FaultOfShown(programme, proposal, entries) ?? FaultOfLater(proposal, entries);

    /// <summary>
    /// The same without what came later: whether the entry showed the milestone when it was proposed.
    /// </summary>
    /// <inheritdoc cref="FaultOf"/>
    public static string? FaultOfShown(
        WetlandProgramme programme, BankProposal proposal, IReadOnlyList<LedgerEntry> entries)
    {
        if (proposal is not { Proposes: BankProposal.Release, Milestone: string id }) return null;
        if (programme.FindMilestone(id) is not Milestone milestone) return $"{programme.Id} has no milestone {id}";
        if (At(entries, proposal.Assessment) is not LedgerEntry shown || shown.Hash != proposal.AssessmentHash)
        {
            return $"{id} is proposed on no entry that is there";
        }
        string? fault = IsFiling(shown)
            ? FaultOfFiling(milestone, proposal, shown, entries)
            : FaultOfJudgement(proposal, shown, MilestoneJudgement.Name(Rules.Credits.CriterionOutcome.Pass));
        return fault is null ? null : $"entry {shown.Number} does not show {id} of {proposal.Bank}: {fault}";
    }

    private static string? FaultOfFiling(
        Milestone milestone, BankProposal proposal, LedgerEntry shown, IReadOnlyList<LedgerEntry> entries)
    {
        if (!IsOf(shown, proposal)) return "it was filed of something else";
        if (SurveyStatement.IsOne(shown))
        {
            if (milestone.Criterion is not BySurvey) return "it is a survey, which is not asked for";
            if (!SurveyStatement.IsOf(shown, proposal.Version)) return "it was judged by another version of the terms";
            return SurveyStatement.FaultOf(shown)
                ?? (MilestoneJudgement.IsPass(shown.Body) ? null : $"it came to {MilestoneJudgement.OutcomeOf(shown.Body)}");
        }
        if (milestone.Criterion is ByDocument) return null;
        if (milestone.Criterion is ByYear || JudgedParts.ReviewedBy(shown) is not long reviews)
        {
            return $"a document does not, where {milestone.Criterion.Kind} is asked for";
        }
        return At(entries, reviews) is LedgerEntry judged && judged.Number < shown.Number
            ? FaultOfJudgement(proposal, judged, JudgedParts.Review)
            : $"it accepts entry {reviews}, which was not there";
    }

    private static string? FaultOfJudgement(BankProposal proposal, LedgerEntry judged, string wanted)
    {
        bool isJudgement = judged.Kind is LedgerKinds.Assessment or LedgerKinds.Revision && RootOf(judged) is not null;
        if (!isJudgement) return $"entry {judged.Number} is no judgement of a milestone";
        bool isSame = IsOf(judged, proposal) && TextOf(judged, "version") == proposal.Version;
        if (!isSame) return $"entry {judged.Number} judged something else";
        string? outcome = MilestoneJudgement.OutcomeOf(judged.Body);
        return outcome == wanted ? null : $"entry {judged.Number} came to {outcome}";
    }

    // It was judged again on later evidence, and does not pass any more.
    private static string? FaultOfLater(BankProposal proposal, IReadOnlyList<LedgerEntry> entries)
    {
        if (proposal.Proposes != BankProposal.Release) return null;
        if (At(entries, proposal.Assessment) is not LedgerEntry named) return null;
        // A document that accepts a judgement stands with it.
        LedgerEntry? shown = IsFiling(named) && JudgedParts.ReviewedBy(named) is long accepts ? At(entries, accepts) : named;
        if (shown is null || RootOf(shown) is not string root) return null;
        LedgerEntry newest = SurveyStatement.IsOne(shown)
            // By the day of the field work: an older survey that is filed later says nothing of the newer one.
            ? entries.Where(e => RootOf(e) == root && SurveyStatement.IsOne(e))
                .OrderBy(e => TextOf(e, "day"), StringComparer.Ordinal).ThenBy(e => e.Number).Last()
            : entries.LastOrDefault(e => e.Kind == LedgerKinds.Revision && RootOf(e) == root) ?? shown;
        bool isLater = newest.Number != shown.Number && (SurveyStatement.IsOne(shown) || newest.Number > shown.Number);
        return isLater && !MilestoneJudgement.IsPass(newest.Body)
            ? $"entry {newest.Number} judged {shown.Number} again on later evidence: {MilestoneJudgement.OutcomeOf(newest.Body)}"
            : null;
    }

    private static bool IsOf(LedgerEntry entry, BankProposal proposal) =>
        TextOf(entry, "programme") == proposal.Programme && TextOf(entry, "bank") == proposal.Bank
        && TextOf(entry, "milestone") == proposal.Milestone;

    private static bool IsFiling(LedgerEntry entry) =>
        entry.Kind == LedgerKinds.Assessment && entry.Key.StartsWith("filing/", StringComparison.Ordinal);

    private static LedgerEntry? At(IReadOnlyList<LedgerEntry> entries, long? number) =>
        number is long n && n >= 1 && n <= entries.Count ? entries[(int)n - 1] : null;

    private static string? TextOf(LedgerEntry entry, string key)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    // assessment/P/V/B/PATH/YEAR and revision/P/V/B/PATH/YEAR/N are of one season, filing/P/B/PATH/HASH of one part.
    private static string? RootOf(LedgerEntry entry)
    {
        string[] parts = entry.Key.Split('/');
        bool isFiling = IsFiling(entry) && parts.Length >= 5;
        if (isFiling) return string.Join('/', parts[..4]);
        bool isJudgement = parts[0] is "assessment" or "revision" && parts.Length >= 6;
        return isJudgement ? string.Join('/', parts[1..6]) : null;
    }
}
