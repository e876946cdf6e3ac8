namespace Monitor.Ledger;

/// <summary>What verification found.</summary>
/// <param name="Intact">Whether every entry holds, and the head with them where one was given.</param>
/// <param name="Entries">Entries that hold, counted from the first; all of them where intact.</param>
/// <param name="Hash">Hash of the last entry that holds; <see cref="LedgerHash.Zero"/> where none does.</param>
/// <param name="BrokenAt">Number of the first entry that does not hold or is missing; null where intact.</param>
/// <param name="Reason">Why, in a sentence; empty where intact.</param>
public sealed record LedgerVerdict(bool Intact, long Entries, string Hash, long? BrokenAt, string Reason);
