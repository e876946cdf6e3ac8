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
        new("OJ-05", 5, 1.21, 1.08, 1.06, []),
    ];
}
