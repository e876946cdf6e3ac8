using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>What a notice prints besides the judgement: its place in the ledger, its date and its status.</summary>
public sealed record NoticeContext
{
    /// <summary>Number of the ledger entry that seals this notice.</summary>
    public required long Entry { get; init; }

    /// <summary>Hash of the entry before it, 64 hex digits.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Number of the entry that sealed the assessment.</summary>
    public required long AssessmentEntry { get; init; }

    /// <summary>That entry's hash.</summary>
    public required string AssessmentHash { get; init; }

    /// <summary>SHA-256 of the canonical inputs.</summary>
    public required string Evidence { get; init; }

    /// <summary>Position up to which the record was read.</summary>
    public required long Position { get; init; }

    /// <summary>Name and version of the program.</summary>
    public required string Software { get; init; }

    /// <summary>The civil day of sealing, in the programme's zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether two persons issued it; a draft says so on every page.</summary>
    public required bool IsIssued { get; init; }

    /// <summary>The draft that was approved; null on a draft.</summary>
    public DraftReference? Draft { get; init; }

    /// <summary>Who approved the draft, in ledger order; none on a draft.</summary>
    public IReadOnlyList<DocumentSigner> Signers { get; init; } = [];

    /// <summary>How the terms came into force; null prints nothing, as notices of before there were adoptions.</summary>
    public NoticeTerms? Terms { get; init; }

    /// <summary>What stood before; null on the first notice of a section and period.</summary>
    public NoticeRevision? Revision { get; init; }

    /// <summary>Says that the data are made up, where they are; null for real data.</summary>
    public Bilingual? Caution { get; init; }

    /// <summary>What newer printings have beside the first; null for the first, whose bytes are as they were.</summary>
    public NoticePrinting? Printing { get; init; }
}

/// <summary>The entry that holds the draft of a document.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Hash">Its hash.</param>
public sealed record DraftReference(long Entry, string Hash);

/// <summary>Who approved what a document prints.</summary>
/// <param name="Person">The name, by the register.</param>
/// <param name="Role">The role, in Chinese.</param>
/// <param name="Date">The civil day of the approval, in the programme's zone.</param>
/// <param name="Key">The key's fingerprint.</param>
/// <param name="Entry">The approval's entry.</param>
/// <param name="Hash">That entry's hash.</param>
public sealed record DocumentSigner(string Person, string Role, DateOnly Date, string Key, long Entry, string Hash)
{
    /// <summary>The signers of a case.</summary>
    /// <param name="decided">The case.</param>
    /// <param name="at">Finds entries by number.</param>
    /// <param name="zone">The programme's zone.</param>
    public static IReadOnlyList<DocumentSigner> Of(DecisionCase decided, Func<long, LedgerEntry?> at, TimeZoneInfo zone) =>
    [
        .. decided.Approvals.Select(a => new DocumentSigner(
            a.Decision.Person.Name, PersonRoles.Chinese(a.Decision.Person.Role),
            Period.DayOf(at(a.Number)!.SealedAt, zone), a.Decision.Person.Key, a.Number, a.EntryHash)),
    ];
}
