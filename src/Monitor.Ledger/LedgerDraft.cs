namespace Monitor.Ledger;

/// <summary>What is to be sealed.</summary>
/// <param name="Kind">One of <see cref="LedgerKinds"/>.</param>
/// <param name="Key">
/// What makes sealing twice a no-op, as <c>assessment/ou-river/S1/2025</c>: unique in the ledger, 1 to
/// <see cref="LedgerChain.KeyLengthMax"/> printable ASCII characters without <c>"</c> and <c>\</c>.
/// </param>
/// <param name="Software">Name and version of the program that seals, as <c>monitor 0.1.0</c>.</param>
/// <param name="Position">The record's position up to which was read; null where nothing was read.</param>
/// <param name="Evidence">SHA-256 of the canonical inputs, lower-case hexadecimal; null where there are none.</param>
/// <param name="Body">One JSON value in canonical bytes, without white space around it; kept verbatim.</param>
public sealed record LedgerDraft(
    string Kind, string Key, string Software, long? Position, string? Evidence, ReadOnlyMemory<byte> Body);
