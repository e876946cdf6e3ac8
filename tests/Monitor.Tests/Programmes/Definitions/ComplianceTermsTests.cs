using System.Text;
using Monitor.Programmes.Definitions;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

/// <summary>What a wetland programme says a bank owes, and what is said of its slips.</summary>
public sealed class ComplianceTermsTests
{
    private static readonly string Shipped = HouseFiles.All.Text("pipelines/wetland-seed-florida.yaml");

    [Fact]
    public void The_shipped_programme_names_protection_standards_reports_and_what_follows_a_regress()
    {
        ComplianceTerms terms = WetlandProgrammeReader.Read(Text(Shipped)).Compliance;
        Assert.Equal(["easement"], terms.Protection);
        Assert.Equal((RegressionRule.AdaptiveManagement, 60), (terms.Regression!.Value, terms.MeasuresDays));
        Assert.Equal([new StandardDeadline("cover", 5, "missed-standard")], terms.Standards);
        Assert.Equal(["monitoring", "ledger"], terms.Reports.Select(r => r.Id));
        // Awarded in 2026: five years after it is 2031. The report of 2026 is due in 2027.
        Assert.Equal(new DateOnly(2031, 12, 31), terms.Standards[0].LastDay(new DateOnly(2026, 3, 1)));
        Assert.Equal(new DateOnly(2027, 3, 31), terms.Reports[0].LastDay(2026));
    }

    [Fact]
    public void Without_the_maps_nothing_is_asked()
    {
        int from = Shipped.IndexOf("compliance:\n", StringComparison.Ordinal);
        int to = Shipped.IndexOf("sales:\n", StringComparison.Ordinal);
        ComplianceTerms terms = WetlandProgrammeReader.Read(Text(Shipped.Remove(from, to - from))).Compliance;
        Assert.Equal((0, 0, 0), (terms.Protection.Count, terms.Standards.Count, terms.Reports.Count));
        Assert.Null(terms.Regression);
    }

    [Fact]
    public void Washington_asks_for_the_ledger_by_the_first_of_February()
    {
        ReportDuty duty = Assert.Single(WetlandProgrammeReader.Read(
            Text(HouseFiles.All.Text("pipelines/wetlands/washington.yaml"))).Compliance.Reports);
        Assert.Equal(("ledger", new DateOnly(2027, 2, 1)), (duty.Id, duty.LastDay(2026)));
    }

    [Theory]
    [InlineData("protection: [easement]", "protection: [easment]", "compliance.protection[0]", "there is no milestone 'easment'")]
    [InlineData("milestone: cover, y", "milestone: cove, y", "compliance.standards[0].milestone", "no milestone 'cove'")]
    [InlineData("years: 5", "years: -1", "compliance.standards[0].years", "-1 is not a whole number")]
    [InlineData("regression: adaptive-management", "regression: adaptive", "compliance.regression", "'adaptive' is not known")]
    [InlineData("measures_days: 60", "measure_days: 60", "compliance.measures_days", "is missing")]
    [InlineData("due: \"03-31\"", "due: \"31-03\"", "reports.list[0].due", "'31-03' is not a day of the year")]
    [InlineData("- id: ledger", "- id: monitoring", "reports.list", "the id 'monitoring' stands 2 times")]
    public void A_slip_is_named_with_its_place(string written, string slip, string path, string fault)
    {
        IReadOnlyList<DefinitionFault> faults = WetlandProgrammeReader.Check(
            Text(Shipped.Replace(written, slip, StringComparison.Ordinal)));
        Assert.Contains(faults, f => f.Level == FaultLevel.Fault && f.Field == path
            && f.Text.Contains(fault, StringComparison.Ordinal));
    }

    private static DefinitionText Text(string yaml) => new("wetland.yaml", Encoding.UTF8.GetBytes(yaml));
}
