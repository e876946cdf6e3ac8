using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Server.Api;

namespace Monitor.Server.Jobs;

/// <summary>Proposes the release of milestones whose judgement passes.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="clock">Gives the time of sealing.</param>
internal sealed class PassedMilestones(ILedgerStore ledger, TimeProvider clock)
{
    /// <summary>
    /// Proposes; null where nothing is to be proposed: a part of a milestone, a judgement that does not pass, credits that are
    /// released, a proposal that stands, or one on this very judgement that persons rejected.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="part">What was judged.</param>
    /// <param name="judged">The sealed judgement.</param>
    /// <param name="preparer">Who prepared it; null where the service did.</param>
    internal LedgerEntry? Propose(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, LedgerEntry judged, PreparedBy? preparer)
    {
        if (!part.IsWhole || !MilestoneJudgement.IsPass(judged.Body)) return null;
        BankAccount account = BankAccounts.Read(ledger, programme, bank);
        bool isSettled = account.IsReleased(part.Path) || account.StandingProposal(part.Path) is not null
            || account.Proposals.Any(p => p.Proposal.Assessment == judged.Number);
        return isSettled
            ? null
            : new BankProposals(ledger, clock).Propose(
                programme, bank, account,
                BankProposal.OfRelease(programme, bank, account, part.Milestone, judged, preparer) with
                {
                    Preparers = YearPreparers.Of(judged, ledger.At),
                },
                judged.Position, judged.Evidence);
    }

    /// <summary>
    /// Why nothing can be released on a proposal, in words: what it rests on was judged again on later data, and does not pass
    /// any more. Null where it stands, and of anything that is no release.
    /// </summary>
    internal static string? FaultOf(ILedgerStore ledger, LedgerEntry proposed)
    {
        if (BankProposal.Read(proposed) is not { Proposes: BankProposal.Release, Assessment: long number }) return null;
        if (ledger.At(number) is not LedgerEntry named) return null;
        // A document that accepts a judgement stands with it.
        long basis = ProposalEvidence.IsFiled(named) ? JudgedParts.ReviewedBy(named) ?? number : number;
        if (ledger.At(basis) is not LedgerEntry shown || RootOf(shown) is not string root) return null;
        bool isSurvey = SurveyStatement.IsOne(shown);
        LedgerEntry newest = ledger.Entries().LastOrDefault(e => RootOf(e) == root
            && (isSurvey ? SurveyStatement.IsOne(e) : e.Kind == LedgerKinds.Revision)) ?? shown;
        return newest.Number > shown.Number && !MilestoneJudgement.IsPass(newest.Body)
            ? $"entry {newest.Number} judged {shown.Number} again on later evidence: {MilestoneJudgement.OutcomeOf(newest.Body)}"
            : null;
    }

    // assessment/P/V/B/PATH/YEAR and revision/P/V/B/PATH/YEAR/N are of one season, filing/P/B/PATH/HASH of one part.
    private static string? RootOf(LedgerEntry entry)
    {
        string[] parts = entry.Key.Split('/');
        bool isFiling = entry.Kind == LedgerKinds.Assessment && parts[0] == "filing" && parts.Length >= 5;
        if (isFiling) return string.Join('/', parts[..4]);
        bool isJudgement = parts[0] is "assessment" or "revision" && parts.Length >= 6;
        return isJudgement ? string.Join('/', parts[1..6]) : null;
    }
}
