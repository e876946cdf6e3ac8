using Monitor.Domain.Readings;

namespace Monitor.Rules.WaterQuality;

/// <summary>The state of a river or basin (环办〔2011〕22号).</summary>
public enum BasinQuality
{
    /// <summary>优.</summary>
    Excellent,

    /// <summary>良好.</summary>
    Good,

    /// <summary>轻度污染.</summary>
    Light,

    /// <summary>中度污染.</summary>
    Moderate,

    /// <summary>重度污染.</summary>
    Heavy,
}

/// <summary>A pollutant of a basin.</summary>
/// <param name="Code">HJ code.</param>
/// <param name="ShareExceeding">Share of sections in which it is worse than class III, 0 to 1.</param>
public sealed record BasinPollutant(string Code, decimal ShareExceeding);

/// <summary>What a basin's sections come to.</summary>
/// <param name="Sections">Sections that have a class.</param>
/// <param name="MeansClass">Of fewer than five sections, the class of their means; null where shares decided.</param>
/// <param name="GoodShare">Share of sections of class I to III, 0 to 1.</param>
/// <param name="InferiorShare">Share of sections worse than class V, 0 to 1.</param>
/// <param name="Quality">The state.</param>
/// <param name="MainPollutants">Up to three, by the share of sections that exceed class III; none where it is good.</param>
public sealed record BasinOutcome(
    int Sections, SurfaceWaterClass? MeansClass, decimal GoodShare, decimal InferiorShare, BasinQuality Quality,
    IReadOnlyList<BasinPollutant> MainPollutants);

/// <summary>Summarises the sections of a basin (环办〔2011〕22号).</summary>
public static class BasinSummary
{
    /// <summary>
    /// From so many sections on, shares decide. The guide says "fewer than 5" and "more than 5"; that five belong to the
    /// second is recalled.
    /// </summary>
    public const int SharesFrom = 5;

    private const int PollutantsMax = 3;
    private const decimal ExcellentMin = 0.9m, GoodMin = 0.75m, ModerateMin = 0.2m, HeavyMin = 0.4m;
    private static readonly string[] Names = ["优", "良好", "轻度污染", "中度污染", "重度污染"];

    /// <summary>The summary; null where no section has a class.</summary>
    /// <param name="sections">Each section's outcome.</param>
    /// <param name="limits">The limits they were judged by.</param>
    /// <param name="body">The kind of water.</param>
    public static BasinOutcome? Of(
        IReadOnlyList<ClassOutcome> sections, IReadOnlyList<ClassLimits> limits, WaterBody body)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ClassOutcome[] judged = [.. sections.Where(s => s.Class is not null)];
        if (judged.Length == 0) return null;
        decimal good = Share(judged, s => s.Class <= SurfaceWaterClass.III);
        decimal inferior = Share(judged, s => s.Class == SurfaceWaterClass.InferiorV);
        SurfaceWaterClass? ofMeans = judged.Length < SharesFrom ? ClassOfMeans(judged, limits, body) : null;
        BasinQuality quality = ofMeans is SurfaceWaterClass c ? Of(c) : Of(good, inferior);
        return new BasinOutcome(
            judged.Length, ofMeans, good, inferior, quality, quality <= BasinQuality.Good ? [] : Pollutants(judged));
    }

    /// <summary>The words on a Chinese document.</summary>
    public static string Chinese(this BasinQuality quality) => Names[(int)quality];

    private static BasinQuality Of(decimal good, decimal inferior) =>
        good >= ExcellentMin ? BasinQuality.Excellent
        : good >= GoodMin ? BasinQuality.Good
        : inferior < ModerateMin ? BasinQuality.Light
        : inferior < HeavyMin ? BasinQuality.Moderate
        : BasinQuality.Heavy;

    private static BasinQuality Of(SurfaceWaterClass waterClass) => waterClass switch
    {
        <= SurfaceWaterClass.II => BasinQuality.Excellent,
        SurfaceWaterClass.III => BasinQuality.Good,
        SurfaceWaterClass.IV => BasinQuality.Light,
        SurfaceWaterClass.V => BasinQuality.Moderate,
        _ => BasinQuality.Heavy,
    };

    private static SurfaceWaterClass? ClassOfMeans(
        ClassOutcome[] sections, IReadOnlyList<ClassLimits> limits, WaterBody body)
    {
        Dictionary<string, decimal> means = sections.SelectMany(s => s.Indicators).GroupBy(i => i.Code)
            .ToDictionary(g => g.Key, g => LakeClass.Mean(g.Key, [.. g.Select(i => i.Value)]));
        return SingleFactorClass.Judge(limits, means, body).Class;
    }

    private static IReadOnlyList<BasinPollutant> Pollutants(ClassOutcome[] sections) =>
    [
        .. sections.SelectMany(s => s.Indicators).Select(i => i.Code).Distinct()
            .Select(code => new BasinPollutant(
                code, Share(sections, s => s.Indicators.Any(i => i.Code == code && i.Class > SurfaceWaterClass.III))))
            .Where(p => p.ShareExceeding > 0)
            .OrderByDescending(p => p.ShareExceeding).ThenBy(p => p.Code, StringComparer.Ordinal)
            .Take(PollutantsMax),
    ];

    private static decimal Share(ClassOutcome[] sections, Func<ClassOutcome, bool> counts) =>
        (decimal)sections.Count(counts) / sections.Length;

    /// <summary>As documents print them: <c>总磷(60%)</c>.</summary>
    public static string Text(BasinPollutant pollutant)
    {
        ArgumentNullException.ThrowIfNull(pollutant);
        return $"{Measurands.Find(pollutant.Code)?.Chinese ?? pollutant.Code}({Gb8170.Percent(pollutant.ShareExceeding)}%)";
    }
}
