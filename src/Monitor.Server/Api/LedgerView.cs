using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Documents;
using Monitor.Server.People;

namespace Monitor.Server.Api;

/// <summary>The ledger's entries as they were at one head, read once for all requests until the head moves.</summary>
/// <param name="Head">The head.</param>
/// <param name="Entries">All entries, in order; what cannot be read is left to verification.</param>
/// <param name="Chains">Which notice revises which.</param>
internal sealed record LedgerView(LedgerHead Head, IReadOnlyList<LedgerEntry> Entries, NoticeChains Chains)
{
    /// <summary>What waits for two persons; signatures of keys that were not registered do not count.</summary>
    internal DecisionBook Decisions => Chains.Decisions;

    /// <summary>The newest notice of each section, by section id.</summary>
    internal IReadOnlyDictionary<string, (LedgerEntry Entry, SealedNotice Notice)> Newest { get; } = NewestOf(Entries);

    /// <summary>The entry of a number; null where it is not there.</summary>
    internal LedgerEntry? At(long number) =>
        0 < number && number <= Entries.Count && Entries[(int)number - 1].Number == number
            ? Entries[(int)number - 1]
            : Entries.FirstOrDefault(e => e.Number == number);

    // Of the latest period; a year before its last month, which ends with it and is a preliminary; then what came last.
    private static Dictionary<string, (LedgerEntry, SealedNotice)> NewestOf(IEnumerable<LedgerEntry> entries)
    {
        Dictionary<string, (LedgerEntry Entry, SealedNotice Notice)> newest = [];
        foreach (LedgerEntry entry in entries.Where(e => e.Kind == LedgerKinds.Notice))
        {
            SealedNotice notice = SealedNotice.Read(entry);
            bool isOlder = newest.TryGetValue(notice.Section, out var former)
                && string.CompareOrdinal(EndOf(notice.Period), EndOf(former.Notice.Period)) < 0;
            if (!isOlder) newest[notice.Section] = (entry, notice);
        }
        return newest;
    }

    // 2025 ends after 2025-12 does, and before 2026-01.
    private static string EndOf(string period) => period.Contains('-', StringComparison.Ordinal) ? period : period + "-13";
}

/// <summary>Keeps the newest <see cref="LedgerView"/>.</summary>
internal sealed class LedgerViews(ILedgerStore ledger, PersonRegister register)
{
    private readonly Lock gate = new();
    private LedgerView? kept;
    private long keptRegister;

    /// <summary>The view of the head as it is now.</summary>
    internal LedgerView Now()
    {
        LedgerHead head = ledger.Head;
        long changed = register.Changed;
        lock (gate)
        {
            if (kept?.Head == head && keptRegister == changed) return kept;
            List<LedgerEntry> entries = [];
            foreach (StoredLedgerLine line in ledger.Lines())
            {
                if (line.Number > head.Entries) break;
                if (LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _)) entries.Add(entry);
            }
            keptRegister = changed;
            return kept = new LedgerView(head, entries, NoticeChains.Of(entries, register.Registration()));
        }
    }
}
