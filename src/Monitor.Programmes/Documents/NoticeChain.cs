using Monitor.Ledger;
using Monitor.Ledger.Decisions;

namespace Monitor.Programmes.Documents;

/// <summary>A notice as it lies in the ledger.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Notice">What the entry holds.</param>
public sealed record ChainedNotice(LedgerEntry Entry, SealedNotice Notice);

/// <summary>
/// All notices of one section and period under one version of the terms, in ledger order: the first draft, what was issued
/// on it, and the revisions after it.
/// </summary>
public sealed class NoticeChain
{
    private readonly DecisionBook decisions;
    private readonly List<ChainedNotice> drafts = [];
    private readonly List<ChainedNotice> issued = [];

    internal NoticeChain(string subject, DecisionBook decisions) => (Subject, this.decisions) = (subject, decisions);

    /// <summary><c>PROGRAMME/VERSION/SECTION/PERIOD</c>, as the keys of its entries have it.</summary>
    public string Subject { get; }

    /// <summary>The newest draft; the judgement that it rests on is the newest.</summary>
    public ChainedNotice Newest => drafts[^1];

    /// <summary>Revisions so far.</summary>
    public int Rounds => drafts[^1].Notice.Revision?.Round ?? 0;

    /// <summary>Whether a notice was issued.</summary>
    public bool IsIssued => issued.Count > 0;

    /// <summary>What stands: the newest issued notice, else the newest draft.</summary>
    public ChainedNotice Standing => IsIssued ? issued[^1] : Newest;

    /// <summary>Whether nothing was issued and the newest draft was rejected: nothing stands then.</summary>
    public bool IsRejected => !IsIssued && decisions.Find(Newest.Entry.Number) is { Rejection: not null };

    /// <summary>The newest draft where it still waits for persons; null where it does not.</summary>
    public ChainedNotice? Open => decisions.Find(Newest.Entry.Number) is { IsOpen: true } ? Newest : null;

    /// <summary>Whether two persons approved the newest draft and the notice is not sealed yet.</summary>
    public bool IsBeingIssued => decisions.Find(Newest.Entry.Number) is { IsApproved: true, Result: null };

    /// <summary>
    /// Yuan that the issued notices move together: from upstream to downstream; negative, the other way round.
    /// </summary>
    public decimal Settled => issued.Sum(n => NoticeRevision.Moved(n.Notice));

    /// <summary>
    /// The entry that a notice no longer holds by: of an issued one the issued notice after it, of a draft the draft that
    /// took its place. Null where it holds, or where it is no notice of the chain.
    /// </summary>
    public long? SupersededBy(long entry)
    {
        int at = issued.FindIndex(n => n.Entry.Number == entry);
        if (at >= 0) return at + 1 < issued.Count ? issued[at + 1].Entry.Number : null;
        return decisions.Find(entry)?.ReplacedBy;
    }

    /// <summary>The draft that rests on a judgement; null where none does.</summary>
    internal ChainedNotice? DraftOf(long assessment) => drafts.Find(d => d.Notice.Assessment == assessment);

    /// <summary>The draft before one; null before the first.</summary>
    internal ChainedNotice? DraftBefore(ChainedNotice draft)
    {
        int at = drafts.IndexOf(draft);
        return at > 0 ? drafts[at - 1] : null;
    }

    internal void Add(ChainedNotice notice)
    {
        if (notice.Notice.Completes is null) drafts.Add(notice);
        else issued.Add(notice);
    }

    internal bool HasDraft => drafts.Count > 0;
}
