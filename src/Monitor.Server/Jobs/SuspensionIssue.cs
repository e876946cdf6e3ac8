using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Turns an approved proposal of the service into the suspension of the bank. While another suspension stands it waits, and
/// after that it follows only where its trigger still holds. Approved measures need no entry: the approvals are the order.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where the programmes' texts are.</param>
internal sealed class SuspensionIssue(ILedgerStore ledger, EvidenceStore evidence)
{
    /// <summary>The suspension; null where the proposal is of something else, or waits.</summary>
    internal LedgerEntry? Complete(DecisionCase decided, Instant now)
    {
        if (Proposal(decided) is not TriggerProposal proposal) return null;
        string key = $"suspension/{proposal.Programme}/{proposal.Bank}/decided/{decided.Entry}";
        return ledger.Append(
            key,
            // Read under the ledger's lock: no other process can suspend or lift before the entry is there.
            _ => FaultOf(proposal, decided, now) is null
                ? new LedgerDraft(
                    LedgerKinds.Suspension, key, SealingDesk.Software, null, proposal.Definition,
                    BankSuspension.Of(proposal, decided).Write())
                : null,
            now);
    }

    /// <summary>
    /// What an approved suspension waits for; null where nothing is against it, or the proposal is of something else.
    /// </summary>
    internal string? Waits(DecisionCase decided, Instant now) =>
        Proposal(decided) is TriggerProposal proposal ? FaultOf(proposal, decided, now) : null;

    private TriggerProposal? Proposal(DecisionCase decided) =>
        TriggerProposal.Read(ledger.At(decided.Entry)!) is { Proposes: TriggerProposal.Suspension } proposal ? proposal : null;

    private string? FaultOf(TriggerProposal proposal, DecisionCase decided, Instant now)
    {
        WetlandProgramme programme = new SealedInputs(evidence).Wetland(proposal.Definition, decided.Entry);
        WetlandBank bank = programme.FindBank(proposal.Bank) ?? throw new StoreUnusableException(
            $"The programme of entry {decided.Entry} has no {proposal.Bank}. Restore the evidence folder from a backup.");
        (BankAccount account, BankDossier dossier) = BankAccounts.ReadAll(ledger, programme, bank);
        if (CreditMovements.FaultOfSuspension(account) is string fault) return fault;
        // The ground tells one proposal from the next. What was decided is what is wrong with the subject, and a later filing or
        // another year of the same does not put that right.
        bool holds = new BankTriggers(programme, bank, account, dossier, now).All().Any(t =>
            t.Trigger == proposal.Trigger && t.Subject == proposal.Subject && t.Proposes == proposal.Proposes);
        return holds ? null : "its ground holds no more";
    }
}
