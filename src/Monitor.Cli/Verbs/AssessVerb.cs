using System.CommandLine;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Spectre.Console;

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
            Description = "CSV with the columns section, measurand, time (with offset), value, status.",
            Required = true,
        };
        var period = new Option<string>("--period") { Description = "A year, 2025, or a month, 2025-03.", Required = true };
        var set = new Option<string[]>("--set") { Description = "Change a term, KEY=VALUE; the answer is marked as a what-if." };
        var json = new Option<bool>("--json") { Description = "The canonical assessment of each section, one a line." };
        var command = new Command("assess", "Judge a period from a file of readings: class, index, direction, amount.")
        {
            pipeline, readings, period, set, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(pipeline), parsed.GetRequiredValue(readings), parsed.GetRequiredValue(period),
            parsed.GetValue(set) ?? [], parsed.GetValue(json)));
        return command;
    }

    private static int Run(string pipeline, string readings, string label, string[] settings, bool json)
    {
        WhatIf[] changes = [.. settings.Select(WhatIf.Parse)];
        RiverProgramme programme = DefinitionFiles.River(DefinitionFiles.Load(pipeline), changes);
        if (!Period.TryParse(label, programme.Zone, out Period? period))
        {
            throw new InputException($"'{label}' is no period.", "Write a year, 2025, or a month, 2025-03.", field: "--period");
        }
        Dictionary<string, List<Reading>> bySection = Read(readings, programme);
        // Sections without a row are not judged: a file about one section says nothing of the others.
        List<RiverAssessment> assessments = [.. programme.Sections.Where(s => bySection.ContainsKey(s.Id))
            .Select(s => RiverJudgement.Assess(programme, s, period, bySection[s.Id]))];
        if (json) WriteJson(assessments, changes.Length > 0);
        else WriteTable(assessments, changes.Length > 0);
        return ExitCode.Done;
    }

    private static Dictionary<string, List<Reading>> Read(string file, RiverProgramme programme)
    {
        using CsvTable table = CsvTable.Open(file);
        (int section, int measurand) = (table.Need("section"), table.Need("measurand"));
        (int time, int value, int status) = (table.Need("time"), table.Need("value"), table.Need("status"));
        Dictionary<string, List<Reading>> bySection = [];
        while (table.Read())
        {
            if (programme.FindSection(table[section]) is null)
            {
                throw table.Fault(
                    section, $"the programme has no section '{table[section]}'.",
                    $"It has: {string.Join(", ", programme.Sections.Select(s => s.Id))}.");
            }
            if (!bySection.TryGetValue(table[section], out List<Reading>? readings))
            {
                bySection.Add(table[section], readings = []);
            }
            readings.Add(ReadRow(table, programme, measurand, time, value, status));
        }
        return bySection;
    }

    private static Reading ReadRow(
        CsvTable table, RiverProgramme programme, int measurand, int time, int value, int status)
    {
        string code = table[measurand].Trim();
        if (!Measurands.IsCode(code)) throw table.Fault(measurand, $"'{code}' is no code.", "Use the HJ 212 code, as w21003.");
        if (!CellText.TryParseTime(table[time], offsetRequired: true, out Instant moment))
        {
            throw table.Fault(time, $"'{table[time]}' is no time with an offset.", "Write it as 2025-01-01T08:00:00+08:00.");
        }
        if (!ReportedValue.TryParseQualified(table[value].Trim(), out ReportedValue reported))
        {
            throw table.Fault(
                value, $"'{table[value]}' is no number.", "Write digits, as 0.412 or <0.025, or leave the row out.");
        }
        string mark = table[status].Trim();
        if (mark.Length > 0 && !DeviceStatus.IsValid(mark))
        {
            throw table.Fault(status, $"'{mark}' is no status.", "Write the device's letter, as N or M, or leave it blank.");
        }
        return new Reading
        {
            Index = 0,
            Measurand = code,
            Time = moment,
            Value = reported,
            Statistic = programme.Statistic,
            Unit = Measurands.Find(code)?.Unit ?? "",
            Status = mark.Length > 0 ? mark : DeviceStatus.Normal,
        };
    }

    private static void WriteJson(IEnumerable<RiverAssessment> assessments, bool isWhatIf)
    {
        using Stream output = Console.OpenStandardOutput();
        foreach (RiverAssessment assessment in assessments)
        {
            output.Write(CanonicalAssessment.Write(assessment, isWhatIf));
            output.Write("\n"u8);
        }
    }

    private static void WriteTable(IReadOnlyList<RiverAssessment> assessments, bool isWhatIf)
    {
        var view = new Table().AddColumns("section", "period", "class", "target", "index", "result", "payer", "payee", "yuan");
        foreach (RiverAssessment a in assessments)
        {
            view.AddRow(
                Markup.Escape($"{a.Section.Id} {a.Section.Name.Chinese}"), a.Period.Label, a.MeasuredClass?.Name() ?? "—",
                a.Section.Target.Name(), CanonicalAssessment.Fixed(a.Index, a.Programme.Index.Digits) ?? "—",
                a.Direction.Name(), Markup.Escape(a.Payer?.Chinese ?? "—"), Markup.Escape(a.Payee?.Chinese ?? "—"),
                CanonicalAssessment.Plain(a.AmountYuan) ?? "—");
        }
        if (isWhatIf) AnsiConsole.WriteLine("What if: changed terms, never sealed.");
        AnsiConsole.Write(view);
        foreach (RiverAssessment a in assessments)
        {
            foreach (Bilingual reason in a.Reasons) AnsiConsole.WriteLine($"{a.Section.Id}: {reason.Chinese} / {reason.English}");
        }
    }
}
