using System.CommandLine;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Records;
using Monitor.Server;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor suspend SECTION PERIOD</c>: an approver suspends a judgement, or lifts the suspension.</summary>
internal static class SuspendVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var section = new Argument<string>("SECTION") { Description = "Section id, as OJ-05." };
        var period = new Argument<string>("PERIOD")
        {
            Description = "A year, 2025, with its months; or a month, 2025-03.",
        };
        var lift = new Option<bool>("--lift") { Description = "End the suspension instead." };
        Option<string> reason = SigningOptions.Reason(), key = SigningOptions.Key(), data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "suspend", "Suspend the judgement of a section (works, dry, frozen, disaster): an approver's decision.")
        {
            section, period, lift, reason, key, data, json,
        };
        command.SetAction(parsed =>
        {
            string id = parsed.GetRequiredValue(section), label = parsed.GetRequiredValue(period);
            if (!Period.TryParse(label, TimeZoneInfo.Utc, out _)) throw new InputException(
                $"'{label}' is no period.", "Write a year, 2025, or a month, 2025-03.", field: "PERIOD");
            DataFolder folder = parsed.Folder(data);
            using SigningSession session = SigningSession.Open(folder, parsed.GetRequiredValue(key));
            RequireKnown(id, ProgrammeFolder.Of(folder), session.Record);
            Suspension kept = session.Desk.Keep(
                new Suspension(
                    id, label, parsed.GetRequiredValue(reason).Trim(), parsed.GetValue(lift), session.Signatory.Person),
                session.Signatory);
            Write(kept, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    // A section that nobody judges would be suspended without anybody noticing the slip of the pen.
    private static void RequireKnown(string section, ProgrammeShelf shelf, SqliteReadingStore record)
    {
        string[] known = [.. shelf.Rivers.SelectMany(r => r.Sections).Select(s => s.Id).Union(record.Sections())
            .Order(StringComparer.Ordinal)];
        if (!known.Contains(section)) throw new InputException(
            $"There is no section '{section}'.", $"Known are: {string.Join(", ", known)}.", field: "SECTION");
    }

    private static void Write(Suspension kept, bool json)
    {
        if (!json)
        {
            string state = kept.IsLifting ? "no longer suspended" : "suspended";
            Console.Out.WriteLine($"{kept.Section} {kept.Period} {state} by {kept.Person.Name}, " +
                $"position {kept.Position}: {kept.Reason}");
            return;
        }
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(writer =>
        {
            writer.WriteNumber("position", kept.Position);
            writer.WriteString("section", kept.Section);
            writer.WriteString("period", kept.Period);
            writer.WriteBoolean("suspended", !kept.IsLifting);
            writer.WriteString("reason", kept.Reason);
            writer.WriteString("person", kept.Person.Name);
            writer.WriteString("key", kept.Person.Key);
        });
    }
}
