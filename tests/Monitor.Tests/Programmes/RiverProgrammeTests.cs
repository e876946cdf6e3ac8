using Monitor.Domain;
using Xunit;
using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;

namespace Monitor.Tests.Programmes;

public sealed class RiverProgrammeTests
{
    [Fact]
    public void The_shipped_programme_passes_with_its_assumptions_listed()
    {
        IReadOnlyList<DefinitionFault> said = RiverProgrammeReader.Check(OuRiver.Text, _ => OuRiver.Standard);
        Assert.DoesNotContain(said, f => f.Level != FaultLevel.Note);
        Assert.Contains(said, f => f.Text.StartsWith("assumed: composite of quality", StringComparison.Ordinal));
        Assert.Contains(said, f => f.Text.Contains("(1.0, 1.05]: declared undefined-in-source", StringComparison.Ordinal));
    }

    [Theory]
    // what is changed, into what, the field that is named, a piece of what is said
    [InlineData("kind: river-compensation", "kind: river", "kind", "'river' is not river-compensation")]
    [InlineData("time_zone: Asia/Shanghai", "time_zone: Mars/Base", "time_zone", "'Mars/Base' is not known")]
    [InlineData("time_zone: Asia/Shanghai", "timezone: Asia/Shanghai", "timezone", "not known here")]
    [InlineData("standard: gb3838-2002", "", "standard", "is missing")]
    [InlineData("weight: 0.6", "weight: 0.5", "index.terms", "sum to 0.9")]
    [InlineData("weight: 0.25 }", "weight: 0.35 }", "index.terms[0].parts", "sum to 1.10")]
    [InlineData("digits: 3", "digits: three", "index.digits", "'three' is not a number")]
    [InlineData("digits: 3", "digits: 2.5", "index.digits", "not a whole number")]
    [InlineData("rounding: half-even", "rounding: up", "index.rounding", "'up' is not known")]
    [InlineData("interval: \"(1.0, 1.05]\"", "interval: \"(1.0, 1.04]\"", "bands.rows", "no row covers (1.04, 1.05]")]
    [InlineData("interval: \"(1.0, 1.05]\"", "interval: \"[1.0, 1.05]\"", "bands.rows", "overlap on [1.0, 1.0]")]
    [InlineData("interval: \"[0.9, 1.1]\"", "interval: 0.9 to 1.1", "bands.rows[2].interval", "is not an interval")]
    [InlineData("direction: none }", "direction: nobody }", "bands.rows[2].direction", "'nobody' is not a result")]
    [InlineData("upstream: suichang", "upstream: suichan", "sections[0].upstream", "no party 'suichan'")]
    [InlineData("yuan: 8000000", "yuan: -1", "sections[0].amount.yuan", "below 0")]
    [InlineData("w01019: 2.10", "w01019: 0", "sections[0].baseline.values.w01019", "not above 0")]
    [InlineData("w01019: 2.10", "w01018: 2.10", "sections[0].baseline.values.w01018", "no measurand 'w01018'")]
    [InlineData("id: OJ-02", "id: OJ-01", "sections[1].id", "stands here twice")]
    [InlineData("id: OJ-02", "id: OJ 02", "sections[1].id", "is not an id")]
    [InlineData("gross_range: { fail: [0, 14]", "gross_range: { fail: [14, 0]", "screening.limits.w01001", "two ends")]
    [InlineData("share_min: 0.60", "share_min: 60", "validity.month.share_min", "not a share")]
    [InlineData("interval_hours: 4", "interval_hours: 5", "data.interval_hours", "does not divide a day")]
    [InlineData("terms: [quality]", "terms: [quantity]", "preliminary.terms[0]", "yearly figure")]
    public void A_fault_is_found_and_named(string find, string put, string field, string text)
    {
        IReadOnlyList<DefinitionFault> faults = OuRiver.Faults(find, put);
        DefinitionFault fault = Assert.Single(faults, f => f.Field == field && f.Text.Contains(text, StringComparison.Ordinal));
        Assert.True(fault.Line > 1);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void The_gap_of_table_1_is_found_when_the_row_that_declares_it_is_taken_out()
    {
        const string Row = "    - { id: III-gap, class: III, interval: \"(1.0, 1.05]\", direction: undefined-in-source }\n";
        DefinitionFault fault = Assert.Single(OuRiver.Faults(Row, ""));
        Assert.Equal(("bands.rows", "class III: no row covers (1.0, 1.05]."), (fault.Field, fault.Text));
    }

    [Theory]
    [InlineData("    assumed: at least 4 of 6 four-hourly values; no source found\n", "validity.day.readings_min")]
    [InlineData("  source: 远东资信《丽水市生态产品价值实现的经验》, 表1 生态补偿指数与补偿方向对应关系\n", "bands.rows[0].interval")]
    public void A_number_without_provenance_is_a_fault(string provenance, string field) =>
        Assert.Contains(
            OuRiver.Faults(provenance, ""),
            f => f.Field == field && f.Text.Contains("no provenance", StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("kind: [unclosed\n")]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("? [1, 2]\n: 3\n")]
    [InlineData("kind: river-compensation\nkind: river-compensation\n")]
    public void What_is_no_definition_is_a_fault_and_never_a_crash(string text) => Assert.Contains(
        RiverProgrammeReader.Check(new DefinitionText("x.yaml", System.Text.Encoding.UTF8.GetBytes(text)), _ => OuRiver.Standard),
        f => f.Level == FaultLevel.Fault);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_fault() => Assert.Contains(
        RiverProgrammeReader.Check(new DefinitionText("x.yaml", new byte[] { 0xFF, 0xFE, 0x00 }), _ => OuRiver.Standard),
        f => f.Text.Contains("UTF-8", StringComparison.Ordinal));

    [Fact]
    public void Reading_stops_at_the_first_fault_with_its_place()
    {
        var text = new DefinitionText("x.yaml", System.Text.Encoding.UTF8.GetBytes("kind: river-compensation\n"));
        InputException e = Assert.Throws<InputException>(() => RiverProgrammeReader.Read(text, _ => OuRiver.Standard));
        Assert.StartsWith("x.yaml:1, ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_what_if_changes_the_term_that_its_key_names()
    {
        RiverProgramme changed = OuRiver.Read("sections.OJ-05.target=II", "index.terms.quality.stability=0.9");
        Assert.Equal(SurfaceWaterClass.II, changed.FindSection("OJ-05")!.Target);
        Assert.Equal(0.9m, changed.Index.Terms[0].Stability);
    }

    [Theory]
    [InlineData("sections.OJ-99.target=II")]
    [InlineData("sections=II")]
    [InlineData("nothing")]
    public void A_what_if_of_something_that_is_not_there_is_refused(string change) =>
        Assert.Throws<InputException>(() => OuRiver.Read(change));
}
