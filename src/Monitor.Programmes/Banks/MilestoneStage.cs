using Monitor.Domain.Readings;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>The steps of a milestone, in their order.</summary>
public enum MilestoneStep
{
    /// <summary>Evidence is awaited, or filed and not proposed.</summary>
    Evidence,

    /// <summary>A judgement is sealed and nothing is proposed on it.</summary>
    Computed,

    /// <summary>Proposed today, or under terms that set no time. The service goes no further by itself.</summary>
    Proposed,

    /// <summary>Open to comments and to the decision.</summary>
    InReview,

    /// <summary>Two persons approved it and it waits for its conditions.</summary>
    Decided,

    /// <summary>Its credits are released.</summary>
    Released,

    /// <summary>Rejected, and nothing newer shows it.</summary>
    Closed,
}

/// <summary>Where a milestone stands, from the ledger's entries and the time alone.</summary>
/// <param name="Step">The step.</param>
/// <param name="Outcome">The newest judgement; null where none is sealed.</param>
/// <param name="Entry">The entry that brought it to the step; null where nothing is there yet.</param>
/// <param name="CommentsUntil">
/// Last day for comments, inclusive; null unless it is proposed or decided, under terms that set a time.
/// </param>
/// <param name="Due">Last day for the decision, inclusive; null likewise.</param>
/// <param name="IsOverdue">Whether that day has passed without a decision, or the decision came after it.</param>
public sealed record MilestoneStage(
    MilestoneStep Step, CriterionOutcome? Outcome, long? Entry, DateOnly? CommentsUntil, DateOnly? Due, bool IsOverdue)
{
    private static readonly string[] Words = ["evidence", "computed", "proposed", "in-review", "decided", "released", "closed"];

    /// <summary><c>evidence</c>, <c>computed</c>, <c>proposed</c>, <c>in-review</c>, <c>decided</c> and so on.</summary>
    public string Word => Words[(int)Step];

    /// <summary>The stage of a milestone.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="account">The bank's account.</param>
    /// <param name="dossier">What its entries show beside that.</param>
    /// <param name="milestone">Milestone id.</param>
    /// <param name="now">The time.</param>
    public static MilestoneStage Of(
        WetlandProgramme programme, BankAccount account, BankDossier dossier, string milestone, Instant now)
    {
        BankFinding? newest = dossier.Newest(milestone);
        ProposedPart? proposed = account.Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone);
        var stage = new MilestoneStage(MilestoneStep.Evidence, newest?.Outcome, null, null, null, false);
        if (proposed is not null) stage = stage.Timed(programme, proposed.Case, dossier, now);
        if (account.Releases.FirstOrDefault(r => r.Milestone == milestone) is ReleasedPart released)
        {
            return stage with { Step = MilestoneStep.Released, Entry = released.Entry, CommentsUntil = null, Due = null };
        }
        long since = proposed?.Case.Rejection?.Number ?? 0;
        if (proposed is not null && since == 0) return stage;
        stage = stage with { CommentsUntil = null, Due = null, IsOverdue = false };
        // By number, not by time of what it speaks of: what came after the rejection may answer it.
        BankFinding? after = dossier.Findings.LastOrDefault(f => f.Milestone == milestone && f.Entry > since);
        if (after is not null) return stage with { Step = MilestoneStep.Computed, Outcome = after.Outcome, Entry = after.Entry };
        if (dossier.NewestFiling(milestone) is FiledPart filed && filed.Entry > since)
        {
            return stage with { Step = MilestoneStep.Evidence, Entry = filed.Entry };
        }
        return since == 0 ? stage : stage with { Step = MilestoneStep.Closed, Entry = since };
    }

    // The review begins with the first signature, or with the day after the proposal, which is the first for comments.
    private MilestoneStage Timed(WetlandProgramme programme, DecisionCase found, BankDossier dossier, Instant now)
    {
        DateOnly DayOf(long entry) => Period.DayOf(dossier.Times[entry], programme.Zone);
        DateOnly proposed = DayOf(found.Entry);
        DateOnly today = Period.DayOf(now, programme.Zone);
        DateOnly? comments = programme.Review?.LastCommentDay(proposed);
        DateOnly? due = programme.Review?.LastDecisionDay(proposed);
        MilestoneStage at = this with { Entry = found.Entry, CommentsUntil = comments, Due = due };
        if (found.IsApproved)
        {
            long decided = found.Approvals[^1].Number;
            return at with { Step = MilestoneStep.Decided, Entry = decided, IsOverdue = DayOf(decided) > due };
        }
        bool isReviewed = found.Approvals.Count > 0 || (programme.Review is not null && today > proposed);
        return at with { Step = isReviewed ? MilestoneStep.InReview : MilestoneStep.Proposed, IsOverdue = today > due };
    }
}
