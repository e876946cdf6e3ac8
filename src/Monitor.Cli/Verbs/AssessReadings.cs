using Monitor.Cli.Csv;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Cli.Verbs;

/// <summary>The readings that <c>assess</c> judges: rows of a table, of the programme's statistic and unit.</summary>
internal static class AssessReadings
{
    /// <summary>Reads the file; sections without a row are not there.</summary>
    internal static Dictionary<string, List<Reading>> Read(string file, RiverProgramme programme)
    {
        using CsvTable table = CsvTable.Open(file);
        (int section, int measurand) = (table.Need("section"), table.Need("measurand"));
        (int time, int value, int status) = (table.Need("time"), table.Need("value"), table.Need("status"));
        // Only a programme that looks at the inflow needs to know which instrument a value came from.
        int? instrument = programme.Inflow is null ? table.Find("instrument") : table.Need("instrument");
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
            Reading reading = ReadRow(table, programme, measurand, time, value, status);
            readings.Add(instrument is int at ? reading with { Instrument = Instrument(table, at) } : reading);
        }
        return bySection;
    }

    private static string Instrument(CsvTable table, int at)
    {
        string id = table[at].Trim();
        return id.Length == 0 || Identifier.IsValid(id)
            ? id
            : throw table.Fault(at, $"'{id}' is not an id.", "Use 1 to 32 of A–Z a–z 0–9 _ -, or leave it blank.");
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
}
