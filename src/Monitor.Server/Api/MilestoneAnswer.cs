using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Api;

/// <summary>A bank as its ledger and the time have it, read once for an answer.</summary>
internal sealed record BankNow(
    WetlandProgramme Programme, WetlandBank Bank, BankAccount Account, BankDossier Dossier, IReadOnlyList<LedgerEntry> Entries,
    Instant Now)
{
    internal static BankNow Of(WetlandProgramme programme, WetlandBank bank, LedgerView view, Instant now) => new(
        programme, bank, BankAccount.Of(programme.Id, bank.Id, view.Entries, view.Decisions).At(now),
        BankDossier.Of(programme, bank.Id, view.Entries), view.Entries, now);

    internal BankTriggers Triggers => new(Programme, Bank, Account, Dossier, Now);

    internal IReadOnlyList<ConditionAnswer> Conditions(Milestone milestone, decimal credits) =>
        [.. ReleaseConditions.Of(Programme, Bank, Account, Dossier, milestone, credits, Now, Entries)
            .Select(c => new ConditionAnswer(c.Id, c.IsMet, c.Fault))];
}

/// <summary>The step at which a milestone stands.</summary>
/// <remarks>
/// <c>Step</c>: <c>evidence</c>, <c>computed</c>, <c>proposed</c>, <c>in-review</c>, <c>decided</c>, <c>released</c> or
/// <c>closed</c>.
/// <c>Entry</c>: What brought it there; null where nothing is there yet.
/// <c>CommentsUntil</c>, <c>Due</c>: Last days, inclusive, for comments and for the decision; null where none runs.
/// <c>IsOverdue</c>: Whether the decision is late, or was.
/// </remarks>
internal sealed record StageAnswer(string Step, long? Entry, string? CommentsUntil, string? Due, bool IsOverdue)
{
    internal static StageAnswer Of(MilestoneStage stage) => new(
        stage.Word, stage.Entry, Day(stage.CommentsUntil), Day(stage.Due), stage.IsOverdue);

    internal static string? Day(DateOnly? day) => day is DateOnly known ? $"{known:yyyy-MM-dd}" : null;
}

/// <summary>One thing that must hold before a release.</summary>
/// <remarks>
/// <c>Id</c>: <c>award</c>, <c>once</c>, <c>not-suspended</c>, <c>previous</c>, <c>within-award</c>, <c>protection</c>,
/// <c>assurance</c>, <c>reports</c>, <c>evidence</c> or <c>decision</c>. <c>Fault</c>: what is awaited; null where it holds.
/// </remarks>
internal sealed record ConditionAnswer(string Id, bool IsMet, string? Fault);

/// <summary>A milestone and where it stands.</summary>
/// <remarks>
/// <c>SharePercent</c>: Its share of the credits, in percent.
/// <c>Kind</c>: What shows it: <c>document</c>, <c>cover</c>, <c>hydrology</c>, <c>survey</c> or <c>yearly</c>.
/// <c>Requirement</c>: What it asks for, in a sentence.
/// <c>CoverAtLeast</c>: The cover it asks for, 0 to 1; null where something else shows it.
/// <c>State</c>:
/// <c>released</c>; <c>approved</c> (signed, not yet released); <c>open</c> (proposed, awaits signatures);
/// <c>rejected</c>; <c>future</c>.
///
/// <c>Entry</c>: The release's or the proposal's entry.
/// <c>Outcome</c>: Newest judgement, once released that which the release rests on: <c>pass</c>, <c>fail</c>,
/// <c>inconclusive</c>, <c>review</c> (left to people); null before one, and for a document.
/// <c>Lines</c>: Requirement against measured, of that judgement; none before one.
/// <c>Conditions</c>: What must hold before its credits are released; empty once they are.
/// </remarks>
internal sealed record MilestoneAnswer(
    string Id, BilingualName Name, string SharePercent, string Credits, string Kind, BilingualName Requirement,
    string? CoverAtLeast, string State, long? Entry, string? SealedAt, int Approvals, string? Outcome, string? Certificate,
    StageAnswer Stage, IReadOnlyList<ConditionAnswer> Conditions, IReadOnlyList<MilestoneLine> Lines)
{
    internal static IReadOnlyList<MilestoneAnswer> All(BankNow at, LedgerView view) =>
        [.. at.Programme.Milestones.Select(m => Of(at, view, m))];

    private static MilestoneAnswer Of(BankNow at, LedgerView view, Milestone milestone)
    {
        (WetlandProgramme programme, WetlandBank bank, BankAccount account) = (at.Programme, at.Bank, at.Account);
        ReleasedPart? released = account.Releases.FirstOrDefault(r => r.Milestone == milestone.Id);
        DecisionCase? decided = account.Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone.Id)?.Case;
        long? number = released?.Entry ?? decided?.Entry;
        LedgerEntry? entry = number is long n ? view.At(n) : null;
        MilestoneStage stage = MilestoneStage.Of(programme, account, at.Dossier, milestone.Id, at.Now);
        decimal credits = account.Award is null
            ? programme.CreditsOf(bank, milestone)
            : programme.PartOf(account.Awarded, milestone);
        LedgerEntry? judged = milestone.Criterion is ByDocument ? null
            : released is not null ? RestsOn(entry!, view)
            : JudgedParts.Newest(programme, bank, MilestonePart.Whole(milestone), view.Entries);
        return new MilestoneAnswer(
            milestone.Id, BilingualName.Of(milestone.Name), CanonicalAssessment.Plain(milestone.SharePercent)!,
            CreditAward.Text(released?.Credits ?? credits), milestone.Criterion.Kind,
            BilingualName.Of(CriterionWords.Of(milestone.Criterion)),
            CanonicalAssessment.Plain((milestone.Criterion as ByCover)?.AtLeast),
            released is not null ? "released" : decided?.State ?? "future", number, entry?.SealedAt.ToString(),
            decided?.Approvals.Count ?? 0, judged is null ? null : MilestoneJudgement.OutcomeOf(judged.Body),
            released is not null && entry is not null ? CreditRelease.Read(entry).File : null, StageAnswer.Of(stage),
            released is null ? at.Conditions(milestone, credits) : [],
            judged is null ? [] : MilestoneLine.Of(judged, view, programme.Zone));
    }

    // Later judgements change nothing that is released. Where a person accepted one, its figures are those that were accepted.
    private static LedgerEntry RestsOn(LedgerEntry release, LedgerView view)
    {
        LedgerEntry shown = view.At(CreditRelease.Read(release).Assessment)!;
        return JudgedParts.ReviewedBy(shown) is long reviewed ? view.At(reviewed)! : shown;
    }
}

/// <summary>One line of what a judgement found.</summary>
/// <remarks>
/// <c>Name</c>: Chinese, with an English gloss.
/// </remarks>
internal sealed record MilestoneLine(string Name, string Value)
{
    internal static IReadOnlyList<MilestoneLine> Of(LedgerEntry shown, LedgerView view, TimeZoneInfo zone) =>
        [.. MilestoneEvidence.Lines(shown, view.At, zone).Select(l => new MilestoneLine(l.Name, l.Value))];
}
