using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Comparisons;

/// <summary>What one section's year came to by one set of terms.</summary>
public sealed record YearResult
{
    /// <summary>The civil year.</summary>
    public required int Year { get; init; }

    /// <summary>Programme id.</summary>
    public required string Programme { get; init; }

    /// <summary>Version of its terms.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of their text: a version is what somebody wrote, and two texts may have the same.</summary>
    public required string TermsSha256 { get; init; }

    /// <summary>The entry that sealed it; null where it is a what-if, which nobody seals.</summary>
    public long? Entry { get; init; }

    /// <summary>Whether what was sealed is a draft, which nobody pays by yet; false of a what-if.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Whether it was judged for this comparison only.</summary>
    public bool IsWhatIf => Entry is null;

    /// <summary>The class that these terms set for the section.</summary>
    public required SurfaceWaterClass Target { get; init; }

    /// <summary>The class of the year's means; null where it cannot be given.</summary>
    public required SurfaceWaterClass? Class { get; init; }

    /// <summary>The index as these terms compare it, with their digits; null where there is none.</summary>
    public required decimal? Index { get; init; }

    /// <summary>Who pays whom.</summary>
    public required Direction Direction { get; init; }

    /// <summary>How much; 0 for none, null where undefined or suspended.</summary>
    public required decimal? Yuan { get; init; }

    /// <summary>Why it is suspended or undefined; empty otherwise, and for what was sealed.</summary>
    public IReadOnlyList<Bilingual> Reasons { get; init; } = [];

    /// <summary>Whether the terms are another result's too, so that index and amount can be held together.</summary>
    public bool IsBySameTerms(YearResult other) => TermsSha256 == other.TermsSha256;

    /// <summary>The amount with the sign of its direction: above 0 the downstream side pays; null where it is open.</summary>
    public decimal? Signed => Yuan is decimal yuan ? SignedYuan.Of(Direction, yuan) : null;

    /// <summary>The what-if of a judgement.</summary>
    public static YearResult WhatIf(RiverAssessment a) => new()
    {
        Year = a.Period.Year,
        Programme = a.Programme.Id,
        Version = a.Programme.Version,
        TermsSha256 = a.Programme.Text.Sha256,
        Target = a.Section.Target,
        Class = a.MeasuredClass,
        Index = a.Index,
        Direction = a.Direction,
        Yuan = a.AmountYuan,
        Reasons = Missing(a) is Bilingual missing ? [missing] : a.Reasons,
    };

    // A measurand without one reading was not measured then, which is another matter than too few data.
    private static Bilingual? Missing(RiverAssessment a)
    {
        if (a.Direction != Direction.Suspended || a.Suspension is not null) return null;
        string[] codes = [.. a.Figures.Where(f => f.Count == 0 && f.Excluded.Count == 0).Select(f => f.Measurand)];
        if (codes.Length == 0) return null;
        if (codes.Length == a.Figures.Count) return new Bilingual("该年没有读数", "the year has no readings");
        return new Bilingual(
            $"该年没有测：{string.Join('、', codes.Select(c => Domain.Readings.Measurands.Find(c)?.Chinese ?? c))}",
            $"not measured that year: {string.Join(", ", codes)}");
    }
}
