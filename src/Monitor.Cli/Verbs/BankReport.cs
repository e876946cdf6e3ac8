using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary>A bank's credits as <c>bank show</c> prints them.</summary>
internal sealed record BankReport(
    WetlandProgramme Programme, WetlandBank Bank, BankAccount Account, IReadOnlyList<MilestoneRow> Milestones,
    IReadOnlyList<BankTrigger> Triggers)
{
    /// <summary>What was judged, and what is left of a year, each in a line, in the order of the schedule.</summary>
    internal IReadOnlyList<JudgedRow> Judged { get; private init; } = [];

    /// <summary>Filings by which an instrument is void, now or from a day to come.</summary>
    internal IReadOnlyList<FiledPart> Voids { get; private init; } = [];

    /// <summary>Of an account as it stands at a time.</summary>
    internal static BankReport Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, BankDossier dossier,
        IReadOnlyList<LedgerEntry> entries, Instant now)
    {
        BankAccount at = account.At(now);
        return new BankReport(
            programme, bank, at,
            [.. programme.Milestones.Select(m => MilestoneRow.Of(programme, bank, at, dossier, entries, m, now))],
            new BankTriggers(programme, bank, at, dossier, now).All())
        {
            Judged = [.. programme.Parts.Select(p => JudgedRow.Of(programme, bank, p, entries)).OfType<JudgedRow>()],
            Voids = [.. dossier.Filings.Where(f => f.Filing.Instrument is not null).GroupBy(f => f.Filing.Instrument)
                .Select(g => g.Last()).Where(f => f.Filing.State == BankFiling.Voided)],
        };
    }

    /// <summary>Writes one JSON object to stdout.</summary>
    internal void WriteJson()
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(json =>
        {
            json.WriteString("bank", Bank.Id);
            json.WriteString("programme", Programme.Id);
            json.WriteString("unit", Programme.CreditUnit);
            json.WriteString("awarded", Account.Award?.Credits);
            WriteNumber(json, "award", Account.AwardEntry);
            WriteNumber(json, "awardProposal", AwardProposal?.Case.Entry);
            json.WriteString("released", CreditAward.Text(Account.Released));
            CreditHoldings now = Account.Holdings;
            json.WriteString("sold", CreditAward.Text(now.Sold.Credits));
            json.WriteString("reserved", CreditAward.Text(now.Reserved));
            json.WriteString("reduced", CreditAward.Text(now.Reduced.Credits));
            json.WriteString("available", CreditAward.Text(now.Available));
            json.WriteString("presold", CreditAward.Text(now.Waiting));
            json.WriteString("class", Bank.Class);
            json.WriteString("method", Bank.Method.Words);
            WriteNumber(json, "suspendedBy", Account.Suspended?.Entry);
            WriteTrades(json);
            json.WriteStartArray("milestones");
            foreach (MilestoneRow row in Milestones) row.Write(json);
            json.WriteEndArray();
            WriteTriggers(json);
            json.WriteStartArray("judged");
            foreach (JudgedRow row in Judged) row.Write(json);
            json.WriteEndArray();
        });
    }

    /// <summary>Writes a table to stdout.</summary>
    internal void WriteTable()
    {
        AnsiConsole.WriteLine($"{Bank.Name.Chinese} {Bank.Name.English} ({Bank.Id}), {Programme.Title.English}");
        string award = Account.AwardEntry is long entry ? $"{Account.Award!.Credits} (entry {entry})"
            : AwardProposal is ProposedPart p ? $"none yet; proposal {p.Case.Entry} is {p.Case.State}" : "none yet";
        AnsiConsole.WriteLine($"awarded   {award}");
        CreditHoldings now = Account.Holdings;
        AnsiConsole.WriteLine($"released  {CreditAward.Text(Account.Released)} {Programme.CreditUnit}, class {Bank.Class}");
        AnsiConsole.WriteLine($"sold      {CreditAward.Text(now.Sold.Credits)}");
        AnsiConsole.WriteLine($"reserved  {CreditAward.Text(now.Reserved)}; pre-sold {CreditAward.Text(now.Waiting)}");
        AnsiConsole.WriteLine($"reduced   {CreditAward.Text(now.Reduced.Credits)}");
        AnsiConsole.WriteLine($"available {CreditAward.Text(now.Available)}");
        if (Account.Suspended is SuspendedPart s)
        {
            AnsiConsole.WriteLine($"SUSPENDED by entry {s.Entry} ({s.Suspension.Trigger}): {s.Suspension.Reason}");
        }
        foreach (FiledPart v in Voids)
        {
            AnsiConsole.WriteLine($"VOID {v.Filing.Instrument} from {v.Filing.Day} on, by entry {v.Entry}: {v.Filing.Reason}");
        }
        foreach (SoldPart sold in Account.Sales)
        {
            string passed = sold.Transfer is long t ? $"passed by #{t}" : "not passed";
            AnsiConsole.WriteLine(
                $"sale #{sold.Entry}  {sold.Sale.Credits} for permit {sold.Sale.Permit} ({sold.Sale.Permittee}), " +
                $"serial numbers {sold.Sale.Serials}, responsibility {passed}");
        }
        foreach (BankTrigger trigger in Triggers)
        {
            string made = trigger.Proposed(Account) is TriggerPart part
                ? $"proposal #{part.Case.Entry}, {part.Case.State}"
                : "not proposed yet";
            AnsiConsole.WriteLine($"{trigger.Proposes} ({trigger.Trigger}): {trigger.Reason.English}; {made}");
        }
        var table = new Table()
            .AddColumns("milestone", "share %", "credits", "stage", "due", "release", "proposal", "approvals", "waits");
        foreach (MilestoneRow row in Milestones)
        {
            table.AddRow(
                row.Milestone.Id, CanonicalAssessment.Plain(row.Milestone.SharePercent)!, row.Credits, row.StageWords,
                row.DueWords, Number(row.Release), Number(row.Proposal), string.Join(", ", row.Approvals),
                Markup.Escape(row.Waits ?? ""));
        }
        AnsiConsole.Write(table);
        foreach (JudgedRow row in Judged) AnsiConsole.WriteLine(row.Words);
    }

    private void WriteTrades(Utf8JsonWriter json)
    {
        json.WriteStartArray("reservations");
        foreach (CreditHold hold in Account.Holdings.Holds)
        {
            CreditReservation made = Account.Reservations.First(r => r.Entry == hold.Id).Reservation;
            json.WriteStartObject();
            json.WriteNumber("entry", hold.Id);
            json.WriteString("reference", made.Reference);
            json.WriteString("permittee", made.Permittee);
            json.WriteString("until", made.Until);
            json.WriteString("held", CreditAward.Text(hold.Held.Credits));
            json.WriteString("waiting", CreditAward.Text(hold.Waiting));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("sales");
        foreach (SoldPart sold in Account.Sales)
        {
            json.WriteStartObject();
            json.WriteNumber("entry", sold.Entry);
            json.WriteString("reference", sold.Sale.Reference);
            json.WriteString("permit", sold.Sale.Permit);
            json.WriteString("permittee", sold.Sale.Permittee);
            json.WriteString("credits", sold.Sale.Credits);
            json.WriteString("serials", sold.Sale.Serials);
            WriteNumber(json, "transfer", sold.Transfer);
            json.WriteString("file", sold.Sale.File);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private ProposedPart? AwardProposal => Account.StandingProposal(null);

    private void WriteTriggers(Utf8JsonWriter json)
    {
        json.WriteStartArray("triggers");
        foreach (BankTrigger trigger in Triggers)
        {
            json.WriteStartObject();
            json.WriteString("proposes", trigger.Proposes);
            json.WriteString("trigger", trigger.Trigger);
            json.WriteString("subject", trigger.Subject);
            json.WriteString("ground", trigger.Ground);
            json.WriteString("reason", trigger.Reason.English);
            WriteNumber(json, "shows", trigger.Shows);
            TriggerPart? made = trigger.Proposed(Account);
            WriteNumber(json, "proposal", made?.Case.Entry);
            json.WriteString("state", made?.Case.State);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    internal static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is long value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    internal static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "—";
}
