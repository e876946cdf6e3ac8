using System.Collections.Frozen;

namespace Monitor.Ledger;

/// <summary>The kinds of entries. A word that is not listed here is refused when sealing and when reading.</summary>
public static class LedgerKinds
{
    /// <summary>A judgement of one section and period.</summary>
    public const string Assessment = "assessment";

    /// <summary>A notice issued on an assessment.</summary>
    public const string Notice = "notice";

    /// <summary>A judgement made again on late or corrected data; the former stays.</summary>
    public const string Revision = "revision";

    /// <summary>Something that waits for two persons to decide.</summary>
    public const string Proposal = "proposal";

    /// <summary>One person's yes to a proposal.</summary>
    public const string Approval = "approval";

    /// <summary>One person's no to a proposal, with the reason.</summary>
    public const string Rejection = "rejection";

    /// <summary>Credits awarded to a bank.</summary>
    public const string Award = "award";

    /// <summary>Credits released at a milestone.</summary>
    public const string Release = "release";

    /// <summary>Credits set aside for a buyer.</summary>
    public const string Reservation = "reservation";

    /// <summary>Credits sold.</summary>
    public const string Sale = "sale";

    /// <summary>Credits handed from one holder to another.</summary>
    public const string Transfer = "transfer";

    /// <summary>A section's assessment or a bank is suspended.</summary>
    public const string Suspension = "suspension";

    /// <summary>A suspension is lifted.</summary>
    public const string Lifting = "lifting";

    /// <summary>A former entry was wrong; says which and what holds instead.</summary>
    public const string Correction = "correction";

    /// <summary>A programme's text came into force.</summary>
    public const string DefinitionAdopted = "definition-adopted";

    /// <summary>All kinds, in the order above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Assessment, Notice, Revision, Proposal, Approval, Rejection, Award, Release, Reservation, Sale, Transfer,
        Suspension, Lifting, Correction, DefinitionAdopted,
    ];

    private static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the word is a kind; exact, lower case.</summary>
    public static bool IsKnown(string kind) => Known.Contains(kind);
}
