using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Documents;

namespace Monitor.Programmes.Evidence;

/// <summary>The ledger of a bundle read as decisions, once for all steps: every signature in it is verified here.</summary>
internal sealed class BundleBook
{
    private readonly Dictionary<long, string> faults = [];

    internal BundleBook(IEnumerable<LedgerEntry> entries, Func<Person, long?, string?>? registration)
    {
        Book = new DecisionBook(registration);
        Notices = new NoticeChains(Book);
        foreach (LedgerEntry entry in entries)
        {
            string? revision = Notices.FaultOf(entry);
            if ((Book.Add(entry) ?? revision) is string fault) faults[entry.Number] = fault;
            Notices.Add(entry);
        }
    }

    /// <summary>The decisions.</summary>
    internal DecisionBook Book { get; }

    /// <summary>Which notice revises which.</summary>
    internal NoticeChains Notices { get; }

    /// <summary>Refuses an entry that broke a rule where it stands, as a notice before its approvals.</summary>
    /// <exception cref="InputException">It did.</exception>
    internal void RequireSound(LedgerEntry entry)
    {
        if (faults.TryGetValue(entry.Number, out string? broken))
        {
            throw new InputException(broken, "Ask the other party.", EvidenceBundle.Ledger, (int)entry.Number);
        }
    }
}
