using System.Text;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

/// <summary>The words of <c>criterion:</c> in the shipped wetland programmes, and what is said of slips.</summary>
public sealed class CriterionTests
{
    private const string Florida = "pipelines/wetland-seed-florida.yaml", Wilmington = "pipelines/wetlands/wilmington.yaml",
        Washington = "pipelines/wetlands/washington.yaml";

    [Fact]
    public void The_first_year_of_the_demonstration_is_judged_from_its_wells_and_a_survey()
    {
        WetlandProgramme programme = WetlandProgrammeReader.Read(Text(Florida));
        Assert.Equal(
            [
                "easement document", "exotics document", "grading document", "cover cover", "year-1 yearly",
                "year-1.hydrology hydrology", "year-1.survey survey", "year-2 document",
            ],
            programme.Parts.Select(p => $"{p.Path} {p.Criterion.Kind}"));
        var wells = (ByHydrology)programme.FindPart("year-1.hydrology")!.Criterion;
        // 15 March to 9 November are 17 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 9 = 240 days; 12.5 % of them are 30.
        Assert.Equal((1, 240, 30), (wells.Stage, wells.Season.Days(2025), wells.Terms.DaysNeeded(240)));
        Assert.Equal(2025, programme.Banks[0].Monitoring!.YearOf(1));
        var survey = (BySurvey)programme.FindPart("year-1.survey")!.Criterion;
        Assert.Contains(new SurveyRequirement("invasive-cover", SurveyOperator.Below, 5m, "%"), survey.Requirements);
    }

    [Fact]
    public void Seven_years_release_what_wilmington_prints_and_sum_to_all()
    {
        WetlandProgramme programme = WetlandProgrammeReader.Read(Text(Wilmington));
        Assert.Equal([15m, 15, 10, 10, 15, 5, 15, 5, 10], programme.Milestones.Select(m => m.SharePercent));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], programme.Milestones.Select(m => m.Criterion.Stage).OfType<int>());
        Assert.DoesNotContain(Warnings(Wilmington, t => t), w => w.Contains("five years", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Florida, "kind: hydrology", "kind: hydrologie", "'hydrologie' is not known here.")]
    [InlineData(Florida, "              days_min: 14\n", "", "is missing.")]
    [InlineData(Florida, "              wells_share: 1\n", "", "is missing.")]
    [InlineData(Florida, "dry_below: 0.30, ", "", "is missing.")]
    [InlineData(Florida, "dry_below: 0.30", "dry_below: 0.80", "a year would be dry and wet at once.")]
    [InlineData(Florida, "\"03-15\", \"11-09\"", "\"11-09\", \"03-15\"", "needs two days, the first not after the last.")]
    [InlineData(Florida, "              plots_min: 10\n", "", "is missing.")]
    [InlineData(Florida, "measure: species-count", "measure: native-cover", "the measure 'native-cover' stands 2 times.")]
    [InlineData(Florida, "operator: below", "operator: under", "'under' is not known here.")]
    [InlineData(Florida, "        stage: 1\n", "", "a yearly criterion has no stage.")]
    [InlineData(Florida, "              kind: survey\n", "              kind: survey\n              stage: 2\n",
        "a part has a stage of its own.")]
    [InlineData(Florida, "          - id: survey\n", "          - id: hydrology\n", "the id 'hydrology' stands twice.")]
    [InlineData(Florida, "      wells: [jiulong-w1, jiulong-w2]\n", "", "no well is named, and a criterion asks for wells.")]
    [InlineData(Florida, "      rainfall: jiulong-rain\n", "",
        "nobody is named who says how a year's rain ranks, and a criterion asks for it.")]
    [InlineData(Florida, "jiulong-w1, jiulong-w2", "jiulong-w1, jiulong-w1", "the well 'jiulong-w1' stands 2 times.")]
    [InlineData(Florida, "at_least: 0.60", "at_most: 0.60", "this key is not known here.")]
    public void A_slip_is_a_fault_with_its_line_and_a_remedy(string file, string right, string wrong, string fault)
    {
        DefinitionFault found = WetlandProgrammeReader
            .Check(Changed(file, t => t.Replace(right, wrong, StringComparison.Ordinal)))
            .First(f => f.Level == FaultLevel.Fault && f.Text.Contains(fault, StringComparison.Ordinal));
        Assert.True(found.Line > 1 && found.Field.Length > 0 && found.Remedy.Length > 0, found.ToString());
    }

    [Theory]
    [InlineData(Florida, "x", "x", "80 % is released before the first ecological criterion.")]
    [InlineData(Florida, "x", "x", "the schedule ends with monitoring year 1.")]
    [InlineData(Florida, "depth_max: 0.30", "depth_max: 0.45", "0.45 m is deeper than the 0.30 m (12 in) of ERDC/EL TR-11-4.")]
    [InlineData(Florida, "days_min: 14", "days_min: 7", "7 days are fewer than the 14 consecutive days of ERDC/EL TR-11-4.")]
    [InlineData(Florida, "season_share: 0.125", "season_share: 0.04",
        "0.04 of the season is less than the 5 % of the 1987 Manual.")]
    [InlineData(Florida, "completeness_min: 0.90", "completeness_min: 0.5", "a season of which 0.5 is measured may pass.")]
    [InlineData(Washington, "share: 50", "share: 90", "only 10 % is held for the final standards (final).")]
    public void Where_the_law_wants_more_is_a_warning_and_no_fault(string file, string right, string other, string warning)
    {
        string[] warnings = Warnings(file, t => t.Replace(right, other, StringComparison.Ordinal));
        Assert.Contains(warning, warnings);
    }

    // 14 + 16 % before hydrology, 50 % for the final standards.
    [Fact]
    public void Washington_s_stages_give_no_warning_of_late_proof() => Assert.Empty(Warnings(Washington, t => t));

    private static string[] Warnings(string file, Func<string, string> change)
    {
        IReadOnlyList<DefinitionFault> all = WetlandProgrammeReader.Check(Changed(file, change));
        Assert.DoesNotContain(all, f => f.Level == FaultLevel.Fault);
        return [.. all.Where(f => f.Level == FaultLevel.Warning).Select(f => f.Text)];
    }

    private static DefinitionText Text(string file) => Changed(file, t => t);

    private static DefinitionText Changed(string file, Func<string, string> change) =>
        new(file, Encoding.UTF8.GetBytes(change(HouseFiles.All.Text(file))));
}
