using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

public sealed class SqliteRegistryStoreTests : RegistryStoreContract
{
    private readonly TempFolder _folder = new();

    private string Record => _folder.File("record.db");

    protected override IRegistryStore Open() => SqliteRegistryStore.Open(Record, settings: Patient);

    protected override IReadingStore OpenReadings() => SqliteReadingStore.Open(Record, settings: Patient);

    protected override IDisposable HoldWriteLock()
    {
        SqliteDatabase other = SqliteDatabase.Open(Record, StoreAccess.ReadWrite, new SqliteSettings());
        other.Execute("BEGIN IMMEDIATE");
        return other;
    }

    protected override void Clean() => _folder.Dispose();

    private static SqliteSettings Patient { get; } = new() { LockWait = TimeSpan.FromSeconds(2) };

    [Fact]
    public void A_file_of_the_first_schema_is_brought_up_with_all_it_holds()
    {
        MakeFirst();
        // Reading alone does not change the file, and says what would.
        StoreUnavailableException older = Assert.Throws<StoreUnavailableException>(
            () => SqliteReadingStore.Open(Record, StoreAccess.ReadOnly));
        Assert.Contains("serve", older.Message, StringComparison.Ordinal);

        using IReadingStore readings = OpenReadings();
        using IRegistryStore registry = Open();
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), readings.Count());
        Assert.Equal([AppendOutcome.Repeat],
            readings.Append([new BatchArrival(SampleBatch.Hourly(1))], new Instant(0)));
        RecordDraft draft = new(RecordKind.Review, "series/S-03/w21003", "a", "{}"u8.ToArray());
        Assert.Equal(3, registry.Append(draft, new Instant(0)).Position);
    }

    [Fact]
    public void Two_programs_that_bring_the_same_file_up_at_once_both_succeed()
    {
        MakeFirst();
        Parallel.For(0, 4, _ =>
        {
            using IRegistryStore registry = Open();
            Assert.Equal(2, registry.LastPosition);
        });
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadOnly, new SqliteSettings());
        Assert.Equal(SqliteReadingStore.SchemaVersion, database.Number("PRAGMA user_version"));
    }

    [Fact]
    public void The_file_itself_refuses_a_record_outside_the_sequence()
    {
        using IRegistryStore registry = Open();
        using SqliteDatabase database = SqliteDatabase.Open(Record, StoreAccess.ReadWrite, new SqliteSettings());
        Exception refused = Assert.ThrowsAny<Exception>(() => database.Execute(
            "INSERT INTO records (position, kind, subject, key, recorded, body) VALUES (7, 'review', 'a', 'k', 0, x'7b7d')"));
        Assert.Contains("next position", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_opened_for_reading_makes_no_file_and_appends_nothing()
    {
        Assert.Throws<StoreUnavailableException>(() => SqliteRegistryStore.Open(Record, StoreAccess.ReadOnly));
        Assert.False(File.Exists(Record));
        Open().Dispose();
        using SqliteRegistryStore reader = SqliteRegistryStore.Open(Record, StoreAccess.ReadOnly);
        Assert.Throws<InvalidOperationException>(() => reader.Append(
            new RecordDraft(RecordKind.Review, "a", "k", "{}"u8.ToArray()), new Instant(0)));
    }

    /// <summary>A file as the program before this one left it: schema 1 with one batch in it.</summary>
    private void MakeFirst()
    {
        using (IReadingStore readings = OpenReadings())
        {
            readings.Append([new BatchArrival(SampleBatch.Hourly(1))], new Instant(0));
        }
        using SqliteDatabase back = SqliteDatabase.Open(Record, StoreAccess.ReadWrite, new SqliteSettings());
        back.Execute(
            """
            DROP TABLE retained; DROP TABLE alarms; DROP INDEX dead_letters_by_section; DROP TRIGGER batches_keep_prev;
            ALTER TABLE batches DROP COLUMN prev; ALTER TABLE dead_letters DROP COLUMN section;
            ALTER TABLE dead_letters DROP COLUMN readings; ALTER TABLE dead_letters DROP COLUMN first_time;
            ALTER TABLE dead_letters DROP COLUMN last_time; DROP TABLE records;
            DROP TRIGGER batches_keep_doubt; ALTER TABLE batches DROP COLUMN doubt; PRAGMA user_version = 1
            """);
    }
}
