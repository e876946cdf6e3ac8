namespace Monitor.Rules.Compensation;

/// <summary>One term of a composite index.</summary>
/// <param name="Name">Measurand code.</param>
/// <param name="Value">The period's figure, unrounded; null where the period has too few data for one.</param>
/// <param name="Baseline">
/// What it is held against; above 0. Null where it is a former period's figure and that has none.
/// </param>
/// <param name="Weight">Effective weight: the group's weight × stability coefficient × the part's weight.</param>
/// <param name="Count">Values that entered the figure.</param>
/// <param name="Expected">Values that a whole period would have.</param>
/// <param name="IsInverse">
/// Whether more is better, as an efficiency stated per unit of water: the ratio is then baseline ÷ value.
/// </param>
public sealed record IndexTerm(
    string Name, decimal? Value, decimal? Baseline, decimal Weight, int Count, int Expected, bool IsInverse = false)
{
    /// <summary>How the value was made with the flow; null where it is a plain mean.</summary>
    public FlowTerm? Flow { get; init; }

    /// <summary>
    /// Value ÷ baseline, or its inverse, to the 28 digits of a decimal; null where one is missing or the divisor is not
    /// above 0. Lower is better.
    /// </summary>
    public decimal? Ratio => IsInverse ? Over(Baseline, Value) : Over(Value, Baseline);

    /// <summary>Weight × ratio.</summary>
    public decimal? Contribution => Weight * Ratio;

    private static decimal? Over(decimal? above, decimal? below) => below > 0 ? above / below : null;
}

/// <summary>How a term's value was made with the flow.</summary>
/// <param name="Statistic"><c>flow-weighted-mean</c> or <c>load</c>.</param>
/// <param name="Code">The flow's code.</param>
/// <param name="ValuesAlone">Values that no flow stood beside: they do not count.</param>
/// <param name="FlowsAlone">Flows that no value stood beside.</param>
public sealed record FlowTerm(string Statistic, string Code, int ValuesAlone, int FlowsAlone);

/// <summary>
/// E = Σ weight × value ÷ baseline. The family of 新安江's P index, extended by water quantity and efficiency as Zhejiang's
/// scheme names them; which terms and weights an agreement uses is its definition's business.
/// </summary>
public static class CompositeIndex
{
    /// <summary>The sum of the contributions, unrounded; null where a term has no value, or where there is no term.</summary>
    public static decimal? Compute(IReadOnlyList<IndexTerm> terms)
    {
        if (terms.Count == 0) return null;
        decimal sum = 0;
        foreach (IndexTerm term in terms)
        {
            if (term.Contribution is not decimal contribution) return null;
            sum += contribution;
        }
        return sum;
    }
}
