using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Monitor.Wire.Hj212;

/// <summary>
/// What a station's data flags mean. Two standards use the same letters for other things: HJ 212-2017 table 8, and the
/// protocol of surface-water stations (HJ 1404-2024). The letter travels as sent; only N is a normal value in both.
/// </summary>
public sealed record Hj212Profile
{
    // Beside a reading of either: surface-water software sends checks as hour means with these flags.
    private static readonly (string Flag, string Meaning)[] QualityControl =
        [("sc", "check of a standard sample"), ("cz", "check of zero"), ("cs", "check of span")];

    private readonly FrozenDictionary<string, string> meanings;

    private Hj212Profile(string name, params (string Flag, string Meaning)[] flags) => (Name, meanings) =
        (name, flags.Concat(QualityControl).ToFrozenDictionary(f => f.Flag, f => f.Meaning));

    /// <summary>HJ 212-2017 table 8.</summary>
    public static Hj212Profile Of2017 { get; } = new("hj212-2017", ("N", "normal"), ("F", "stopped"),
        ("M", "maintenance"), ("S", "set by hand"), ("D", "instrument fault"), ("C", "calibration"),
        ("T", "above the measuring range"), ("B", "no link between instrument and logger"));

    /// <summary>Surface-water stations, the HJ 1404 family.</summary>
    public static Hj212Profile SurfaceWater { get; } = new("surface-water", ("N", "normal"),
        ("T", "above the measuring range"), ("L", "below the measuring range"), ("P", "power fault"),
        ("D", "instrument fault"), ("F", "no link between instrument and logger"), ("B", "instrument offline"),
        ("Z", "no sample at the intake"), ("S", "set by hand"), ("M", "maintenance"), ("hd", "field start test"));

    /// <summary>Both.</summary>
    public static IReadOnlyList<Hj212Profile> All { get; } = [Of2017, SurfaceWater];

    /// <summary>As a setting names it.</summary>
    public string Name { get; }

    /// <summary>What a flag means; null where the profile does not have it.</summary>
    public string? MeaningOf(string flag) => meanings.GetValueOrDefault(flag);

    /// <summary>Finds a profile by its name; exact.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out Hj212Profile? profile)
    {
        profile = All.FirstOrDefault(known => known.Name == name);
        return profile is not null;
    }
}
