using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

public sealed class StandardDefinitionTests
{
    private static readonly string Text = StandardDefinition.Gb3838Text();

    // 环办〔2011〕22号: pH, DO, CODMn, NH3-N, TP, BOD5, COD, oil, phenols, Hg, Cu, Zn, Pb, Cd, Cr6+, As, Se, F, CN, S, LAS.
    private static readonly string[] TwentyOne =
    [
        "w01001", "w01009", "w01017", "w01018", "w01019", "w19002", "w20111", "w20115", "w20117", "w20119", "w20120",
        "w20122", "w20123", "w20128", "w21003", "w21011", "w21016", "w21017", "w21019", "w22001", "w23002",
    ];

    [Fact]
    public void Twenty_one_indicators_are_assessed_in_rivers_and_in_lakes()
    {
        SurfaceWaterStandard standard = StandardDefinition.Gb3838();
        Assert.Equal(TwentyOne, standard.AssessedFor(WaterBody.River).Select(l => l.Code));
        Assert.Equal(TwentyOne, standard.AssessedFor(WaterBody.Lake).Select(l => l.Code));
        Assert.Equal("gb3838-2002", standard.Id);
        Assert.False(standard.Find("w21001", WaterBody.Lake)!.Assessed);
        Assert.Null(standard.Find("w21001", WaterBody.River));
        Assert.False(standard.Find("w02003", WaterBody.River)!.Assessed);
        Assert.Null(standard.Find("w01010", WaterBody.River));
    }

    // The sum of all printed limits of table 1, column by column: a digit copied wrong changes it.
    [Theory]
    [InlineData(0, "229.32805")]
    [InlineData(1, "2032.65205")]
    [InlineData(2, "10041.0701")]
    [InlineData(3, "20058.636")]
    [InlineData(4, "40079.031")]
    public void The_columns_of_the_table_add_up(int column, string expected)
    {
        decimal sum = StandardDefinition.Gb3838().Limits
            .Where(l => l.Direction != LimitDirection.Within).Sum(l => l.Limits[column]);
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), sum);
    }

    [Theory]
    [InlineData("kind: standard", "kind: programme", "kind", "not a standard")]
    [InlineData("id: gb3838-2002", "idd: gb3838-2002", "idd", "not a key")]
    [InlineData("limits: [7.5, 6, 5, 3, 2]", "limits: [7.5, 6, 5, 3]", "items[3].limits", "needs 5 limits")]
    [InlineData("limits: [7.5, 6, 5, 3, 2]", "limits: [7.5, 6, 5, 3, x]", "items[3].limits", "\"x\"")]
    [InlineData("limits: [7.5, 6, 5, 3, 2]", "limits: [6, 7.5, 5, 3, 2]", "items[3].limits", "stricter")]
    [InlineData("limits: [7.5, 6, 5, 3, 2]", "limits: [7.5, 6, 5, 3, 2e0]", "items[3].limits", "\"2e0\"")]
    [InlineData("range: [6, 9]", "range: [9, 6]", "items[2].range", "stricter")]
    [InlineData("water: [lake]", "water: [river]", "items[9].code", "already")]
    [InlineData("water: [lake]", "water: [sea]", "items[9].water", "\"sea\"")]
    [InlineData("direction: at-least", "direction: above", "items[3].direction", "\"above\"")]
    [InlineData("unit: 个/L", "unit: mg/L", "items[25].unit", "个/L")]
    [InlineData("assessed: true", "assessed: yes", "items[2].assessed", "\"yes\"")]
    [InlineData("    source: {document: GB 3838-2002, table: \"1\", item: 3}\n", "", "items[3].source", "missing")]
    [InlineData("code: w01009", "code: w 1009", "items[3].code", "not a code")]
    public void A_fault_is_named_with_its_line_and_field(string old, string changed, string field, string fault)
    {
        int at = Text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, "The text of the standard no longer holds what this test changes.");
        string broken = Text[..at] + changed + Text[(at + old.Length)..];
        var thrown = Assert.Throws<InputException>(() => StandardDefinition.Parse(broken, "own.yaml"));
        Assert.Equal(("own.yaml", field), (thrown.File, thrown.Field));
        Assert.Contains(fault, thrown.Fault, StringComparison.Ordinal);
        Assert.NotEmpty(thrown.Remedy);
        int line = Text[..at].Count(c => c == '\n') + 1;
        Assert.InRange(thrown.Line, line - 7, line + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("a: [")]
    [InlineData("kind: standard\nkind: standard")]
    [InlineData("kind: standard\n---\nkind: standard")]
    public void A_text_that_is_no_mapping_is_refused(string text)
    {
        var thrown = Assert.Throws<InputException>(() => StandardDefinition.Parse(text, "own.yaml"));
        Assert.Equal("own.yaml", thrown.File);
    }
}
