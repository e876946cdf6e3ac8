using System.Globalization;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>Judges met or missed: the class of the means, and the share of months that keep it.</summary>
internal static class AttainmentOutcome
{
    internal static PartOutcome Of(OutcomeBasis b, AttainmentPart part)
    {
        SurfaceWaterClass wanted = part.Class ?? b.Section.Target;
        List<PartItem> items = [];
        bool isMet = true;
        if (part.OfMeans)
        {
            if (b.MeasuredClass is not SurfaceWaterClass measured)
            {
                return PartOutcome.Open(part, [], Direction.Suspended, [OutcomeJudgement.NoClass]);
            }
            items.Add(new PartItem("class", (int)measured, (int)wanted));
            isMet = measured <= wanted;
        }
        if (part.Shares.Count > 0)
        {
            if (!part.Shares.TryGetValue(b.Period.Year, out decimal share)) return NoShare(b, part, items);
            List<(string Month, SurfaceWaterClass Class)> months = [.. Months(b)];
            if (months.Count < b.MonthsMin) return TooFew(b, part, items, months.Count);
            items.AddRange(months.Select(m => new PartItem($"{m.Month} class", (int)m.Class, (int)wanted)));
            int met = months.Count(m => m.Class <= wanted);
            items.Add(new PartItem("months", met, months.Count, Counts: Attainment.ShareOf(met, months.Count)));
            isMet &= Attainment.Reaches(met, months.Count, share);
        }
        FixedResult result = isMet ? part.Met : part.Missed;
        return SignedYuan.Of(result.Direction, result.Yuan ?? b.Section.AmountYuan) is decimal yuan
            ? PartOutcome.Of(part, items, yuan)
            : PartOutcome.Open(part, items, Direction.UndefinedInSource, [OpenResult(part, isMet)]);
    }

    // A month's class needs every class indicator: the worst one may be the missing one.
    private static IEnumerable<(string Month, SurfaceWaterClass Class)> Months(OutcomeBasis b)
    {
        IReadOnlyList<MeasurandFigure> figures =
            [.. b.Programme.ClassIndicators.Where(b.Figures.ContainsKey).Select(c => b.Figures[c])];
        if (figures.Count < b.Programme.ClassIndicators.Count || figures.Count == 0) yield break;
        for (int i = 0; i < figures[0].Months.Count; i++)
        {
            var means = new Dictionary<string, decimal>();
            foreach (MeasurandFigure figure in figures)
            {
                if (figure.Months[i].Value is decimal mean) means[figure.Measurand] = mean;
            }
            if (means.Count < figures.Count) continue;
            SurfaceWaterClass? month = SingleFactorClass.Judge(
                b.Programme.Standard.Standard.Limits, means, b.Programme.Water).Class;
            if (month is SurfaceWaterClass known) yield return (figures[0].Months[i].Period.Label, known);
        }
    }

    private static PartOutcome NoShare(OutcomeBasis b, AttainmentPart part, IReadOnlyList<PartItem> items) => PartOutcome.Open(
        part, items, Direction.UndefinedInSource,
        [
            new Bilingual(
                string.Create(CultureInfo.InvariantCulture, $"规则没有规定{b.Period.Year}年的达标率"),
                string.Create(CultureInfo.InvariantCulture, $"the rule sets no share of months for {b.Period.Year}")),
        ]);

    private static PartOutcome TooFew(OutcomeBasis b, AttainmentPart part, IReadOnlyList<PartItem> items, int valid) =>
        PartOutcome.Open(
            part, items, Direction.Suspended,
            [
                new Bilingual(
                    $"{b.Period.Months().Count} 个月中仅 {valid} 个月可定类",
                    $"only {valid} of {b.Period.Months().Count} months have a class"),
            ]);

    private static Bilingual OpenResult(AttainmentPart part, bool isMet) => new(
        $"{part.Label.Chinese}：规则没有规定{(isMet ? "达标" : "未达标")}时的结果",
        $"{part.Label.English}: the rule prints no result where the target is {(isMet ? "met" : "missed")}");
}
