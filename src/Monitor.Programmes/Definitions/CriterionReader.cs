using Monitor.Domain.Readings;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Definitions;

/// <summary>
/// Reads <c>criterion:</c>. Every number of a kind must be there: what a file leaves out is never filled in.
/// </summary>
internal static class CriterionReader
{
    private const int DaysMax = 366, StagesMax = 100, WellsMax = 1000, PlotsMax = 10_000, ReadingsMax = 1440;

    private static readonly (string, Func<DefinitionNode, Criterion>)[] Kinds =
    [
        ("document", _ => new ByDocument()), ("cover", n => new ByCover(n.Share("at_least"))), ("hydrology", Hydrology),
        ("survey", Survey), ("yearly", Yearly),
    ];

    /// <summary>The criterion of a milestone.</summary>
    internal static Criterion Read(DefinitionNode node)
    {
        Func<DefinitionNode, Criterion> kind = node.Choice("kind", Kinds);
        int? stage = node.Has("stage") ? node.Integer("stage", 1, StagesMax) : null;
        string? method = node.Has("method") ? node.Text("method") : null;
        Criterion read = kind(node) with { Stage = stage, Method = method };
        if (read is ByYear year) read = OfOneYear(year, stage, node);
        node.Close();
        return read;
    }

    private static ByHydrology Hydrology(DefinitionNode node)
    {
        DaySpan season = DaySpan.Read(node, "window");
        Statistic statistic = node.Choice(
            "statistic", [.. Enum.GetValues<Statistic>().Select(s => (s.Name(), s))]);
        var terms = new HydrologyTerms(
            node.Number("depth_max"), node.Integer("days_min", 1, DaysMax), node.Share("season_share"),
            node.Share("completeness_min"), node.Integer("gap_days_max", 0, DaysMax));
        DefinitionNode rainfall = node.Map("rainfall");
        var site = new SiteHydrologyTerms(
            node.Integer("wells_min", 1, WellsMax), node.Share("wells_share"), rainfall.Share("dry_below"),
            rainfall.Share("wet_above"));
        if (site.DryBelow > site.WetAbove) rainfall.Fault("a year would be dry and wet at once.", "Correct the shares.");
        rainfall.Close();
        WarnOfHydrology(node, terms);
        return new ByHydrology(season, statistic, node.Integer("readings_per_day_min", 1, ReadingsMax), terms, site);
    }

    // The published minima of wetland hydrology; a plan may ask for less only where its own community is drier.
    private static void WarnOfHydrology(DefinitionNode node, HydrologyTerms terms)
    {
        const string look = "See that the plan's plant community asks for this.";
        if (terms.DepthMax > 0.30m) node.At("depth_max").Warn(
            $"{terms.DepthMax} m is deeper than the 0.30 m (12 in) of ERDC/EL TR-11-4.", look);
        if (terms.DaysMin < 14) node.At("days_min").Warn(
            $"{terms.DaysMin} days are fewer than the 14 consecutive days of ERDC/EL TR-11-4.", look);
        if (terms.SeasonShare < 0.05m) node.At("season_share").Warn(
            $"{terms.SeasonShare} of the season is less than the 5 % of the 1987 Manual.", look);
        if (terms.CompletenessMin < 0.90m) node.At("completeness_min").Warn(
            $"a season of which {terms.CompletenessMin} is measured may pass.", "Nine tenths are what this product proposes.");
    }

    private static BySurvey Survey(DefinitionNode node)
    {
        IReadOnlyList<DefinitionNode> list = node.List("requirements");
        List<SurveyRequirement> requirements = [.. list.Select(r =>
        {
            var one = new SurveyRequirement(
                r.Id("measure"), r.Choice("operator", [.. BySurvey.Operators]), r.Number("threshold"), r.Text("unit"));
            r.Close();
            return one;
        })];
        foreach (IGrouping<string, SurveyRequirement> same in requirements.GroupBy(r => r.Measure).Where(g => g.Count() > 1))
        {
            node.At("requirements").Fault($"the measure '{same.Key}' stands {same.Count()} times.", "Ask each measure once.");
        }
        return new BySurvey(
            requirements, node.Integer("plots_min", 1, PlotsMax), node.Has("window") ? DaySpan.Read(node, "window") : null);
    }

    private static ByYear Yearly(DefinitionNode node)
    {
        List<YearPart> parts = [];
        foreach (DefinitionNode part in node.List("parts"))
        {
            var one = new YearPart(part.Id("id"), part.Map("name").Bilingual(), Read(part.Map("criterion")));
            part.Close();
            if (one.Criterion is ByYear) part.At("criterion").Fault("a yearly criterion stands in another.", "List its parts.");
            if (one.Criterion.Stage is not null) part.At("criterion").Fault(
                "a part has a stage of its own.", "It is judged in the year of the milestone; leave it out.");
            if (parts.Exists(p => p.Id == one.Id)) part.Fault($"the id '{one.Id}' stands twice.", "Give each its own id.");
            parts.Add(one);
        }
        return new ByYear(parts);
    }

    private static ByYear OfOneYear(ByYear year, int? stage, DefinitionNode node)
    {
        if (stage is null) node.Fault("a yearly criterion has no stage.", "Write the monitoring year, as `stage: 1`.");
        return year with
        {
            Parts = [.. year.Parts.Select(p => p with { Criterion = p.Criterion with { Stage = stage } })],
        };
    }
}
