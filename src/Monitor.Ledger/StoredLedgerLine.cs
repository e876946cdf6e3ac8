namespace Monitor.Ledger;

/// <summary>An entry as a store holds it, believed in nothing until verified.</summary>
/// <param name="Number">The number under which it is stored.</param>
/// <param name="Bytes">The stored bytes.</param>
/// <param name="Hash">The hash stored beside them.</param>
public sealed record StoredLedgerLine(long Number, ReadOnlyMemory<byte> Bytes, string Hash);
