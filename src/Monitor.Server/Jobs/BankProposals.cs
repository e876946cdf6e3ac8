using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Jobs;

/// <summary>Seals proposals for banks: one at a time for each milestone, and none after its release.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="clock">Gives the time of sealing.</param>
internal sealed class BankProposals(ILedgerStore ledger, TimeProvider clock)
{
    /// <summary>Seals a proposal; the standing one of the same subject and grounds where there is one.</summary>
    /// <exception cref="InputException">Another proposal of the subject stands.</exception>
    internal LedgerEntry Propose(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, BankProposal proposal, long? position,
        string? evidence)
    {
        string subject = $"proposal/{programme.Id}/{bank.Id}/{proposal.Milestone ?? BankProposal.Award}";
        // After a rejection comes the next; as long as one stands, the key is its own and nothing is sealed twice.
        int former = account.Proposals.Count(
            p => p.Proposal.Milestone == proposal.Milestone && p.Case.Rejection is not null);
        string key = string.Create(CultureInfo.InvariantCulture, $"{subject}/{former + 1}");
        LedgerEntry made = ledger.Append(
            key,
            _ => new LedgerDraft(LedgerKinds.Proposal, key, SealingDesk.Software, position, evidence, proposal.Write()),
            Instant.From(clock.GetUtcNow()))!;
        if (BankProposal.Read(made)!.Assessment == proposal.Assessment) return made;
        throw new InputException(
            $"Entry {made.Number} proposes {proposal.Milestone} of {bank.Id} already, on other grounds.",
            "It must be decided first; after a rejection the next can be filed.");
    }
}
