using System.Globalization;
using Monitor.Ledger;
using Monitor.Programmes.Banks;

namespace Monitor.Programmes.Evidence;

/// <summary>Says what a verification took as it is sealed or stated, because no computation can show it.</summary>
internal static class BundleTaken
{
    /// <summary>In words, one for each thing.</summary>
    /// <param name="subject">What the bundle is of.</param>
    /// <param name="entries">Its ledger.</param>
    /// <param name="files">Its files.</param>
    /// <param name="fromFigures">Whether scenes were not computed again from pixels.</param>
    /// <param name="account">The bank's account; null of a river's.</param>
    internal static List<string> Of(
        BundleSubject subject, IReadOnlyList<LedgerEntry> entries,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, bool fromFigures, BundleAccount? account)
    {
        List<string> taken = [];
        if (fromFigures) taken.Add("scenes from their sealed figures; --scenes DIR computes them again from pixels");
        if (account is null) return taken;
        long[] others = [.. account.Moments.Select(m => BankProposal.Read(m.Entry)?.Assessment).OfType<long>()
            .Where(n => n != subject.Judged?.Number && account.At(n) is LedgerEntry shown && JudgedEntry.IsComputed(shown))];
        if (others.Length > 0) taken.Add(string.Create(CultureInfo.InvariantCulture,
            $"the judgements of {Numbers(others)} from their sealed outcome; the bundles of the releases that rest on them "
            + $"compute them again"));
        foreach ((LedgerEntry entry, string name, string sha256) in subject.Filed(entries))
        {
            string here = files.ContainsKey(EvidenceBundle.Filed + sha256) ? ", which is in the bundle" : "";
            taken.Add($"what the document {name} says (entry {entry.Number}, SHA-256 {sha256}{here})");
        }
        if (subject.Target.Kind == LedgerKinds.Sale)
        {
            taken.Add("permit, permittee, project, place, required credits and price as the signer stated them");
        }
        if (account.Unread.Count > 0) taken.Add(
            $"{Numbers(account.Unread)} as sealed: the bundle has not the text of their programme");
        return taken;
    }

    private static string Numbers(IReadOnlyCollection<long> numbers) =>
        (numbers.Count == 1 ? "entry " : "entries ") + string.Join(", ", numbers);
}
