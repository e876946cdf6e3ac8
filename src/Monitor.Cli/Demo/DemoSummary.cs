using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Server;
using Monitor.Server.Jobs;

namespace Monitor.Cli.Demo;

/// <summary>What the demonstration came to; the contract of <c>demo --once --json</c>.</summary>
internal sealed record DemoSummary(
    long Published, StoreCounts Counts, IReadOnlyList<SealedNotice> Notices, int Proposals, LedgerVerdict Ledger)
{
    internal static DemoSummary Of(MonitorServer server, long published, IReadOnlyList<SealedNotice> notices)
    {
        int proposals = 0;
        foreach (StoredLedgerLine line in server.Ledger.Lines())
        {
            if (!LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _)) continue;
            if (entry.Kind == LedgerKinds.Proposal) proposals++;
        }
        return new DemoSummary(published, server.Record.Count(), notices, proposals, server.Ledger.Verify());
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
        json.WriteEndArray();
        json.WriteNumber("proposals", Proposals);
        json.WriteStartObject("ledger");
        json.WriteNumber("entries", Ledger.Entries);
        json.WriteString("head", Ledger.Hash);
        json.WriteBoolean("verified", Ledger.Intact);
        json.WriteEndObject();
    }
}
