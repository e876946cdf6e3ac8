using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>Words that stand at several places of a river programme.</summary>
internal static class ClassWords
{
    /// <summary>The word for the section's own class, or its own limits' class.</summary>
    internal const string Target = "target";

    /// <summary>Classes that have limits.</summary>
    internal static readonly (string Word, SurfaceWaterClass Value)[] Classes =
    [
        ("I", SurfaceWaterClass.I), ("II", SurfaceWaterClass.II), ("III", SurfaceWaterClass.III),
        ("IV", SurfaceWaterClass.IV), ("V", SurfaceWaterClass.V),
    ];

    /// <summary>A class, or null for the section's target.</summary>
    internal static readonly (string Word, SurfaceWaterClass? Value)[] ClassesOrTarget =
        [.. Classes.Select(c => (c.Word, (SurfaceWaterClass?)c.Value)), (Target, null)];

    /// <summary>Limits that an exceedance is measured against.</summary>
    internal static readonly (string Word, LimitBasis Value)[] Limits =
    [
        .. Classes.Select(c => (c.Word, new LimitBasis(c.Value, false))), (Target, new LimitBasis(null, true)),
        ("limits", new LimitBasis(null, false)),
    ];

    /// <summary>Results that a table or a fixed outcome may have.</summary>
    internal static readonly (string Word, Direction Value)[] Results =
        [.. Enum.GetValues<Direction>().Where(d => d != Direction.Suspended).Select(d => (d.Name(), d))];

    /// <summary>How a figure is rounded, once.</summary>
    internal static readonly (string Word, MidpointRounding Value)[] Roundings =
    [
        ("half-even", MidpointRounding.ToEven), ("half-up", MidpointRounding.AwayFromZero), ("down", MidpointRounding.ToZero),
    ];
}
