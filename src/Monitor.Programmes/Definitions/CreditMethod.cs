using Monitor.Rules.Credits;

namespace Monitor.Programmes.Definitions;

/// <summary>How a bank's credits are determined, with what the method needs. Sealed by its words with each award.</summary>
public abstract record CreditMethod
{
    private CreditMethod()
    {
    }

    /// <summary>The method's name and version with its arithmetic; a change of the arithmetic is another.</summary>
    public abstract string Words { get; }

    /// <summary>Credits of an area, rounded down to four decimals.</summary>
    public abstract decimal Credits(decimal area);

    /// <summary>The seed's: area × mean of the scores.</summary>
    /// <param name="Scores">Functional scores, each 0 to 1.</param>
    public sealed record MeanScore(IReadOnlyList<decimal> Scores) : CreditMethod
    {
        /// <inheritdoc/>
        public override string Words => "mean-score/1: area × mean of the scores, rounded down to 4 decimals";

        /// <inheritdoc/>
        public override decimal Credits(decimal area) => CreditDetermination.MeanScore(area, Scores);
    }

    /// <summary>The seed's scores, counted as the law asks: what the project gains.</summary>
    /// <param name="Scores">Functional scores with the project, each 0 to 1.</param>
    /// <param name="Baseline">The same before it.</param>
    public sealed record MeanScoreGain(IReadOnlyList<decimal> Scores, IReadOnlyList<decimal> Baseline) : CreditMethod
    {
        /// <inheritdoc/>
        public override string Words =>
            "mean-score-gain/1: area × (mean of the scores − mean of the baseline), rounded down to 4 decimals";

        /// <inheritdoc/>
        public override decimal Credits(decimal area) => CreditDetermination.MeanScoreGain(area, Scores, Baseline);
    }

    /// <summary>Florida's UMAM.</summary>
    /// <param name="Assessment">Its scores and factors.</param>
    public sealed record Umam(UmamAssessment Assessment) : CreditMethod
    {
        /// <inheritdoc/>
        public override string Words =>
            "umam/1: area × gain in (location + water + community) × preservation ÷ (time lag × risk), " +
            "rounded down to 4 decimals";

        /// <inheritdoc/>
        public override decimal Credits(decimal area) => CreditDetermination.Umam(area, Assessment);
    }

    /// <summary>Washington's: area ÷ ratio.</summary>
    /// <param name="AreaPerCredit">3 for 3:1.</param>
    public sealed record Ratio(decimal AreaPerCredit) : CreditMethod
    {
        /// <inheritdoc/>
        public override string Words => "ratio/1: area ÷ ratio, rounded down to 4 decimals";

        /// <inheritdoc/>
        public override decimal Credits(decimal area) => CreditDetermination.Ratio(area, AreaPerCredit);
    }
}
