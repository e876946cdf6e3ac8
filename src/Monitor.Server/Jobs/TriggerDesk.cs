using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Proposes what the ledger and the calendar show against a bank: a suspension, or adaptive management. Persons decide; the
/// service suspends nothing.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where programmes' texts are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class TriggerDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>
    /// Seals a proposal for each trigger that holds and is due; what was proposed on the same ground never is again.
    /// </summary>
    /// <returns>What was sealed now.</returns>
    public IReadOnlyList<LedgerEntry> Propose(WetlandProgramme programme, WetlandBank bank)
    {
        Instant now = Instant.From(clock.GetUtcNow());
        List<LedgerEntry> made = [];
        foreach (BankTrigger trigger in Due(programme, bank, now))
        {
            LedgerEntry? shows = trigger.Shows is long number ? ledger.At(number) : null;
            var proposal = new TriggerProposal(
                trigger.Proposes, programme.Id, programme.Version, evidence.Put(programme.Text.Bytes.Span), bank.Id,
                trigger.Trigger, trigger.Subject, trigger.Ground, shows?.Number, shows?.Hash, trigger.Reason);
            bool isNew = false;
            LedgerEntry? entry = ledger.Append(
                proposal.Key,
                _ =>
                {
                    // Read under the ledger's lock: what was filed or proposed meanwhile counts.
                    isNew = Due(programme, bank, now).Any(t => t with { Reason = trigger.Reason } == trigger);
                    return isNew
                        ? new LedgerDraft(
                            LedgerKinds.Proposal, proposal.Key, SealingDesk.Software, shows?.Position, proposal.Definition,
                            proposal.Write())
                        : null;
                },
                now);
            if (isNew) made.Add(entry!);
        }
        return made;
    }

    private List<BankTrigger> Due(WetlandProgramme programme, WetlandBank bank, Instant now)
    {
        (BankAccount account, BankDossier dossier) = BankAccounts.ReadAll(ledger, programme, bank);
        return [.. new BankTriggers(programme, bank, account, dossier, now).All().Where(t => t.IsDue(account, dossier))];
    }
}
