using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Ledger;

/// <summary>
/// The chain on disk. Bodies: SQLite, PostgreSQL; one contract suite for both. Several processes may append;
/// the store orders them.
/// Reading is safe beside it from any thread.
/// </summary>
public interface ILedgerStore : IDisposable
{
    /// <summary>
    /// Seals and stores in one transaction: when it returns, the entry is durable. Idempotent by key, see
    /// <see cref="LedgerChain.Recognise"/>: a key that is there with the same kind and body gives the existing entry.
    /// </summary>
    /// <exception cref="LedgerKeyConflictException">The key is there with another kind or body.</exception>
    /// <exception cref="ArgumentException">The draft has no valid shape, see <see cref="LedgerDraft"/>.</exception>
    /// <exception cref="StoreUnavailableException">Disk full, locked, or down: nothing was sealed.</exception>
    LedgerEntry Append(LedgerDraft draft, Instant at);

    /// <summary>
    /// Seals what is made of the head that it will follow, in one transaction: until it returns no other process seals, so
    /// that what the maker read of the ledger still holds, and a document can print its own number. Idempotent by key: where
    /// the key is there, its entry is returned and nothing is made.
    /// </summary>
    /// <param name="key">The key of the draft that will be made.</param>
    /// <param name="make">
    /// Makes the draft; null seals nothing. May read this store, and must not append to it. What it throws is passed on,
    /// and nothing is sealed.
    /// </param>
    /// <param name="at">The time of sealing.</param>
    /// <returns>The entry of the key; null where the maker gave none.</returns>
    /// <exception cref="ArgumentException">The draft has no valid shape, or another key.</exception>
    /// <exception cref="StoreUnavailableException">Disk full, locked, or down: nothing was sealed.</exception>
    LedgerEntry? Append(string key, Func<LedgerHead, LedgerDraft?> make, Instant at);

    /// <summary>The entry of a key, or null.</summary>
    LedgerEntry? Find(string key);

    /// <summary>The entry of a number, or null.</summary>
    LedgerEntry? At(long number);

    /// <summary>
    /// The stored lines in the order of their number, from one inclusive; unverified,
    /// for <see cref="LedgerChain.Verify"/>.
    /// </summary>
    IEnumerable<StoredLedgerLine> Lines(long from = 1);

    /// <summary>
    /// Checks every entry, and that the newest is the one that the head kept outside the store names, so that a cut tail
    /// is found too.
    /// </summary>
    LedgerVerdict Verify();

    /// <summary>The newest entry as the store has it; <see cref="LedgerHead.Empty"/> where there is none.</summary>
    LedgerHead Head { get; }
}
