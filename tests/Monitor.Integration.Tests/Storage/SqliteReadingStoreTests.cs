using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Storage;
using Monitor.Domain;
using Monitor.Integration.Tests.Support;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

public sealed class SqliteReadingStoreTests : ReadingStoreContract
{
    private readonly TempFolder _folder = new();

    private string Record => _folder.File("record.db");

    protected override IReadingStore Open() =>
        SqliteReadingStore.Open(Record, settings: new SqliteSettings { LockWait = TimeSpan.FromMilliseconds(50) });

    protected override IReadingStore OpenWithoutRoom() =>
        SqliteReadingStore.Open(Record, settings: new SqliteSettings { BytesMax = 200_000 });

    protected override IDisposable HoldWriteLock()
    {
        SqliteDatabase other = SqliteDatabase.Open(Record, StoreAccess.ReadWrite, new SqliteSettings());
        other.Execute("BEGIN IMMEDIATE");
        return other;
    }

    protected override void Clean() => _folder.Dispose();

    [Fact]
    public void Settings_are_those_of_a_record_that_survives_a_power_cut()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadWrite, new SqliteSettings());
        Assert.Equal(2, database.Number("PRAGMA synchronous"));
        Assert.Equal(1, database.Number("PRAGMA foreign_keys"));
        using SqliteStatement mode = database.Prepare("PRAGMA journal_mode");
        Assert.True(mode.Step());
        Assert.Equal("wal", mode.Text(0));
    }

    [Theory]
    [InlineData("UPDATE readings SET mantissa = 1")]
    [InlineData("DELETE FROM readings")]
    [InlineData("UPDATE batches SET seq = 9")]
    [InlineData("DELETE FROM batches")]
    [InlineData("UPDATE payloads SET bytes = x'00'")]
    [InlineData("DELETE FROM payloads")]
    [InlineData("UPDATE positions SET last = 1")]
    [InlineData("UPDATE records SET body = x'00'")]
    [InlineData("DELETE FROM records")]
    public void The_file_itself_refuses_to_edit_what_is_stored(string sql)
    {
        using IReadingStore store = Open();
        store.Append([new BatchArrival(SampleBatch.Hourly(1))], new Instant(0));
        using SqliteRegistryStore registry = SqliteRegistryStore.Open(Record);
        registry.Append(new RecordDraft(RecordKind.Review, "series/S-03/w21003", "a", "{}"u8.ToArray()), new Instant(0));
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadWrite, new SqliteSettings());
        Exception refused = Assert.ThrowsAny<Exception>(() => database.Execute(sql));
        Assert.Contains("never", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_payload_is_kept_byte_for_byte()
    {
        ReadingBatch batch = SampleBatch.Hourly(1);
        using IReadingStore store = Open();
        store.Append([new BatchArrival(batch)], new Instant(0));
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadOnly, new SqliteSettings());
        using SqliteStatement row = database.Prepare("SELECT bytes FROM payloads");
        Assert.True(row.Step());
        Assert.Equal(batch.Payload.ToArray(), row.Blob(0).ToArray());
    }

    [Fact]
    public void Another_process_may_read_while_this_one_writes_and_after_it_closed()
    {
        using (IReadingStore store = Open())
        {
            store.Append([new BatchArrival(SampleBatch.Hourly(1))], new Instant(0));
            using SqliteReadingStore reader = SqliteReadingStore.Open(Record, StoreAccess.ReadOnly);
            Assert.Equal(2, reader.LastPosition);
            store.Append([new BatchArrival(SampleBatch.Hourly(2))], new Instant(0));
            Assert.Equal(4, reader.LastPosition);
            Assert.Throws<InvalidOperationException>(() =>
                reader.Append([new BatchArrival(SampleBatch.Hourly(3))], new Instant(0)));
        }
        using SqliteReadingStore later = SqliteReadingStore.Open(Record, StoreAccess.ReadOnly);
        Assert.Equal(4, later.Count().DistinctReadings);
    }

    [Fact]
    public void What_was_in_the_log_when_the_process_died_is_there_when_it_opens_again()
    {
        using IReadingStore dying = Open();
        dying.Append([new BatchArrival(SampleBatch.Hourly(1))], new Instant(0));
        // The files as a killed process leaves them: nothing was folded back, nothing was closed.
        string copy = _folder.File("copy.db");
        File.Copy(Record, copy);
        File.Copy(Record + "-wal", copy + "-wal");

        using SqliteReadingStore reopened = SqliteReadingStore.Open(copy);
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), reopened.Count());
        Assert.Equal([AppendOutcome.Repeat],
            reopened.Append([new BatchArrival(SampleBatch.Hourly(1))], new Instant(0)));
        Assert.Equal([AppendOutcome.Stored],
            reopened.Append([new BatchArrival(SampleBatch.Hourly(2))], new Instant(0)));
    }

    [Fact]
    public void A_missing_file_is_not_made_by_reading()
    {
        Assert.Throws<StoreUnavailableException>(() => SqliteReadingStore.Open(Record, StoreAccess.ReadOnly));
        Assert.False(File.Exists(Record));
    }

    [Fact]
    public void A_file_that_is_no_store_or_of_a_newer_program_is_refused_with_a_remedy()
    {
        File.WriteAllText(Record, new string('x', 5000));
        Assert.Throws<StoreUnusableException>(Open);

        string newer = _folder.File("newer.db");
        using (SqliteDatabase database = SqliteDatabase.Open(newer, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            database.Execute($"PRAGMA user_version = {SqliteReadingStore.SchemaVersion + 1}");
        }
        StoreUnusableException refused = Assert.Throws<StoreUnusableException>(() => SqliteReadingStore.Open(newer));
        Assert.Contains("newer program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_about_one_section_never_walks_the_whole_record()
    {
        using IReadingStore store = Open();
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadOnly, new SqliteSettings());
        using SqliteStatement plan = database.Prepare("EXPLAIN QUERY PLAN " + ReadingRows.Sql);
        var steps = new List<string>();
        while (plan.Step()) steps.Add(plan.Text(3));
        Assert.DoesNotContain(steps, s => s.StartsWith("SCAN", StringComparison.Ordinal));
        Assert.StartsWith("SEARCH b USING INDEX batches_by_section_time (section=? AND last_time>?", steps[0],
            StringComparison.Ordinal);
        Assert.StartsWith("SEARCH r USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", steps[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_time_never_walks_the_batches()
    {
        using IReadingStore store = Open();
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadOnly, new SqliteSettings());
        using SqliteStatement plan = database.Prepare("EXPLAIN QUERY PLAN " + SqliteReadingStore.NewestSql);
        var steps = new List<string>();
        while (plan.Step()) steps.Add(plan.Text(3));
        Assert.Contains(steps, s => s.StartsWith(
            "SEARCH b USING COVERING INDEX batches_by_section_time (section=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, s => s.StartsWith("SCAN b", StringComparison.Ordinal));
    }
}
