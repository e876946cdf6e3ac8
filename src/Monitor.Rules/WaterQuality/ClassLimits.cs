namespace Monitor.Rules.WaterQuality;

/// <summary>The kind of water body, where a standard has different limits for them.</summary>
public enum WaterBody
{
    /// <summary>River.</summary>
    River,

    /// <summary>Lake or reservoir.</summary>
    Lake,
}

/// <summary>On which side of its limits a value is good.</summary>
public enum LimitDirection
{
    /// <summary>A value must not exceed the limit; equal is good.</summary>
    AtMost,

    /// <summary>A value must reach the limit; equal is good.</summary>
    AtLeast,

    /// <summary>A value must lie in one range for all classes; its ends are good. Inside is class I.</summary>
    Within,
}

/// <summary>The limits of one indicator, as a standard prints them. Numbers come from data, never from code.</summary>
public sealed record ClassLimits
{
    /// <summary>Number of classes that have limits, I to V.</summary>
    public const int ClassesCount = 5;

    /// <summary>Makes limits and checks their shape.</summary>
    /// <param name="code">HJ code.</param>
    /// <param name="direction">The good side.</param>
    /// <param name="limits">Of classes I to V; for <see cref="LimitDirection.Within"/> lowest and highest.</param>
    /// <param name="waterBodies">Water bodies that have these limits.</param>
    /// <param name="assessed">Whether the indicator decides the class by default.</param>
    /// <param name="first">Whether it stands first among main pollutants: cyanide and heavy metals.</param>
    /// <exception cref="ArgumentException">Too few or many limits, or limits that get stricter.</exception>
    public ClassLimits(
        string code,
        LimitDirection direction,
        IReadOnlyList<decimal> limits,
        IReadOnlyList<WaterBody> waterBodies,
        bool assessed = true,
        bool first = false)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(waterBodies);
        int needed = direction == LimitDirection.Within ? 2 : ClassesCount;
        if (limits.Count != needed) throw new ArgumentException($"{code} needs {needed} limits.", nameof(limits));
        if (waterBodies.Count == 0) throw new ArgumentException($"{code} applies to no water.", nameof(waterBodies));
        for (int i = 1; i < needed; i++)
        {
            bool stricter = direction == LimitDirection.AtLeast
                ? limits[i] > limits[i - 1]
                : limits[i] < limits[i - 1];
            if (!stricter) continue;
            throw new ArgumentException($"{code}: {limits[i]} is stricter than {limits[i - 1]} before it.");
        }
        (Code, Direction, Limits, WaterBodies) = (code, direction, limits, waterBodies);
        (Assessed, First) = (assessed, first);
    }

    /// <summary>HJ code.</summary>
    public string Code { get; }

    /// <summary>The good side.</summary>
    public LimitDirection Direction { get; }

    /// <summary>Limits of classes I to V; for a range, its two ends.</summary>
    public IReadOnlyList<decimal> Limits { get; }

    /// <summary>Water bodies that have these limits.</summary>
    public IReadOnlyList<WaterBody> WaterBodies { get; }

    /// <summary>Whether the indicator decides the class by default.</summary>
    public bool Assessed { get; }

    /// <summary>Whether it stands first among main pollutants.</summary>
    public bool First { get; }

    /// <summary>
    /// The best class whose limit the value keeps; equal limits of neighbours give the better class. Never rounds.
    /// </summary>
    public SurfaceWaterClass ClassOf(decimal value)
    {
        if (Direction == LimitDirection.Within)
        {
            return Limits[0] <= value && value <= Limits[1] ? SurfaceWaterClass.I : SurfaceWaterClass.InferiorV;
        }
        for (int i = 0; i < ClassesCount; i++)
        {
            bool keeps = Direction == LimitDirection.AtMost ? value <= Limits[i] : value >= Limits[i];
            if (keeps) return (SurfaceWaterClass)(i + 1);
        }
        return SurfaceWaterClass.InferiorV;
    }

    /// <summary>The limit of a class; null for <see cref="SurfaceWaterClass.InferiorV"/> and for a range.</summary>
    public decimal? LimitOf(SurfaceWaterClass waterClass) =>
        Direction == LimitDirection.Within || waterClass == SurfaceWaterClass.InferiorV
            ? null
            : Limits[(int)waterClass - 1];

    /// <summary>
    /// (C − S) ÷ S over the limit of a class, unrounded; null where the value keeps that class, and for indicators that
    /// are not "at most" (环办〔2011〕22号: none for temperature, pH and DO).
    /// </summary>
    public decimal? ExceedanceOf(decimal value, SurfaceWaterClass target)
    {
        if (Direction != LimitDirection.AtMost || ClassOf(value) <= target) return null;
        return LimitOf(target) is decimal limit and not 0 ? (value - limit) / limit : null;
    }
}
