using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;

namespace Monitor.Benchmarks;

/// <summary>
/// What the intake is measured against: the same rows (batches, payloads, readings) into the same schema under the same
/// settings, by prepared ADO.NET commands in one thread, 1,000 messages to a transaction. Nothing is received, decoded,
/// hashed or checked while the clock runs.
/// </summary>
internal static class BareInsert
{
    private const int Group = 1000;
    private static readonly string[] Codes =
        ["w01001", "w01003", "w01009", "w01010", "w01014", "w01019", "w21001", "w21003", "w21011"];

    /// <summary>Runs, and prints rows per second of readings.</summary>
    internal static int Run(string[] args)
    {
        int agents = Number(args[0]), messages = Number(args[1]), perBatch = Number(args[2]);
        (ReadingBatch Batch, byte[] Digest)[] batches = [.. from m in Enumerable.Range(1, messages)
            from a in Enumerable.Range(0, agents)
            let batch = Make(a, m, perBatch)
            select (batch, SHA256.HashData(batch.Payload.Span))];
        string folder = Directory.CreateTempSubdirectory("monitor-bare-").FullName;
        try
        {
            string file = Path.Combine(folder, "record.db");
            SqliteReadingStore.Open(file).Dispose();
            using var connection = new SqliteConnection($"Data Source={file}");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; " +
                "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
            Names(connection, agents);
            GC.Collect();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            Insert(connection, batches);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{{\"readings\":{batches.Length * perBatch},\"seconds\":{seconds:0.000}," +
                $"\"readingsPerSecond\":{batches.Length * perBatch / seconds:0},\"insertCpuSeconds\":{processor:0.00}}}"));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void Names(SqliteConnection connection, int agents)
    {
        for (int a = 0; a < agents; a++)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO sources (id, agent, boot) VALUES ({a + 1}, 'sim-{a:D5}', 'seed1')"));
        }
        for (int s = 0; s < 10 * Codes.Length; s++)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO series (id, section, instrument, measurand, statistic, unit) VALUES " +
                $"({s + 1}, 'SIM-{s / Codes.Length:D3}', '', '{Codes[s % Codes.Length]}', 'rtd', 'mg/L')"));
        }
    }

    private static void Insert(SqliteConnection connection, (ReadingBatch Batch, byte[] Digest)[] batches)
    {
        using SqliteCommand batchRow = Prepare(connection,
            "INSERT INTO batches (first, readings, source, seq, section, first_time, last_time, sent, received, digest) " +
            "VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)", 10);
        using SqliteCommand payloadRow = Prepare(connection, "INSERT INTO payloads (batch, bytes) VALUES ($0, $1)", 2);
        using SqliteCommand readingRow = Prepare(connection,
            "INSERT INTO readings (position, series, time, mantissa, scale, qualifier, status) " +
            "VALUES ($0, $1, $2, $3, $4, $5, $6)", 7);
        long position = 0;
        foreach ((ReadingBatch Batch, byte[] Digest)[] group in batches.Chunk(Group))
        {
            using SqliteTransaction transaction = connection.BeginTransaction(IsolationLevel.Serializable);
            (batchRow.Transaction, payloadRow.Transaction, readingRow.Transaction) = (transaction, transaction, transaction);
            foreach ((ReadingBatch batch, byte[] digest) in group)
            {
                int agent = Number(batch.Agent[4..]);
                long first = position + 1;
                Run(batchRow, first, batch.Readings.Count, agent + 1, batch.Sequence, batch.Section,
                    batch.Readings[0].Time.UnixMilliseconds, batch.Readings[^1].Time.UnixMilliseconds,
                    batch.Sent.UnixMilliseconds, batch.Sent.UnixMilliseconds, digest);
                Run(payloadRow, first, batch.Payload.ToArray());
                foreach (Reading reading in batch.Readings)
                {
                    Run(readingRow, ++position, (agent % 10 * Codes.Length) + (reading.Index % Codes.Length) + 1,
                        reading.Time.UnixMilliseconds, reading.Value.Mantissa, (int)reading.Value.Scale, 0, reading.Status);
                }
            }
            Execute(connection, transaction, position);
            transaction.Commit();
        }
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, long position)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE positions SET last = $last";
        command.Parameters.AddWithValue("$last", position);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (int i = 0; i < parameters; i++)
        {
            SqliteParameter parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}");
            command.Parameters.Add(parameter);
        }
        command.Prepare();
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static ReadingBatch Make(int agent, int sequence, int perBatch)
    {
        long start = 1_735_689_600_000 + (sequence * 600_000L);
        var batch = new ReadingBatch
        {
            Agent = string.Create(CultureInfo.InvariantCulture, $"sim-{agent:D5}"),
            Section = string.Create(CultureInfo.InvariantCulture, $"SIM-{agent % 10:D3}"),
            Boot = "seed1",
            Sequence = sequence,
            Sent = new Instant(start),
            Payload = default,
            Readings = [.. Enumerable.Range(0, perBatch).Select(i => new Reading
            {
                Index = i,
                Measurand = Codes[i % Codes.Length],
                Time = new Instant(start + (i / Codes.Length * 300_000L)),
                Value = new ReportedValue(100 + (((i * 37L) + sequence) % 900), 3),
                Statistic = Statistic.Instantaneous,
                Unit = "mg/L",
            })],
        };
        return batch with { Payload = EnvelopeCodec.Encode(batch) };
    }
}
