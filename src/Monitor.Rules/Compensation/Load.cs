namespace Monitor.Rules.Compensation;

/// <summary>Masses that a river carries.</summary>
public static class Load
{
    private const decimal LitresPerCubicMetre = 1000;
    private const decimal GramsPerTonne = 1_000_000;

    /// <summary>Cubic metres that pass in a time at a mean flow.</summary>
    /// <param name="litresPerSecond">Mean flow; HJ 212 reports it in L/s.</param>
    /// <param name="seconds">The time.</param>
    public static decimal CubicMetres(decimal litresPerSecond, decimal seconds) =>
        litresPerSecond * seconds / LitresPerCubicMetre;

    /// <summary>Tonnes that pass: C × V, 1 mg/L being 1 g/m³.</summary>
    /// <param name="value">C, mg/L.</param>
    /// <param name="cubicMetres">V.</param>
    public static decimal Tonnes(decimal value, decimal cubicMetres) => value * cubicMetres / GramsPerTonne;

    /// <summary>The mean of the water that passed, mg/L: Σ C·Q ÷ Σ Q; null where none passed.</summary>
    /// <param name="tonnes">Σ C·Q·Δt.</param>
    /// <param name="cubicMetres">Σ Q·Δt.</param>
    public static decimal? FlowWeightedMean(decimal tonnes, decimal cubicMetres) =>
        cubicMetres > 0 ? tonnes * GramsPerTonne / cubicMetres : null;

    /// <summary>Tonnes above a limit (below 0 where the water is cleaner): (C − S) × V, 1 mg/L being 1 g/m³.</summary>
    /// <param name="value">C, mg/L.</param>
    /// <param name="limit">S, mg/L.</param>
    /// <param name="cubicMetres">V.</param>
    public static decimal TonnesAbove(decimal value, decimal limit, decimal cubicMetres) =>
        (value - limit) * cubicMetres / GramsPerTonne;

    /// <summary>
    /// The tonnes that count once those that came in above the same limit are separated: only what was added above it,
    /// and never a credit for water that came in worse.
    /// </summary>
    /// <param name="above">Tonnes above the limit at the section.</param>
    /// <param name="inflowAbove">The same at the inflow.</param>
    public static decimal Added(decimal above, decimal inflowAbove) =>
        above > 0 ? Math.Max(above - Math.Max(inflowAbove, 0), 0) : above;
}
