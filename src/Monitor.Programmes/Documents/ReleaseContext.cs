using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>One line of a certificate's evidence.</summary>
/// <param name="Name">What it is, in Chinese with an English gloss.</param>
/// <param name="Value">What it says.</param>
/// <param name="IsCode">Whether it is a number or hash to be set in fixed width.</param>
public sealed record EvidenceLine(string Name, string Value, bool IsCode = false);

/// <summary>One line of a bank's schedule as it stands with a release.</summary>
/// <param name="Milestone">The milestone.</param>
/// <param name="Credits">Its credits, with four decimals.</param>
/// <param name="Entry">Entry of its release; null where it is not released.</param>
/// <param name="IsThis">Whether it is the one that the certificate is of.</param>
public sealed record ScheduleLine(Milestone Milestone, string Credits, long? Entry, bool IsThis);

/// <summary>What a certificate of release prints.</summary>
public sealed record ReleaseContext
{
    /// <summary>The terms.</summary>
    public required WetlandProgramme Programme { get; init; }

    /// <summary>The bank.</summary>
    public required WetlandBank Bank { get; init; }

    /// <summary>The milestone that was met.</summary>
    public required Milestone Milestone { get; init; }

    /// <summary>Credits released, with four decimals.</summary>
    public required string Credits { get; init; }

    /// <summary>Credits awarded, with four decimals.</summary>
    public required string Awarded { get; init; }

    /// <summary>Credits released with this release and before it, with four decimals.</summary>
    public required string Released { get; init; }

    /// <summary>Credits not released yet, with four decimals.</summary>
    public required string Remaining { get; init; }

    /// <summary>The schedule, in order.</summary>
    public required IReadOnlyList<ScheduleLine> Schedule { get; init; }

    /// <summary>What shows the milestone.</summary>
    public required IReadOnlyList<EvidenceLine> Evidence { get; init; }

    /// <summary>Entry of the award.</summary>
    public required long AwardEntry { get; init; }

    /// <summary>The proposal that was approved.</summary>
    public required DraftReference Proposal { get; init; }

    /// <summary>Who prepared it; null where the service did.</summary>
    public required string? Preparer { get; init; }

    /// <summary>Who approved it, in ledger order.</summary>
    public required IReadOnlyList<DocumentSigner> Signers { get; init; }

    /// <summary>Number of the ledger entry that seals this certificate.</summary>
    public required long Entry { get; init; }

    /// <summary>Hash of the entry before it.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>The civil day of release, in the programme's zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Name and version of the program.</summary>
    public required string Software { get; init; }

    /// <summary>Says that the data are made up, where they are; null for real data.</summary>
    public Bilingual? Caution { get; init; }
}
