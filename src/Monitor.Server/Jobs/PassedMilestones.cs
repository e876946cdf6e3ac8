using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

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
}
