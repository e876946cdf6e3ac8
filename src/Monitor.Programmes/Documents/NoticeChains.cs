using System.Globalization;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;

namespace Monitor.Programmes.Documents;

/// <summary>
/// Reads the ledger as chains of notices, entry by entry beside a <see cref="DecisionBook"/>: which notice revises which,
/// and what they move together.
/// </summary>
/// <param name="decisions">The decisions; each entry is to be added to it first.</param>
public sealed class NoticeChains(DecisionBook decisions)
{
    private const string Prefix = "notice/", Issued = "/issued";
    private readonly Dictionary<string, NoticeChain> chains = new(StringComparer.Ordinal);

    /// <summary>The decisions.</summary>
    public DecisionBook Decisions => decisions;

    /// <summary>Every chain, in the order of its first draft.</summary>
    public IEnumerable<NoticeChain> All => chains.Values.Where(c => c.HasDraft);

    /// <summary>Reads a whole ledger.</summary>
    public static NoticeChains Of(IEnumerable<LedgerEntry> entries, Func<Domain.People.Person, long?, string?>? registration)
    {
        var book = new DecisionBook(registration);
        var read = new NoticeChains(book);
        foreach (LedgerEntry entry in entries)
        {
            _ = book.Add(entry);
            read.Add(entry);
        }
        return read;
    }

    /// <summary>The chain of a subject, see <see cref="NoticeChain.Subject"/>; null where there is none.</summary>
    public NoticeChain? Find(string subject) => chains.GetValueOrDefault(subject) is { HasDraft: true } found ? found : null;

    /// <summary>The chain that a notice's entry belongs to; null of any other entry.</summary>
    public NoticeChain? Of(LedgerEntry entry) =>
        entry.Kind == LedgerKinds.Notice ? Find(SubjectOf(entry, SealedNotice.Read(entry))) : null;

    /// <summary>Takes the next entry.</summary>
    public void Add(LedgerEntry entry)
    {
        if (entry.Kind != LedgerKinds.Notice) return;
        SealedNotice notice = SealedNotice.Read(entry);
        string subject = SubjectOf(entry, notice);
        if (!chains.TryGetValue(subject, out NoticeChain? chain))
        {
            chains.Add(subject, chain = new NoticeChain(subject, decisions));
        }
        chain.Add(new ChainedNotice(entry, notice));
    }

    /// <summary>
    /// What is wrong with what a revised notice says of those before it, in a sentence; null where nothing is. To be asked
    /// before the entry is added here or to the decisions.
    /// </summary>
    public string? FaultOf(LedgerEntry entry)
    {
        if (entry.Kind != LedgerKinds.Notice || SealedNotice.Read(entry) is not { Revision: NoticeRevision said } notice)
        {
            return null;
        }
        if (Find(SubjectOf(entry, notice)) is not NoticeChain chain)
        {
            return $"Entry {entry.Number} revises a notice that is not there.";
        }
        // An issued notice repeats what its draft said, and that was asked of the draft.
        if (notice.Completes is long draft)
        {
            return chain.Newest.Entry.Number == draft && chain.Newest.Notice.Revision == said
                ? null
                : $"Entry {entry.Number} says something else of the notice before it than the draft that was approved.";
        }
        NoticeRevision right = NoticeRevision.After(chain, notice.Direction, notice.Amount, said.Readings, said.Records);
        return said == right ? null : $"Entry {entry.Number} says of the notices before it {said}, and it is {right}.";
    }

    // notice/SUBJECT[/ROUND][/issued]
    private static string SubjectOf(LedgerEntry entry, SealedNotice notice)
    {
        string subject = entry.Key.StartsWith(Prefix, StringComparison.Ordinal) ? entry.Key[Prefix.Length..] : entry.Key;
        if (subject.EndsWith(Issued, StringComparison.Ordinal)) subject = subject[..^Issued.Length];
        string round = notice.Revision is NoticeRevision r
            ? "/" + r.Round.ToString(CultureInfo.InvariantCulture)
            : "";
        return subject.EndsWith(round, StringComparison.Ordinal) ? subject[..^round.Length] : subject;
    }
}
