using System.Text.Json;
using Monitor.Domain;
using Monitor.Ledger;

namespace Monitor.Programmes.Evidence;

/// <summary>Finds the judgement that a ledger entry rests on.</summary>
public static class JudgedEntry
{
    /// <summary>The assessment that an entry is, or rests on.</summary>
    /// <param name="number">An assessment, revision, notice, proposal or release.</param>
    /// <param name="at">Finds entries by number.</param>
    /// <param name="entries">How many entries the ledger has.</param>
    /// <exception cref="InputException">There is no such entry, or none that was computed from readings.</exception>
    public static LedgerEntry Of(long number, Func<long, LedgerEntry?> at, long entries)
    {
        LedgerEntry entry = at(number) ?? throw new InputException(
            $"The ledger has no entry {number}.", $"It has 1 to {entries}.", field: "ENTRY");
        if (IsComputed(entry)) return entry;
        return RestsOn(entry) is long judged && at(judged) is LedgerEntry assessment && IsComputed(assessment)
            ? assessment
            : throw new InputException(
                $"Entry {number} is of kind {entry.Kind}, which is not computed from readings.",
                "Name an assessment, a notice, a proposal or a release that rests on readings.", field: "ENTRY");
    }

    /// <summary>Number of the assessment that a notice, proposal or release names; null of any other entry.</summary>
    public static long? RestsOn(LedgerEntry entry)
    {
        if (entry.Kind is not (LedgerKinds.Notice or LedgerKinds.Proposal or LedgerKinds.Release)) return null;
        using JsonDocument body = JsonDocument.Parse(entry.Body);
        return body.RootElement.TryGetProperty("assessment", out JsonElement rests)
            && rests.ValueKind == JsonValueKind.Number && rests.TryGetInt64(out long judged)
            ? judged
            : null;
    }

    /// <summary>
    /// Whether it is a document that a person filed: an assessment too, but there is nothing to compute, and its evidence is no
    /// readings.
    /// </summary>
    public static bool IsFiling(LedgerEntry entry) =>
        entry.Kind == LedgerKinds.Assessment && entry.Key.StartsWith("filing/", StringComparison.Ordinal);

    internal static bool IsComputed(LedgerEntry entry) =>
        entry.Kind is LedgerKinds.Assessment or LedgerKinds.Revision && entry.Evidence is not null && !IsFiling(entry);
}
