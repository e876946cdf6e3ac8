using System.Globalization;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads the maps <c>compliance</c> and <c>reports</c> of a wetland programme.</summary>
internal static class ComplianceTermsReader
{
    private const int DaysMax = 3660, YearsMax = 50;

    // Of any year, so of one that has them all.
    private const int LeapYear = 2024;

    /// <summary>Both maps; terms that ask for nothing where the programme has neither.</summary>
    /// <param name="root">The programme.</param>
    /// <param name="milestones">Ids of its milestones.</param>
    internal static ComplianceTerms Read(DefinitionNode root, IReadOnlyCollection<string> milestones)
    {
        ComplianceTerms terms = ComplianceTerms.None with { Reports = ReadReports(root) };
        if (root.OptionalMap("compliance") is not DefinitionNode node) return terms;
        List<string> protection = [];
        if (node.Has("protection"))
        {
            foreach (DefinitionNode item in node.List("protection")) protection.Add(Known(item, item.Text(), milestones));
        }
        terms = terms with
        {
            Protection = protection,
            Regression = node.Has("regression")
                ? node.Choice(
                    "regression", ("adaptive-management", RegressionRule.AdaptiveManagement),
                    ("suspension", RegressionRule.Suspension))
                : null,
            Standards = node.Has("standards") ? [.. node.List("standards").Select(s => ReadStandard(s, milestones))] : [],
        };
        if (terms.Regression is not null) terms = terms with { MeasuresDays = node.Integer("measures_days", 1, DaysMax) };
        node.Close();
        return terms;
    }

    private static StandardDeadline ReadStandard(DefinitionNode node, IReadOnlyCollection<string> milestones)
    {
        var standard = new StandardDeadline(
            Known(node.At("milestone"), node.Id("milestone"), milestones), node.Integer("years", 0, YearsMax),
            node.Has("trigger")
                ? node.Choice(
                    "trigger", ("missed-standard", "missed-standard"), ("works-not-built", "works-not-built"),
                    ("missing-protection", "missing-protection"))
                : "missed-standard");
        node.Close();
        return standard;
    }

    private static List<ReportDuty> ReadReports(DefinitionNode root)
    {
        if (root.OptionalMap("reports") is not DefinitionNode node) return [];
        List<ReportDuty> reports = [];
        foreach (DefinitionNode item in node.List("list"))
        {
            reports.Add(new ReportDuty(item.Id("id"), item.Map("name").Bilingual(), ReadDay(item)));
            item.Close();
        }
        foreach (IGrouping<string, ReportDuty> same in reports.GroupBy(r => r.Id).Where(g => g.Count() > 1))
        {
            node.At("list").Fault($"the id '{same.Key}' stands {same.Count()} times.", "Give each its own id.");
        }
        node.Close();
        return reports;
    }

    private static DayOfYear ReadDay(DefinitionNode node)
    {
        string text = node.Text("due");
        bool isDay = DateOnly.TryParseExact(
            $"{LeapYear}-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day);
        if (!isDay && text.Length > 0) node.At("due").Fault(
            $"'{text}' is not a day of the year.", "Write month and day, as 03-31.");
        return isDay ? new DayOfYear(day.Month, day.Day) : new DayOfYear(12, 31);
    }

    private static string Known(DefinitionNode node, string id, IReadOnlyCollection<string> milestones)
    {
        if (id.Length > 0 && !milestones.Contains(id)) node.Fault(
            $"there is no milestone '{id}'.", $"Use one of: {string.Join(", ", milestones)}.");
        return id;
    }
}
