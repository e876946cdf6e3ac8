using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;

namespace Monitor.Programmes.Judgements;

/// <summary>What a judgement would be if one thing were reckoned in another way.</summary>
/// <param name="Name">Which thing, as <c>median</c>.</param>
/// <param name="Label">The same in both languages.</param>
/// <param name="Assessment">The judgement in that way; never sealed.</param>
/// <param name="IsSame">Whether direction and amount are those of the judgement.</param>
public sealed record Alternative(string Name, Bilingual Label, RiverAssessment Assessment, bool IsSame);

/// <summary>
/// Would it change? Each judgement beside the ways that somebody may hold against it: computed, shown, never the result.
/// Yearly figures that a bureau reports once stay as they are in each of them.
/// </summary>
public static class Alternatives
{
    private static readonly Bilingual
        Doubtful = new("存疑数据计入", "doubtful readings counted"),
        Excluded = new("全部剔除数据计入（质控样除外）", "all excluded readings counted, but QC samples"),
        AllValues = new("月均值取全部值的平均（不经日均值）", "monthly means of all values, not of daily means"),
        ThroughDays = new("先日均、后月均", "monthly means of daily means"),
        Median = new("以中位数代替均值", "medians in place of means"),
        ByMeasured = new("按实测类别查表", "the table entered with the measured class"),
        ByTarget = new("按目标类别查表", "the table entered with the target class");

    /// <summary>The alternatives of a judgement of what was read from a store.</summary>
    /// <param name="agreed">The judgement; its terms, section and period are taken.</param>
    /// <param name="inputs">What it was made of.</param>
    public static IReadOnlyList<Alternative> Of(RiverAssessment agreed, JudgementInputs inputs) =>
        Of(agreed, [.. ReviewedReading.Of(inputs)], inputs.SuspensionInForce());

    /// <summary>The same for readings alone.</summary>
    public static IReadOnlyList<Alternative> Of(RiverAssessment agreed, IEnumerable<Reading> readings) =>
        Of(agreed, [.. readings.Select(r => new ReviewedReading(r))], suspension: null);

    private static List<Alternative> Of(RiverAssessment agreed, List<ReviewedReading> readings, Suspension? suspension)
    {
        RiverProgramme terms = agreed.Programme;
        Reckoning way = Reckoning.Agreed;
        List<Alternative> found =
        [
            Made("doubtful-counted", Doubtful, terms, way with { CountsDoubtful = true }),
            Made("excluded-counted", Excluded, terms, way with { CountsExcluded = true }),
            terms.ThroughDays
                ? Made("all-values", AllValues, terms with { ThroughDays = false }, way)
                : Made("through-days", ThroughDays, terms with { ThroughDays = true }, way),
            Made("median", Median, terms, way with { IsMedian = true }),
        ];
        // What the class of the table is, many agreements do not say.
        if (terms.Bands.Any(b => b.Class is not null))
        {
            found.Add(terms.ClassBasis == ClassBasis.Target
                ? Made("measured-class", ByMeasured, terms with { ClassBasis = ClassBasis.Measured }, way)
                : Made("target-class", ByTarget, terms with { ClassBasis = ClassBasis.Target }, way));
        }
        found.AddRange(terms.Alternatives.Select(a => Made(a.Name, a.Label, a.Programme, way)));
        return found;

        Alternative Made(string name, Bilingual label, RiverProgramme changed, Reckoning reckoned)
        {
            // A declared alternative may change the section's own limits, target or amount.
            RiverSection section = ReferenceEquals(changed.Sections, terms.Sections)
                ? agreed.Section
                : changed.FindSection(agreed.Section.Id)
                    ?? throw new InvalidOperationException($"The alternative '{name}' has no section {agreed.Section.Id}.");
            RiverAssessment a = RiverJudgement.Assess(changed, section, agreed.Period, readings, suspension, reckoned);
            bool isSame = (a.Direction, a.AmountYuan) == (agreed.Direction, agreed.AmountYuan);
            return new Alternative(name, label, a, isSame);
        }
    }
}
