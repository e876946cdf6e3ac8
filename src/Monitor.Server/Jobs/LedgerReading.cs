using Monitor.Ledger;
using Monitor.Storage;

namespace Monitor.Server.Jobs;

/// <summary>Reads a ledger's stored lines as entries.</summary>
public static class LedgerReading
{
    /// <summary>Every entry from a number on, each checked against the hash beside it.</summary>
    /// <exception cref="StoreUnusableException">A line is no entry, or was changed.</exception>
    public static IEnumerable<LedgerEntry> Entries(this ILedgerStore ledger, long from = 1)
    {
        foreach (StoredLedgerLine line in ledger.Lines(from))
        {
            bool holds = LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out string reason)
                && entry.Hash == line.Hash;
            yield return holds ? entry! : throw new StoreUnusableException(
                $"Ledger entry {line.Number} was changed. {reason} Restore a backup; `ledger verify` says more.");
        }
    }
}
