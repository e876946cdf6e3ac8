using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Comparisons;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor compare PIPELINE [ROUND…] --readings FILE.csv --years 2024,2025</c>: years beside each other.</summary>
internal static class CompareVerb
{
    private const int YearsMax = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var pipelines = new Argument<string[]>("PIPELINE")
        {
            Description = "Today's river-compensation programme, then other rounds of it.", Arity = ArgumentArity.OneOrMore,
        };
        var readings = new Option<string>("--readings")
        {
            Description = "CSV as of assess, with the readings of all years; of today's programme's statistic and unit.",
            Required = true,
        };
        var years = new Option<string>("--years") { Description = "Civil years, 2024,2025.", Required = true };
        var json = new Option<bool>("--json") { Description = "A line for each section, then one for the basin." };
        var command = new Command("compare", "Years side by side, by today's terms and by other rounds'; never sealed.")
        {
            pipelines, readings, years, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(pipelines), parsed.GetRequiredValue(readings), YearsOf(parsed.GetRequiredValue(years)),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] pipelines, string file, int[] years, bool json)
    {
        RiverProgramme[] terms = [.. pipelines.Select(p => DefinitionFiles.River(DefinitionFiles.Load(p)))];
        RequireComparable(terms);
        Dictionary<string, List<Reading>> bySection = AssessReadings.Read(file, terms[0]);
        ComparedSection[] sections = [.. terms[0].Sections.Where(s => bySection.ContainsKey(s.Id))
            .Select(s => ComparedSection.Of(
                s.Id, years, new Dictionary<int, YearResult>(), terms,
                (programme, place, year) =>
                    YearResult.WhatIf(RiverJudgement.Assess(programme, place, year, bySection[s.Id]))))];
        YearsAnswer[] answers = [.. sections.Select(YearsAnswer.Of)];
        var basin = BasinYearsAnswer.Of(terms[0].Id, ComparedBasin.Of(sections));
        if (json) WriteJson(answers, basin);
        else CompareReport.Write(answers, basin);
        return ExitCode.Done;
    }

    // A row of a file has no statistic of its own: by terms that ask for another one it would silently be no reading at all.
    private static void RequireComparable(RiverProgramme[] terms)
    {
        foreach (RiverProgramme other in terms.Skip(1))
        {
            if (other.Statistic != terms[0].Statistic)
            {
                throw new InputException(
                    $"it judges {other.Statistic.Name()} values, and {terms[0].Text.File} {terms[0].Statistic.Name()} values.",
                    "Compare programmes that judge the same readings.", other.Text.File, field: "data.statistic");
            }
        }
        RiverProgramme? twice = terms.GroupBy(t => (t.Id, t.Version)).FirstOrDefault(g => g.Count() > 1)?.Last();
        if (twice is not null)
        {
            throw new InputException(
                $"{twice.Id} {twice.Version} is named twice.", "Give each round a version of its own.", twice.Text.File,
                field: "version");
        }
    }

    private static int[] YearsOf(string text)
    {
        List<int> years = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            bool isYear = Period.TryParse(part, TimeZoneInfo.Utc, out Period? period) && period.Month is null;
            if (!isYear || years.Count == YearsMax)
            {
                throw new InputException(
                    isYear ? $"there are more than {YearsMax} years." : $"'{part}' is no year.",
                    "Write years with commas between, 2024,2025.", field: "--years");
            }
            years.Add(int.Parse(part, CultureInfo.InvariantCulture));
        }
        return [.. years];
    }

    private static void WriteJson(YearsAnswer[] answers, BasinYearsAnswer basin)
    {
        using Stream output = Console.OpenStandardOutput();
        foreach (YearsAnswer answer in answers)
        {
            JsonSerializer.Serialize(output, answer, Options);
            output.Write("\n"u8);
        }
        JsonSerializer.Serialize(output, basin, Options);
        output.Write("\n"u8);
    }
}
