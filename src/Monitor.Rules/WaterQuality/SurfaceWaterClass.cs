using System.Diagnostics.CodeAnalysis;

namespace Monitor.Rules.WaterQuality;

/// <summary>Classes of GB 3838-2002; the greater number is the worse water.</summary>
public enum SurfaceWaterClass
{
    /// <summary>Class I.</summary>
    I = 1,

    /// <summary>Class II.</summary>
    II = 2,

    /// <summary>Class III.</summary>
    III = 3,

    /// <summary>Class IV.</summary>
    IV = 4,

    /// <summary>Class V.</summary>
    V = 5,

    /// <summary>Worse than class V (劣Ⅴ).</summary>
    InferiorV = 6,
}

/// <summary>Names of <see cref="SurfaceWaterClass"/>.</summary>
public static class SurfaceWaterClassNames
{
    private static readonly string[] Names = ["I", "II", "III", "IV", "V", "inferior-V"];
    private static readonly string[] ChineseNames = ["Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类", "劣Ⅴ类"];

    // 环办〔2011〕22号: Ⅰ–Ⅱ 优, Ⅲ 良好, Ⅳ 轻度污染, Ⅴ 中度污染, 劣Ⅴ 重度污染.
    private static readonly string[] Qualities = ["优", "优", "良好", "轻度污染", "中度污染", "重度污染"];

    /// <summary><c>I</c>, <c>II</c>, <c>III</c>, <c>IV</c>, <c>V</c> or <c>inferior-V</c>.</summary>
    public static string Name(this SurfaceWaterClass waterClass) => Names[(int)waterClass - 1];

    /// <summary><c>Ⅰ类</c> to <c>Ⅴ类</c> with the Roman numeral characters, or <c>劣Ⅴ类</c>.</summary>
    public static string Chinese(this SurfaceWaterClass waterClass) => ChineseNames[(int)waterClass - 1];

    /// <summary>The word for the state of the water (环办〔2011〕22号): <c>优</c> to <c>重度污染</c>.</summary>
    public static string Quality(this SurfaceWaterClass waterClass) => Qualities[(int)waterClass - 1];

    /// <summary>Reads <see cref="Name"/>; exact.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out SurfaceWaterClass waterClass)
    {
        int at = name is null ? -1 : Array.IndexOf(Names, name);
        waterClass = at < 0 ? default : (SurfaceWaterClass)(at + 1);
        return at >= 0;
    }
}
