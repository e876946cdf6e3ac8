using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Server;
using Monitor.Server.Jobs;

namespace Monitor.Cli.Demo;

/// <summary>What the demonstration came to; the contract of <c>demo --once --json</c>.</summary>
internal sealed record DemoSummary(
    long Published, StoreCounts Counts, IReadOnlyList<SealedNotice> Notices, IReadOnlyList<CreditRelease> Releases,
    int Proposals, LedgerVerdict Ledger)
{
    /// <summary>Reads it out of the stores.</summary>
    /// <param name="server">The running service.</param>
    /// <param name="published">Readings handed to outboxes, and figures of scenes.</param>
    /// <param name="drafts">The year's notices as drafts, in the order of the programme.</param>
    /// <param name="verdict">What verification found.</param>
    internal static DemoSummary Of(
        MonitorServer server, long published, IReadOnlyList<SealedNotice> drafts, LedgerVerdict verdict)
    {
        List<LedgerEntry> entries = [.. server.Ledger.Entries()];
        Dictionary<string, SealedNotice> issued = entries.Where(e => e.Kind == LedgerKinds.Notice)
            .Select(SealedNotice.Read).Where(n => n.CompletesHash is not null)
            .ToDictionary(n => $"{n.Section}/{n.AssessmentHash}");
        return new DemoSummary(
            published, server.Record.Count(),
            [.. drafts.Select(d => issued.GetValueOrDefault($"{d.Section}/{d.AssessmentHash}", d))],
            [.. entries.Where(e => e.Kind == LedgerKinds.Release).Select(CreditRelease.Read)],
            entries.Count(e => e.Kind == LedgerKinds.Proposal), verdict);
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("readings");
        json.WriteNumber("published", Published);
        json.WriteNumber("stored", Counts.Readings);
        json.WriteNumber("duplicates", Counts.Readings - Counts.DistinctReadings);
        json.WriteNumber("deadLettered", Counts.DeadLetters);
        json.WriteEndObject();
        json.WriteStartArray("notices");
        foreach (SealedNotice n in Notices)
        {
            json.WriteStartObject();
            json.WriteString("section", n.Section);
            json.WriteString("period", n.Period);
            json.WriteString("index", n.Index);
            json.WriteString("class", n.Class);
            json.WriteString("targetClass", n.TargetClass);
            json.WriteString("direction", n.Direction);
            json.WriteString("amount", n.Amount);
            json.WriteString("status", n.Status);
            json.WriteString("file", n.File);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("releases");
        foreach (CreditRelease r in Releases)
        {
            json.WriteStartObject();
            json.WriteString("bank", r.Bank);
            json.WriteString("milestone", r.Milestone);
            json.WriteString("credits", r.Credits);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("proposals", Proposals);
        json.WriteStartObject("ledger");
        json.WriteNumber("entries", Ledger.Entries);
        json.WriteString("head", Ledger.Hash);
        json.WriteBoolean("verified", Ledger.Intact);
        json.WriteEndObject();
    }
}
