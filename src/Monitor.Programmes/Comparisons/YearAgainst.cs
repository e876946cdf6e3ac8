using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Comparisons;

/// <summary>A year by some terms beside the same year by those that count.</summary>
/// <param name="Version">Version of the terms that count.</param>
/// <param name="Entry">The entry that sealed the result that counts; null where that is today's what-if.</param>
/// <param name="IsSame">Whether direction and amount are the same; null where they cannot be compared.</param>
/// <param name="Unsaid">Why they cannot; empty where they can.</param>
public sealed record YearAgainst(string Version, long? Entry, bool? IsSame, IReadOnlyList<Bilingual> Unsaid)
{
    /// <summary>Holds a what-if against the result that counts.</summary>
    public static YearAgainst Of(YearResult counts, YearResult whatIf)
    {
        List<Bilingual> unsaid = [];
        if (counts.Target != whatIf.Target) unsaid.Add(YearChange.OtherTarget(counts, whatIf));
        // A suspended year stays one by any terms that ask for the same; an undefined row names no outcome to hold against.
        bool bothOpen = counts.Direction == whatIf.Direction && counts.Yuan is null && whatIf.Yuan is null;
        if (!bothOpen) unsaid.AddRange(YearChange.Open(counts).Concat(YearChange.Open(whatIf)));
        bool? isSame = unsaid.Count > 0 ? null : (counts.Direction, counts.Yuan) == (whatIf.Direction, whatIf.Yuan);
        return new YearAgainst(counts.Version, counts.Entry, isSame, unsaid);
    }
}
