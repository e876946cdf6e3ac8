using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Cli.Verbs;

/// <summary>The newest judgement of a milestone, or of a part of a yearly one.</summary>
/// <param name="Path">What was judged, as <c>year-1.survey</c>.</param>
/// <param name="Kind">By what.</param>
/// <param name="Outcome">The outcome's word that counts.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Missing">What a year lacks; none for others.</param>
internal sealed record JudgedRow(string Path, string Kind, string Outcome, long Entry, IReadOnlyList<string> Missing)
{
    /// <summary>A line for people.</summary>
    internal string Words => $"judged    {Path} by {Kind}: {Outcome} (entry {Entry})"
        + (Missing.Count == 0 ? "" : $"; missing: {string.Join(", ", Missing)}");

    /// <summary>The row of a part; null of a document, and before anything was judged.</summary>
    internal static JudgedRow? Of(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, IReadOnlyList<LedgerEntry> entries)
    {
        if (part.Criterion is ByDocument || JudgedParts.Newest(programme, bank, part, entries) is not LedgerEntry newest)
        {
            return null;
        }
        return new JudgedRow(
            part.Path, part.Criterion.Kind, JudgedParts.OutcomeOf(programme, bank, part, entries) ?? "", newest.Number,
            part.Criterion is ByYear ? YearJudgement.Assess(programme, bank, part.Milestone, entries)?.Missing ?? [] : []);
    }

    /// <summary>Writes it as an object.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("milestone", Path);
        json.WriteString("criterion", Kind);
        json.WriteString("outcome", Outcome);
        json.WriteNumber("entry", Entry);
        json.WriteStartArray("missing");
        foreach (string missing in Missing) json.WriteStringValue(missing);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
