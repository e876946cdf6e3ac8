using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Screening;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

public sealed class ScreeningDefinitionTests
{
    private const string Full = """
        gross_range: {fail: [0, 14], suspect: [6, 9]}
        climatology:
          utc_offset: "+08:00"
          members:
            - {period: month, tspan: [6, 9], vspan: [15, 30], fspan: [5, 35]}
            - {tspan: [2025-01-01, "2025-03-31T23:59:59+08:00"], vspan: [3, 15], zspan: [0, 10]}
        spike: {suspect: 0.5, fail: 1, method: differential}
        rate_of_change: {suspect_per_s: 0.0005, fail_per_s: 0.005}
        flat_line: {suspect_s: 21600, fail_s: 86400, tolerance: 0.001}
        attenuated: {suspect: 0.1, fail: 0.01, check_type: range, test_period_s: 86400, min_obs: 4}
        gap: {suspect_s: 21600, fail_s: 86400}
        """;

    [Fact]
    public void Every_test_has_its_limits()
    {
        ScreeningLimits limits = ScreeningDefinition.Parse(Full, "limits.yaml");
        Assert.Equal(new GrossRangeLimits(new(0, 14), new ValueRange(6, 9)), limits.GrossRange);
        Assert.Equal(new SpikeLimits(0.5m, 1, SpikeMethod.Differential), limits.Spike);
        Assert.Equal(new RateOfChangeLimits(0.0005m, 0.005m), limits.RateOfChange);
        Assert.Equal(new FlatLineLimits(21600, 86400, 0.001m), limits.FlatLine);
        Assert.Equal(new AttenuatedSignalLimits(0.1m, 0.01m, SignalCheck.Range, 86400, 4), limits.Attenuated);
        Assert.Equal(new TimeGapLimits(21600, 86400), limits.Gap);
        ClimatologyLimits years = limits.Climatology!;
        Assert.Equal(TimeSpan.FromHours(8), years.UtcOffset);
        (ValueRange usual, ValueRange possible) = (new(15, 30), new(5, 35));
        ClimatologyMember summer = ClimatologyMember.Of(ClimatologyPeriod.Month, 6, 9, usual, possible);
        Assert.Equal(summer, years.Members[0]);
        Assert.Equal("2025-03-31T15:59:59.000Z", years.Members[1].Dates!.Value.Last.ToString());
        Assert.Equal(new ValueRange(0, 10), years.Members[1].Depths);
    }

    [Fact]
    public void A_test_that_is_not_named_is_not_run()
    {
        ScreeningLimits limits = ScreeningDefinition.Parse("spike: {suspect: 3}", "limits.yaml");
        Assert.Equal(new ScreeningLimits { Spike = new SpikeLimits(3, null) }, limits);
        Instant[] times = [new(0), new(1000), new(2000)];
        ScreeningOutcome outcome = SeriesScreening.Run(times, [1m, 9m, 1m], limits);
        Assert.Equal(["spike"], outcome.Tests.Select(t => t.Test));
    }

    [Theory]
    [InlineData("spike: {suspct: 3}", "spike.suspct")]
    [InlineData("spikes: {suspect: 3}", "spikes")]
    [InlineData("spike: {suspect: -3}", "spike")]
    [InlineData("spike: {suspect: three}", "spike.suspect")]
    [InlineData("spike: {suspect: 3, method: median}", "spike.method")]
    [InlineData("spike: 3", "spike")]
    [InlineData("gross_range: {suspect: [0, 1]}", "gross_range.fail")]
    [InlineData("gross_range: {fail: [1, 0]}", "gross_range.fail")]
    [InlineData("gross_range: {fail: [0, 1, 2]}", "gross_range.fail")]
    [InlineData("gross_range: {fail: [0, 1], suspect: [0, 2]}", "gross_range")]
    [InlineData("attenuated: {suspect: 1, fail: 1, min_obs: 1.5}", "attenuated.min_obs")]
    [InlineData("attenuated: {suspect: 1, fail: 1, min_obs: 1, min_period_s: 1}", "attenuated")]
    [InlineData("climatology: [{tspan: [1, 3], vspan: [0, 1]}]", "climatology[1].tspan")]
    [InlineData("climatology: {utc_offset: 8, members: []}", "climatology.utc_offset")]
    [InlineData("{}", "")]
    public void A_fault_is_named_with_its_field(string text, string field)
    {
        var thrown = Assert.Throws<InputException>(() => ScreeningDefinition.Parse(text, "limits.yaml"));
        Assert.Equal(("limits.yaml", 1, field), (thrown.File, thrown.Line, thrown.Field));
    }
}
