using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>Prices tonnes above a limit from value and flow of the same slots: Σ (C − S)·Q·Δt, month by month.</summary>
internal static class PairedMassOutcome
{
    internal static PartOutcome Of(OutcomeBasis b, MassExcessPart part)
    {
        List<PartItem> items = [];
        decimal sum = 0;
        foreach ((string code, decimal price) in part.Prices)
        {
            PairedFigure? figure = b.Paired.GetValueOrDefault((code, part.Flow));
            MeasurandFigure? known = figure?.Figure(PartStatistic.FlowWeightedMean, b.MonthsMin);
            if (known?.Value is null)
            {
                return PartOutcome.Open(
                    part, [], Direction.Suspended,
                    [known is null ? RiverReasons.None(code) : RiverReasons.TooFew(known)]);
            }
            decimal limit = part.Over.Of(b.Programme, b.Section, code)!.Value;
            foreach (PairedMonth month in figure!.Months.Where(m => m.IsValid && m.Load.CubicMetres > 0))
            {
                string name = $"{month.Period.Label} {code}";
                decimal? cameIn = null;
                PairedMonth counted = month;
                if (b.Programme.Inflow is not null)
                {
                    PairedMonth? came = b.InflowPaired.GetValueOrDefault((code, part.Flow))?.Months
                        .FirstOrDefault(m => m.Period.Label == month.Period.Label);
                    if (came is not { IsValid: true }) return ExceedanceOutcome.NoInflow(part, name);
                    // A slot of one place alone would look like water that was cleaned or soiled on its way.
                    counted = month.SharedWith(came, b.Programme);
                    if (!counted.IsValid) return TooFewShared(part, name);
                    cameIn = Above(came.SharedWith(month, b.Programme).Load, limit);
                }
                PartItem item = ItemOf(b, part, name, limit, counted.Load, cameIn, price);
                items.Add(item);
                sum += item.Yuan!.Value;
            }
        }
        return PartOutcome.Of(part, items, sum);
    }

    private static PartOutcome TooFewShared(MassExcessPart part, string name) => PartOutcome.Open(
        part, [], Direction.Suspended,
        [
            new Bilingual(
                $"{name}：断面与入境处同时有值和流量的时段过少", $"{name}: too few slots that both section and inflow have"),
        ]);

    private static PartItem ItemOf(
        OutcomeBasis b, MassExcessPart part, string name, decimal limit, PairedLoad load, decimal? cameIn, decimal price)
    {
        decimal tonnes = Above(load, limit);
        decimal counts = cameIn is decimal inflow && b.Programme.Inflow!.Rule != InflowRule.Shown
            ? Load.Added(tonnes, inflow)
            : tonnes;
        decimal yuan = counts > 0 || part.BothWays ? -counts * price : 0;
        decimal? mean = Load.FlowWeightedMean(load.Tonnes, load.CubicMetres);
        return new PartItem(name, mean, limit, cameIn, counts, null, yuan);
    }

    private static decimal Above(PairedLoad load, decimal limit) => load.Tonnes - Load.Tonnes(limit, load.CubicMetres);
}
