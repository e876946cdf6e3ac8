using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Prices what exceeds a limit: by its multiple, or by its mass; what came in is separated where the terms say so.
/// </summary>
internal static class ExceedanceOutcome
{
    private const decimal SecondsOfDay = 86_400;

    internal static PartOutcome OfTiers(OutcomeBasis b, TiersPart part)
    {
        List<PartItem> items = [];
        List<Bilingual> open = [];
        decimal sum = 0;
        foreach (string code in part.Measurands)
        {
            if (Span(b.Figures, code, part.PerMonth, b.MonthsMin) is not { } values) return Suspended(b, part, code);
            decimal limit = part.Over.Of(b.Programme, b.Section, code)!.Value;
            Dictionary<string, decimal>? inflow = InflowOf(b, code, part.PerMonth);
            decimal ofMeasurand = 0;
            foreach ((string name, decimal value) in values)
            {
                decimal? came = inflow is not null && inflow.TryGetValue(name, out decimal v) ? v : null;
                if (b.Programme.Inflow is not null && came is null) return NoInflow(part, name);
                decimal multiple = ExceedanceTiers.MultipleOf(value, limit);
                decimal counts = came is decimal at
                    ? ExceedanceTiers.Added(multiple, ExceedanceTiers.MultipleOf(at, limit), b.Programme.Inflow!.Rule)
                    : multiple;
                TierRow row = ExceedanceTiers.Find(part.Rows, counts)!;
                decimal? yuan = row.YuanOf(counts);
                items.Add(new PartItem(name, value, limit, came, counts, row.Id, yuan));
                if (yuan is null) open.Add(OpenRow(name, counts, row));
                ofMeasurand += yuan ?? 0;
            }
            sum += SignedYuan.Capped(ofMeasurand, part.CapPerMeasurandYuan);
        }
        return open.Count > 0
            ? PartOutcome.Open(part, items, Direction.UndefinedInSource, open)
            : PartOutcome.Of(part, items, sum);
    }

    internal static PartOutcome OfMass(OutcomeBasis b, MassExcessPart part)
    {
        List<PartItem> items = [];
        decimal sum = 0;
        if (Span(b.Figures, part.Flow, perMonth: true, b.MonthsMin) is not { } flows) return Suspended(b, part, part.Flow);
        Dictionary<string, decimal> seconds = b.Period.Months().ToDictionary(m => m.Label, m => m.Days * SecondsOfDay);
        foreach ((string code, decimal price) in part.Prices)
        {
            if (Span(b.Figures, code, perMonth: true, b.MonthsMin) is not { } values) return Suspended(b, part, code);
            decimal limit = part.Over.Of(b.Programme, b.Section, code)!.Value;
            (Dictionary<string, decimal>? cameIn, Dictionary<string, decimal>? flowIn) =
                (InflowOf(b, code, perMonth: true), InflowOf(b, part.Flow, perMonth: true));
            foreach ((string name, decimal value) in values)
            {
                string month = MonthOf(name);
                if (!flows.TryGetValue($"{month} {part.Flow}", out decimal flow)) return Suspended(b, part, part.Flow);
                decimal tonnes = Load.TonnesAbove(value, limit, Load.CubicMetres(flow, seconds[month]));
                decimal? above = null;
                if (b.Programme.Inflow is not null)
                {
                    if (cameIn is null || flowIn is null || !cameIn.TryGetValue(name, out decimal came)
                        || !flowIn.TryGetValue($"{month} {part.Flow}", out decimal cameFlow)) return NoInflow(part, name);
                    above = Load.TonnesAbove(came, limit, Load.CubicMetres(cameFlow, seconds[month]));
                }
                decimal counts = above is decimal inflow && b.Programme.Inflow!.Rule != InflowRule.Shown
                    ? Load.Added(tonnes, inflow)
                    : tonnes;
                decimal yuan = counts > 0 || part.BothWays ? -counts * price : 0;
                items.Add(new PartItem(name, value, limit, above, counts, null, yuan));
                sum += yuan;
            }
        }
        return PartOutcome.Of(part, items, sum);
    }

    // Values by "2018-03 w01018", or by the code alone for the whole period; null where they are too few.
    private static Dictionary<string, decimal>? Span(
        IReadOnlyDictionary<string, MeasurandFigure> figures, string code, bool perMonth, int monthsMin)
    {
        if (!figures.TryGetValue(code, out MeasurandFigure? figure)) return null;
        if (!perMonth) return figure.Value is decimal mean ? new Dictionary<string, decimal> { [code] = mean } : null;
        var months = new Dictionary<string, decimal>();
        foreach (MonthFigure month in figure.Months)
        {
            if (month.Value is decimal mean) months.Add($"{month.Period.Label} {code}", mean);
        }
        return months.Count >= monthsMin ? months : null;
    }

    private static Dictionary<string, decimal>? InflowOf(OutcomeBasis b, string code, bool perMonth) =>
        b.Programme.Inflow is null ? null : Span(b.Inflow, code, perMonth, monthsMin: 0);

    private static string MonthOf(string name) => name[..name.IndexOf(' ', StringComparison.Ordinal)];

    private static PartOutcome Suspended(OutcomeBasis b, OutcomePart part, string code) => PartOutcome.Open(
        part, [], Direction.Suspended,
        b.Figures.TryGetValue(code, out MeasurandFigure? figure) ? [RiverReasons.TooFew(figure)] : [RiverReasons.None(code)]);

    internal static PartOutcome NoInflow(OutcomePart part, string name) => PartOutcome.Open(
        part, [], Direction.Suspended, [new Bilingual($"{name}：没有入境值", $"{name}: no value where the water comes in")]);

    private static Bilingual OpenRow(string name, decimal multiple, TierRow row) => new(
        $"{name}：超标倍数 {Shown(multiple)} 落在未规定的区间 {row.Interval}",
        $"{name}: the table prints nothing for {row.Interval}, where the multiple {Shown(multiple)} lies");

    private static string Shown(decimal multiple) => CanonicalAssessment.Plain(decimal.Round(multiple, 4))!;
}
