namespace Monitor.Rules.WaterQuality;

/// <summary>
/// How a class changed between two periods (环办〔2011〕22号): one class is some change, two or more a marked one.
/// </summary>
public enum ClassChange
{
    /// <summary>The same class.</summary>
    None,

    /// <summary>Better by one class.</summary>
    Better,

    /// <summary>Better by two classes or more.</summary>
    MuchBetter,

    /// <summary>Worse by one class.</summary>
    Worse,

    /// <summary>Worse by two classes or more.</summary>
    MuchWorse,
}

/// <summary>Judges and names a <see cref="ClassChange"/>.</summary>
public static class ClassChanges
{
    private static readonly string[] Names = ["无明显变化", "有所好转", "明显好转", "有所变差", "明显变差"];

    /// <summary>The change from one class to a later one.</summary>
    public static ClassChange Between(SurfaceWaterClass before, SurfaceWaterClass after) => (after - before) switch
    {
        0 => ClassChange.None,
        1 => ClassChange.Worse,
        -1 => ClassChange.Better,
        > 1 => ClassChange.MuchWorse,
        _ => ClassChange.MuchBetter,
    };

    /// <summary>The words on a Chinese document.</summary>
    public static string Chinese(this ClassChange change) => Names[(int)change];
}
