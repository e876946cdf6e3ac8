using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Programmes.Documents;

/// <summary>Where a document's own entry stands: what it prints of itself.</summary>
/// <param name="Entry">Number of the entry that seals it.</param>
/// <param name="PreviousHash">Hash of the entry before.</param>
/// <param name="SealedAt">When it is sealed.</param>
/// <param name="Software">Name and version of the program that seals it.</param>
public sealed record PlaceInLedger(long Entry, string PreviousHash, Instant SealedAt, string Software)
{
    /// <summary>The place after a head: of a document that is about to be sealed.</summary>
    public static PlaceInLedger After(LedgerHead head, Instant at, string software) =>
        new(head.Entries + 1, head.Hash, at, software);

    /// <summary>The place of a document that is sealed.</summary>
    public static PlaceInLedger Of(LedgerEntry entry) =>
        new(entry.Number, entry.Previous, entry.SealedAt, entry.Software);
}
