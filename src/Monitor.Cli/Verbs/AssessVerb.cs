using System.CommandLine;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor assess PIPELINE --readings FILE.csv --period YYYY[-MM]</c>: judges readings of a file, offline.</summary>
internal static class AssessVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var pipeline = new Argument<string>("PIPELINE") { Description = "A river-compensation programme." };
        var readings = new Option<string>("--readings")
        {
            Description = "CSV with the columns section, measurand, time (with offset), value, status; instrument where the "
                + "programme looks at the inflow.",
        };
        var figure = new Option<string[]>("--figure")
        {
            Description = "In place of readings, a figure that was printed: SECTION.index=0.673 or SECTION.class=II; "
                + "the answer is marked as a what-if.",
        };
        var period = new Option<string>("--period") { Description = "A year, 2025, or a month, 2025-03.", Required = true };
        var set = new Option<string[]>("--set") { Description = "Change a term, KEY=VALUE; the answer is marked as a what-if." };
        var accounts = new Option<bool>("--accounts")
        {
            Description = "Also what each party pays and gets in all, the common fund included.",
        };
        var alternatives = new Option<bool>("--alternatives")
        {
            Description = "Also whether the outcome would change: doubtful or excluded readings counted, other means, medians.",
        };
        var ahead = new Option<bool>("--ahead")
        {
            Description = "Also what the rest of a running year may still bring, and what it would have to be.",
        };
        var through = new Option<string>("--through")
        {
            Description = "With --ahead, the last month that is over, 2025-06; without it, as far as readings go.",
        };
        var json = new Option<bool>("--json") { Description = "The canonical assessment of each section, one a line." };
        var command = new Command("assess", "Judge a period from a file of readings: class, index, direction, amount.")
        {
            pipeline, readings, figure, period, set, accounts, alternatives, ahead, through, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(pipeline), parsed.GetValue(readings), parsed.GetValue(figure) ?? [],
            parsed.GetRequiredValue(period), parsed.GetValue(set) ?? [],
            new Beside(
                parsed.GetValue(accounts), parsed.GetValue(alternatives), parsed.GetValue(ahead), parsed.GetValue(through)),
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>What is printed after the judgements.</summary>
    private sealed record Beside(bool Accounts, bool Alternatives, bool Ahead, string? Through);

    private static int Run(
        string pipeline, string? readings, string[] figures, string label, string[] settings, Beside beside, bool json)
    {
        if (readings is null == (figures.Length == 0))
        {
            throw new InputException(
                readings is null ? "there is nothing to judge." : "readings and printed figures exclude each other.",
                "Give --readings FILE.csv, or --figure SECTION.index=0.673.", field: "--readings");
        }
        if (readings is null && (beside.Alternatives || beside.Ahead))
        {
            throw new InputException(
                "a printed figure has no readings to reckon in another way.", "Give --readings FILE.csv.", field: "--figure");
        }
        if (beside.Through is not null && !beside.Ahead)
        {
            throw new InputException("--through is a word of --ahead.", "Add --ahead, or leave it out.", field: "--through");
        }
        WhatIf[] changes = [.. settings.Select(WhatIf.Parse)];
        RiverProgramme programme = DefinitionFiles.River(DefinitionFiles.Load(pipeline), changes);
        if (!Period.TryParse(label, programme.Zone, out Period? period))
        {
            throw new InputException($"'{label}' is no period.", "Write a year, 2025, or a month, 2025-03.", field: "--period");
        }
        Instant? last = beside.Ahead ? AssessBeside.End(period, beside.Through) : null;
        Dictionary<string, List<Reading>> bySection = readings is null ? [] : AssessReadings.Read(readings, programme);
        List<RiverAssessment> assessments = readings is null
            ? [.. PrintedFigure.Assess(programme, period, [.. figures.Select(PrintedFigure.Parse)])]
            : Judge(programme, period, bySection);
        bool isWhatIf = changes.Length > 0 || readings is null;
        if (json) AssessReport.WriteJson(assessments, isWhatIf);
        else AssessReport.WriteTable(assessments, Mark(changes.Length > 0, readings is null));
        if (beside.Alternatives) AssessBeside.WriteAlternatives(assessments, bySection, json);
        if (beside.Ahead) AssessBeside.WriteAhead(assessments, bySection, last, json);
        if (!beside.Accounts) return ExitCode.Done;
        // An account of some sections only would be one of nobody.
        IReadOnlyList<PartyAccount>? accounts =
            assessments.Count == programme.Sections.Count ? PoolAccount.Of(programme, assessments) : null;
        if (json) AssessReport.WriteAccounts(programme, period.Label, accounts);
        else AssessReport.WriteAccountTable(accounts);
        return ExitCode.Done;
    }

    // Sections without a row are not judged: a file about one section says nothing of the others.
    private static List<RiverAssessment> Judge(
        RiverProgramme programme, Period period, Dictionary<string, List<Reading>> bySection) =>
        [.. programme.Sections.Where(s => bySection.ContainsKey(s.Id))
            .Select(s => RiverJudgement.Assess(programme, s, period, bySection[s.Id]))];

    private static string Mark(bool isChanged, bool isPrinted) => (isChanged, isPrinted) switch
    {
        (true, _) => "What if: changed terms, never sealed.",
        (_, true) => "From printed figures, never sealed.",
        _ => "",
    };
}
