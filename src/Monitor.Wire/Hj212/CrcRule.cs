using System.Diagnostics.CodeAnalysis;

namespace Monitor.Wire.Hj212;

/// <summary>Which check sums a station's packets are taken with: a setting, by default the standard's own alone.</summary>
public sealed record CrcRule
{
    private readonly CrcKind? only;

    private CrcRule(string name, CrcKind? only) => (Name, this.only) = (name, only);

    /// <summary>The standard's own.</summary>
    public static CrcRule Standard { get; } = new("hj212", CrcKind.Hj212);

    /// <summary>All there are, by name.</summary>
    public static IReadOnlyList<CrcRule> All { get; } =
    [
        Standard, new("modbus", CrcKind.Modbus), new("modbus-swapped", CrcKind.ModbusSwapped), new("any", null),
    ];

    /// <summary>As a setting names it.</summary>
    public string Name { get; }

    /// <summary>Finds a rule by its name; exact.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CrcRule? rule)
    {
        rule = All.FirstOrDefault(known => known.Name == name);
        return rule is not null;
    }

    /// <summary>Whether a packet with such a check sum is taken; a wrong one never is.</summary>
    public bool Accepts(CrcKind kind) => kind != CrcKind.Wrong && (only is null || only == kind);
}
