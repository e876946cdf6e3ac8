namespace Monitor.Cli.Demo;

/// <summary>How one section's synthetic year differs from its baseline.</summary>
/// <param name="Section">Section id of the programme.</param>
/// <param name="Seed">Seed of its noise.</param>
/// <param name="Quality">Concentrations as a multiple of the baseline.</param>
/// <param name="WaterUse">The year's water use as a multiple of the baseline.</param>
/// <param name="WaterIntensity">Water use per output as a multiple of the baseline.</param>
/// <param name="OutageMonths">Months without any reading, so that the year cannot be judged.</param>
internal sealed record DemoScenario(
    string Section, int Seed, double Quality, double WaterUse, double WaterIntensity, IReadOnlyList<int> OutageMonths)
{
    /// <summary>The demonstration's year.</summary>
    internal const int Year = 2025;

    /// <summary>Every section of the demonstration.</summary>
    internal static IReadOnlyList<DemoScenario> All { get; } =
    [
        new("OJ-01", 1, 0.80, 0.90, 0.88, []),
        new("OJ-02", 2, 1.01, 1.03, 1.03, []),
        new("OJ-03", 3, 0.95, 0.98, 0.98, []),
        new("OJ-04", 4, 0.85, 0.91, 0.90, []),
        new("OJ-05", 5, 1.21, 1.08, 1.06, []),
        new("OJ-06", 6, 1.04, 1.02, 1.03, []),
        new("OJ-07", 7, 0.90, 0.96, 0.97, [7, 8]),
    ];
}
