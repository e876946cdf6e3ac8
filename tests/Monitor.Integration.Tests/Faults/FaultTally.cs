using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;

namespace Monitor.Integration.Tests.Faults;

/// <summary>What a run came to, counted in readings from the files that it left.</summary>
/// <param name="Sampled">Rows that the devices measured.</param>
/// <param name="Stored">Different ones among them that the store has, to the digit.</param>
/// <param name="Lost">Sampled, and not stored.</param>
/// <param name="Duplicated">Rows of the store beyond one for each sample.</param>
/// <param name="FalselyAcknowledged">Acknowledged by an agent's outbox, and not stored.</param>
/// <param name="Unsettled">Not acknowledged when the agents said that they had drained, or refused.</param>
/// <param name="LedgerHolds">Whether the ledger verifies.</param>
internal sealed record FaultTally(
    int Sampled, int Stored, int Lost, int Duplicated, int FalselyAcknowledged, long Unsettled, bool LedgerHolds)
{
    /// <summary>Nothing lost, doubled, or promised in vain.</summary>
    internal bool IsClean => Sampled > 0 && Stored == Sampled && Unsettled == 0 && LedgerHolds
        && (Lost, Duplicated, FalselyAcknowledged) == (0, 0, 0);

    /// <summary>Counts once all processes have ended.</summary>
    internal static FaultTally Of(string data, IReadOnlyList<FaultAgent> agents)
    {
        var folder = new DataFolder(data);
        using SqliteReadingStore record = SqliteReadingStore.Open(folder.Record, StoreAccess.ReadOnly);
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(folder, StoreAccess.ReadOnly);
        int sampled = 0, stored = 0, rows = 0, falsely = 0;
        long unsettled = 0;
        foreach (FaultAgent agent in agents)
        {
            List<StoredReading> there = [.. record.Read(new ReadingQuery(agent.Section, Statistic.Instantaneous,
                new Instant(0), new Instant(long.MaxValue), long.MaxValue))];
            sampled += agent.Sampled.Count;
            rows += there.Count;
            stored += there
                .Where(r => r.Reading.Value.ToString()
                    == agent.Sampled.GetValueOrDefault((r.Reading.Time.UnixMilliseconds, r.Reading.Measurand)))
                .Select(r => (r.Reading.Time, r.Reading.Measurand)).Distinct().Count();
            HashSet<(string, long, int)> identities = [.. there.Select(r => (r.Boot, r.Sequence, r.Reading.Index))];
            falsely += Acknowledged(agent.Outbox).Count(identity => !identities.Contains(identity));
            OutboxCounts counts = Outbox.Look(agent.Outbox);
            unsettled += counts.Published - counts.Acknowledged;
        }
        return new FaultTally(
            sampled, stored, sampled - stored, rows - stored, falsely, unsettled, ledger.Verify().Intact);
    }

    private static List<(string Boot, long Sequence, int Index)> Acknowledged(string outbox)
    {
        using SqliteConnection db = OutboxFile.OpenForReading(outbox);
        using SqliteCommand command = db.CreateCommand();
        command.CommandText = "SELECT payload FROM reading_batch WHERE state = 1";
        using SqliteDataReader row = command.ExecuteReader();
        List<(string, long, int)> identities = [];
        while (row.Read())
        {
            if (!EnvelopeCodec.TryDecode((byte[])row.GetValue(0), out ReadingBatch? batch, out string reason))
            {
                throw new InvalidDataException(reason);
            }
            identities.AddRange(batch.Readings.Select(r => (batch.Boot, batch.Sequence, r.Index)));
        }
        return identities;
    }
}
