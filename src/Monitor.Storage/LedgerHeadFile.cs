using Monitor.Domain;
using Monitor.Ledger;

namespace Monitor.Storage;

/// <summary>
/// <c>head.json</c>: the newest entry's number and hash, outside the database. A ledger that ends before it has lost
/// its
/// tail. It is rewritten after each seal, so after a kill it may be one entry behind; nothing else is ever mended.
/// </summary>
/// <param name="path">The file.</param>
public sealed class LedgerHeadFile(string path)
{
    private const int AttemptsMax = 5;

    /// <summary>
    /// Brings the file up to the ledger where it is at most one entry behind. The caller holds the ledger's write lock.
    /// </summary>
    /// <param name="ledger">The ledger beside which the file lies.</param>
    /// <param name="fault">Where they do not agree: how, in a sentence; then nothing was written.</param>
    public bool TryAlign(ILedgerStore ledger, out string fault)
    {
        LedgerHead head = ledger.Head;
        (LedgerHead? kept, string? found) = Read();
        fault = found ?? Disagreement(kept, head, number => ledger.At(number)?.Hash) ?? "";
        if (fault.Length > 0) return false;
        if (kept != head) Write(head);
        return true;
    }

    /// <summary>Replaces the file; durable when it returns.</summary>
    public void Write(LedgerHead head) => AtomicFile.Write(path, head.ToJson());

    /// <summary>Verifies every entry of the ledger, and its end against this file.</summary>
    public LedgerVerdict Verify(ILedgerStore ledger)
    {
        (LedgerHead? kept, string? fault) = Read();
        for (int attempt = 1; ; attempt++)
        {
            LedgerVerdict verdict = VerifyOnce(ledger, kept, fault);
            if (verdict.Intact || attempt == AttemptsMax) return verdict;
            // A service may have sealed between the two reads: then the file has changed, and the question is asked
            // anew.
            (LedgerHead? now, string? nowFault) = Read();
            if (now == kept && nowFault == fault) return verdict;
            (kept, fault) = (now, nowFault);
        }
    }

    private static LedgerVerdict VerifyOnce(ILedgerStore ledger, LedgerHead? kept, string? fault)
    {
        string? hashAtKept = kept?.Entries == 0 ? LedgerHash.Zero : null;
        LedgerVerdict verdict = LedgerChain.Verify(Watched(), head: null);
        if (!verdict.Intact) return verdict;
        fault ??= Disagreement(kept, new LedgerHead(verdict.Entries, verdict.Hash), _ => hashAtKept);
        if (fault is null) return verdict;
        long brokenAt = kept is null ? 1
            : kept.Entries == verdict.Entries ? kept.Entries
            : Math.Min(kept.Entries, verdict.Entries) + 1;
        return verdict with { Intact = false, BrokenAt = Math.Max(brokenAt, 1), Reason = fault };

        IEnumerable<StoredLedgerLine> Watched()
        {
            foreach (StoredLedgerLine line in ledger.Lines())
            {
                if (line.Number == kept?.Entries) hashAtKept = line.Hash;
                yield return line;
            }
        }
    }

    private static string? Disagreement(LedgerHead? kept, LedgerHead ledger, Func<long, string?> hashAt)
    {
        if (kept is null)
        {
            return ledger.Entries == 0 ? null : $"The ledger has {ledger.Entries} entries and head.json is missing.";
        }
        if (kept.Entries > ledger.Entries) return $"head.json names {kept.Entries} entries and the ledger ends " +
            $"after {ledger.Entries}: its tail is cut off.";
        if (kept.Entries < ledger.Entries - 1) return $"head.json names {kept.Entries} entries and the ledger has " +
            $"{ledger.Entries}: head.json was put back, or entries were added past it.";
        string? hash = kept.Entries == ledger.Entries ? ledger.Hash
            : kept.Entries == 0 ? LedgerHash.Zero
            : hashAt(kept.Entries);
        return hash == kept.Hash ? null : $"Entry {kept.Entries} has the hash {hash ?? "of nothing"}, but head.json " +
            $"names {kept.Hash}: the entry or head.json was replaced.";
    }

    private (LedgerHead? Head, string? Fault) Read()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"{path} cannot be read: {e.Message} Give permission, then try again.", e);
        }
        LedgerHead? head = LedgerHead.FromJson(bytes);
        return head is null ? (null, $"{path} holds no head of a ledger.") : (head, null);
    }
}
