using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Xunit;
using Interval = Monitor.Rules.Compensation.Interval;

namespace Monitor.Tests.Rules.Compensation;

public sealed class BandTableTests
{
    // Table 1 of the Ou River, as printed; the last row declares what the print leaves open.
    private static readonly BandRow[] Printed =
    [
        Row("II-1", SurfaceWaterClass.II, "(-inf, 0.9)", Direction.DownstreamPays),
        Row("II-2", SurfaceWaterClass.II, "(1.1, inf)", Direction.UpstreamPays),
        Row("II-3", SurfaceWaterClass.II, "[0.9, 1.1]", Direction.None),
        Row("III-1", SurfaceWaterClass.III, "(-inf, 0.95)", Direction.DownstreamPays),
        Row("III-2", SurfaceWaterClass.III, "(1.05, inf)", Direction.UpstreamPays),
        Row("III-3", SurfaceWaterClass.III, "[0.95, 1.0]", Direction.None),
    ];

    private static readonly BandRow Hole =
        Row("III-gap", SurfaceWaterClass.III, "(1.0, 1.05]", Direction.UndefinedInSource);

    [Theory]
    [InlineData(SurfaceWaterClass.II, "0.899", "II-1")]
    [InlineData(SurfaceWaterClass.II, "0.900", "II-3")]
    [InlineData(SurfaceWaterClass.II, "1.100", "II-3")]
    [InlineData(SurfaceWaterClass.II, "1.101", "II-2")]
    [InlineData(SurfaceWaterClass.III, "0.949", "III-1")]
    [InlineData(SurfaceWaterClass.III, "0.95", "III-3")]
    [InlineData(SurfaceWaterClass.III, "1.000", "III-3")]
    [InlineData(SurfaceWaterClass.III, "1.001", "III-gap")]
    [InlineData(SurfaceWaterClass.III, "1.050", "III-gap")]
    [InlineData(SurfaceWaterClass.III, "1.051", "III-2")]
    public void Each_index_finds_its_row(SurfaceWaterClass waterClass, string index, string row) =>
        Assert.Equal(row, BandTable.Find([.. Printed, Hole], waterClass, decimal.Parse(index, Invariant))?.Id);

    [Fact]
    public void A_class_without_rows_finds_none() =>
        Assert.Null(BandTable.Find(Printed, SurfaceWaterClass.I, 1m));

    [Fact]
    public void The_table_as_printed_has_exactly_one_gap()
    {
        BandFault fault = Assert.Single(BandTable.Check(Printed));
        Assert.False(fault.IsOverlap);
        Assert.Equal(SurfaceWaterClass.III, fault.Class);
        Assert.Equal("(1.0, 1.05]", fault.Interval.ToString());
        Assert.Equal(("III-3", "III-2"), (fault.First, fault.Second));
    }

    [Fact]
    public void The_declared_hole_closes_the_table() => Assert.Empty(BandTable.Check([.. Printed, Hole]));

    [Theory]
    [InlineData("[0.9, 1.1]", "(-inf, 0.9]", "[0.9, 0.9]")] // one shared point
    [InlineData("(-inf, inf)", "[1, 2)", "[1, 2)")]
    [InlineData("(0, 5)", "(-inf, 3)", "(0, 3)")]
    public void An_overlap_is_found_and_named(string first, string second, string both)
    {
        BandFault overlap = Assert.Single(
            BandTable.Check([Row("a", SurfaceWaterClass.II, first, default), Row("b", SurfaceWaterClass.II, second, default)]),
            f => f.IsOverlap);
        Assert.Equal(both, overlap.Interval.ToString());
    }

    [Fact]
    public void A_single_missing_point_is_a_gap()
    {
        BandRow[] rows =
        [
            Row("low", SurfaceWaterClass.II, "(-inf, 1)", default), Row("high", SurfaceWaterClass.II, "(1, inf)", default),
        ];
        Assert.Equal("[1, 1]", Assert.Single(BandTable.Check(rows)).Interval.ToString());
    }

    [Fact]
    public void A_table_cut_at_any_points_covers_each_number_exactly_once() => Prop.ForAll(
        Cuts().ToArbitrary(),
        cuts =>
        {
            BandRow[] rows = CutLine(cuts);
            Assert.Empty(BandTable.Check(rows));
            foreach (decimal number in cuts.SelectMany(c => (decimal[])[c - 0.5m, c, c + 0.5m]))
            {
                Assert.Single(rows, r => r.Interval.Contains(number));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Removing_any_row_of_a_whole_table_is_found_as_that_gap() => Prop.ForAll(
        Cuts().ToArbitrary(),
        cuts =>
        {
            BandRow[] rows = CutLine(cuts);
            foreach (BandRow removed in rows)
            {
                BandFault fault = Assert.Single(BandTable.Check([.. rows.Except([removed])]));
                Assert.Equal(removed.Interval, fault.Interval);
            }
        }).QuickCheckThrowOnFailure();

    private static Gen<decimal[]> Cuts() =>
        from count in Gen.Choose(1, 6)
        from numbers in Gen.Choose(-50, 50).ArrayOf(count)
        select numbers.Distinct().Order().Select(n => (decimal)n).ToArray();

    // (-inf, a) [a, b) [b, c) … [z, inf)
    private static BandRow[] CutLine(decimal[] cuts)
    {
        decimal?[] ends = [null, .. cuts.Select(c => (decimal?)c), null];
        return [.. Enumerable.Range(0, ends.Length - 1).Select(i => new BandRow(
            $"r{i}", SurfaceWaterClass.II, new Interval(ends[i], ends[i] is not null, ends[i + 1], false), default))];
    }

    private static BandRow Row(string id, SurfaceWaterClass waterClass, string interval, Direction direction) =>
        new(id, waterClass, Parse(interval), direction);

    private static Interval Parse(string text) =>
        Interval.TryParse(text, out Interval? interval) ? interval : throw new FormatException(text);

    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;
}
