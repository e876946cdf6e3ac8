using System.Globalization;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary>What <c>assess</c> prints.</summary>
internal static class AssessReport
{
    /// <summary>The canonical assessment of each section, one a line.</summary>
    internal static void WriteJson(IEnumerable<RiverAssessment> assessments, bool isWhatIf)
    {
        using Stream output = Console.OpenStandardOutput();
        foreach (RiverAssessment assessment in assessments)
        {
            output.Write(CanonicalAssessment.Write(assessment, isWhatIf));
            output.Write("\n"u8);
        }
    }

    /// <summary>A row for each section, then what its parts came to, who pays whom, and why not.</summary>
    internal static void WriteTable(IReadOnlyList<RiverAssessment> assessments, string mark)
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
        if (mark.Length > 0) AnsiConsole.WriteLine(mark);
        AnsiConsole.Write(view);
        foreach (RiverAssessment a in assessments)
        {
            if (!a.Programme.Outcome.IsTableAlone) WriteParts(a);
            foreach (SplitPayment payment in a.Payments.Count > 1 ? a.Payments : [])
            {
                AnsiConsole.WriteLine($"{a.Section.Id}: {payment.Payer.Chinese} → {payment.Payee.Chinese} {Plain(payment.Yuan)}");
            }
            foreach (Bilingual reason in a.Reasons) AnsiConsole.WriteLine($"{a.Section.Id}: {reason.Chinese} / {reason.English}");
        }
    }

    /// <summary>The parties' accounts, on one line of JSON.</summary>
    internal static void WriteAccounts(RiverProgramme programme, string period, IReadOnlyList<PartyAccount>? accounts)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(json =>
        {
            json.WriteString("programme", programme.Id);
            json.WriteString("version", programme.Version);
            json.WriteString("period", period);
            json.WriteBoolean("settled", accounts is not null);
            json.WriteStartArray("accounts");
            foreach (PartyAccount account in accounts ?? [])
            {
                json.WriteStartObject();
                json.WriteString("party", account.Party.Chinese);
                json.WriteString("paysIn", Plain(account.PaysIn));
                json.WriteString("receives", Plain(account.Receives));
                json.WriteString("deducted", Plain(account.Deducted));
                json.WriteString("gains", Plain(account.Gains));
                json.WriteString("net", Plain(account.Net));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>The same as a table.</summary>
    internal static void WriteAccountTable(IReadOnlyList<PartyAccount>? accounts)
    {
        if (accounts is null)
        {
            AnsiConsole.WriteLine("No account: a section is suspended or undefined.");
            return;
        }
        var view = new Table().AddColumns("party", "pays in", "receives", "deducted", "gains", "net");
        foreach (PartyAccount a in accounts)
        {
            view.AddRow(
                Markup.Escape(a.Party.Chinese), Plain(a.PaysIn), Plain(a.Receives), Plain(a.Deducted), Plain(a.Gains),
                Plain(a.Net));
        }
        AnsiConsole.Write(view);
    }

    private static void WriteParts(RiverAssessment a)
    {
        foreach (PartOutcome part in a.Parts)
        {
            string yuan = part.Yuan is decimal signed ? Plain(Math.Abs(signed)) : "—";
            string cap = part.Uncapped != part.Yuan ? $" (capped from {Plain(Math.Abs(part.Uncapped ?? 0))})" : "";
            AnsiConsole.WriteLine($"{a.Section.Id}: {part.Part.Label.Chinese} / {part.Part.Label.English}: "
                + $"{part.Direction.Name()} {yuan}{cap}");
        }
    }

    private static string Plain(decimal yuan) =>
        CanonicalAssessment.Plain(yuan) ?? yuan.ToString(CultureInfo.InvariantCulture);
}
