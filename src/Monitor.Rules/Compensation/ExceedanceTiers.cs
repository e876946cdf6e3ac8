namespace Monitor.Rules.Compensation;

/// <summary>One row of a table by exceedance multiple.</summary>
/// <param name="Id">Name of the row, printed on the notice.</param>
/// <param name="Interval">The span of the multiple; 0 is the limit itself, below 0 the limit is kept.</param>
/// <param name="Direction">Who pays; <see cref="Direction.UndefinedInSource"/> declares a hole of the source.</param>
/// <param name="Yuan">The amount; 0 where nobody pays.</param>
/// <param name="TimesOnePlus">Whether the amount is multiplied by 1 + m (周口's table).</param>
public sealed record TierRow(string Id, Interval Interval, Direction Direction, decimal Yuan, bool TimesOnePlus)
{
    /// <summary>What the row pays for a multiple, signed, unrounded; null where the source prints nothing.</summary>
    public decimal? YuanOf(decimal multiple) => SignedYuan.Of(Direction, TimesOnePlus ? Yuan * (1 + multiple) : Yuan);
}

/// <summary>What counts of an exceedance that the water had already when it came in.</summary>
public enum InflowRule
{
    /// <summary>The inflow does not count; its value is shown.</summary>
    Shown,

    /// <summary>Nothing is paid for a pollutant that did not increase on the way (河北).</summary>
    OnlyWhereWorse,

    /// <summary>The inflow's own exceedance is taken off: only what was added counts (河南 2017).</summary>
    AddedOnly,
}

/// <summary>Exceedance multiples (超标倍数) and the tables that price them.</summary>
public static class ExceedanceTiers
{
    /// <summary>(C − S) ÷ S, unrounded; below 0 where the limit is kept.</summary>
    /// <param name="value">C.</param>
    /// <param name="limit">S; above 0.</param>
    public static decimal MultipleOf(decimal value, decimal limit) => (value - limit) / limit;

    /// <summary>The multiple that counts, once the inflow's is separated.</summary>
    /// <param name="multiple">At the section.</param>
    /// <param name="inflow">At the inflow.</param>
    /// <param name="rule">What the programme says.</param>
    public static decimal Added(decimal multiple, decimal inflow, InflowRule rule) => rule switch
    {
        // Nothing is exceeded by who added nothing; a kept limit stays what it is.
        InflowRule.OnlyWhereWorse when multiple <= inflow => Math.Min(multiple, 0),
        InflowRule.AddedOnly => multiple > 0 ? Math.Max(multiple - Math.Max(inflow, 0), 0) : multiple,
        _ => multiple,
    };

    /// <summary>The row that holds a multiple, compared exactly; null where the table has none.</summary>
    public static TierRow? Find(IReadOnlyList<TierRow> rows, decimal multiple) =>
        rows.FirstOrDefault(r => r.Interval.Contains(multiple));

    /// <summary>Every hole and overlap of the table.</summary>
    public static IReadOnlyList<LineFault> Check(IReadOnlyList<TierRow> rows) =>
        IntervalLine.Check([.. rows.Select(r => (r.Id, r.Interval))]);
}
