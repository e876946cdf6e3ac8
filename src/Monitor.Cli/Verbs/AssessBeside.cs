using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary>What <c>assess</c> says beside the judgements: alternatives, and a look ahead. After them, never in them.</summary>
internal static class AssessBeside
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Each judgement in the other ways that somebody may hold against it.</summary>
    internal static void WriteAlternatives(
        IReadOnlyList<RiverAssessment> assessments, Dictionary<string, List<Reading>> bySection, bool json)
    {
        foreach (RiverAssessment a in assessments)
        {
            List<AlternativeAnswer> alternatives =
                [.. Alternatives.Of(a, bySection[a.Section.Id]).Select(AlternativeAnswer.Of)];
            if (json) WriteLine(new { section = a.Section.Id, period = a.Period.Label, alternatives });
            else WriteTable(a, alternatives);
        }
    }

    /// <summary>Where each section's year stands, and what may still come.</summary>
    /// <param name="assessments">The judgements; of a year.</param>
    /// <param name="bySection">The readings.</param>
    /// <param name="last">First moment that is not known yet; null for as far as the readings go.</param>
    /// <param name="json">Whether to print JSON.</param>
    internal static void WriteAhead(
        IReadOnlyList<RiverAssessment> assessments, Dictionary<string, List<Reading>> bySection, Instant? last, bool json)
    {
        foreach (RiverAssessment whole in assessments)
        {
            List<Reading> readings = bySection[whole.Section.Id];
            (RiverAssessment a, Instant? until) = (whole, AheadJudgement.Until(whole.Programme, whole.Period, readings));
            if (last is Instant end)
            {
                a = RiverJudgement.Assess(whole.Programme, whole.Section, whole.Period, readings.Where(r => r.Time < end));
                until = end;
            }
            var answer = AheadAnswer.Of(AheadJudgement.Of(a, until ?? a.Period.Start), a);
            if (json) WriteLine(new { section = answer.Section, period = answer.Period, ahead = answer });
            else WriteTable(answer);
        }
    }

    /// <summary>The end of the last month that is over; null where none is named.</summary>
    /// <exception cref="InputException">The period is a month, or <paramref name="through"/> is none of the year.</exception>
    internal static Instant? End(Period year, string? through)
    {
        if (year.Month is not null)
        {
            throw new InputException("a month is not looked ahead.", "Give a year, as 2025.", field: "--period");
        }
        if (through is null) return null;
        return Period.TryParse(through, year.Zone, out Period? month) && month.Month is not null && month.Year == year.Year
            ? month.End
            : throw new InputException(
                $"'{through}' is no month of {year.Label}.", $"Write {year.Label}-06.", field: "--through");
    }

    private static void WriteLine<T>(T value)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(JsonSerializer.SerializeToUtf8Bytes(value, Options));
        output.Write("\n"u8);
    }

    private static void WriteTable(RiverAssessment a, List<AlternativeAnswer> alternatives)
    {
        AnsiConsole.WriteLine($"{a.Section.Id}: would it change? Never sealed.");
        var view = new Table().AddColumns("in another way", "index", "result", "yuan", "outcome");
        foreach (AlternativeAnswer other in alternatives)
        {
            view.AddRow(
                Markup.Escape($"{other.Zh} / {other.En}"), other.Index ?? "—", other.Direction, other.Amount ?? "—",
                other.Outcome);
        }
        AnsiConsole.Write(view);
    }

    private static void WriteTable(AheadAnswer ahead)
    {
        AnsiConsole.WriteLine($"{ahead.Section}: {ahead.Through} months are over; index {ahead.Index ?? "—"}, "
            + $"{ahead.SoFar.Direction}; at the year's end {ahead.IndexAtEnd ?? "—"}");
        AnsiConsole.WriteLine(ahead.Certain is AheadOutcomeText certain
            ? $"{ahead.Section}: certain: {certain.Direction} {certain.Amount}"
            : $"{ahead.Section}: not certain{(ahead.WhyNot is null ? "" : $": {ahead.WhyNot.Zh} / {ahead.WhyNot.En}")}");
        var view = new Table().AddColumns("row", "index", "result", "the rest over its baseline", "each alone");
        foreach (AheadNeedText need in ahead.Needs)
        {
            view.AddRow(
                need.Row, Markup.Escape(need.Interval), need.Direction, Markup.Escape(need.Together ?? "—"),
                Markup.Escape(string.Join("; ", need.Alone.Select(t => $"{t.Measurand} {t.Mean ?? "—"}"))));
        }
        AnsiConsole.Write(view);
        foreach (AheadWarningText warning in ahead.Warnings)
        {
            string where = warning.Edge is null ? "" : $" of {warning.Edge} within {warning.Distance}";
            AnsiConsole.WriteLine($"{ahead.Section}: {warning.Kind}{where}: {warning.Beyond.Direction}");
        }
    }
}
