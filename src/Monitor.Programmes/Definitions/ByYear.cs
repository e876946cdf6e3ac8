namespace Monitor.Programmes.Definitions;

/// <summary>
/// <c>yearly</c>: every part passes in one monitoring year, and that year's monitoring report is filed. Its
/// <see cref="Criterion.Stage"/> is never null, and is that of every part.
/// </summary>
/// <param name="Parts">What must pass, in the order of the file; none is yearly itself.</param>
public sealed record ByYear(IReadOnlyList<YearPart> Parts) : Criterion
{
    /// <inheritdoc/>
    public override string Kind => "yearly";

    /// <inheritdoc/>
    public override bool IsEcological => Parts.Any(p => p.Criterion.IsEcological);
}

/// <summary>A part of a yearly milestone.</summary>
/// <param name="Id">Its id within the milestone.</param>
/// <param name="Name">Its name.</param>
/// <param name="Criterion">What shows it.</param>
public sealed record YearPart(string Id, Bilingual Name, Criterion Criterion);
