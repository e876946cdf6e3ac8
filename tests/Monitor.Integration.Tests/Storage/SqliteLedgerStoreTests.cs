using Monitor.Domain.Readings;
using Monitor.Domain;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Storage.Sqlite;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

public sealed class SqliteLedgerStoreTests : LedgerStoreContract
{
    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    protected override ILedgerStore Open() => SqliteLedgerStore.Open(Folder);

    protected override void Clean() => _scratch.Dispose();

    [Fact]
    public void Head_json_holds_the_newest_entry_after_each_seal()
    {
        using ILedgerStore store = Open();
        Assert.Equal(LedgerHead.Empty, LedgerHead.FromJson(File.ReadAllBytes(Folder.Head)));
        Seal(store, 2);
        Assert.Equal(store.Head, LedgerHead.FromJson(File.ReadAllBytes(Folder.Head)));
        Assert.Empty(Directory.GetFiles(Folder.Root, "*.tmp"));
    }

    [Fact]
    public void A_head_one_entry_behind_is_brought_up_on_opening()
    {
        byte[] before;
        using (ILedgerStore store = Open())
        {
            Seal(store, 2);
            before = File.ReadAllBytes(Folder.Head);
            Seal(store, 3);
        }
        File.WriteAllBytes(Folder.Head, before);   // killed between the commit of entry 3 and the rewrite
        using (SqliteLedgerStore reader = SqliteLedgerStore.Open(Folder, StoreAccess.ReadOnly))
        {
            Assert.True(reader.Verify().Intact);
            Assert.Equal(before, File.ReadAllBytes(Folder.Head));
        }
        using SqliteLedgerStore reopened = SqliteLedgerStore.Open(Folder);
        Assert.Equal(new LedgerHead(3, reopened.At(3)!.Hash), LedgerHead.FromJson(File.ReadAllBytes(Folder.Head)));
        Assert.Equal(4, Seal(reopened, 4).Number);
    }

    [Fact]
    public void A_tail_that_was_cut_off_is_found_never_mended_and_nothing_is_sealed_after_it()
    {
        using (ILedgerStore store = Open()) Seal(store, 3);
        byte[] head = File.ReadAllBytes(Folder.Head);
        Tamper("DROP TRIGGER entries_remain; DELETE FROM entries WHERE number = 3");

        using SqliteLedgerStore cut = SqliteLedgerStore.Open(Folder);
        LedgerVerdict verdict = cut.Verify();
        Assert.Equal((false, 2L, 3L), (verdict.Intact, verdict.Entries, verdict.BrokenAt));
        Assert.Contains("cut off", verdict.Reason, StringComparison.Ordinal);
        Assert.Throws<StoreUnusableException>(() => Seal(cut, 4));
        Assert.Equal(head, File.ReadAllBytes(Folder.Head));
        Assert.Equal(2, cut.Head.Entries);
    }

    [Theory]
    [InlineData("UPDATE entries SET bytes = replace(bytes, 'k/2', 'k/9') WHERE number = 2", 2)]
    [InlineData("UPDATE entries SET hash = replace(hash, substr(hash, 1, 8), '00000000') WHERE number = 1", 1)]
    [InlineData("UPDATE entries SET number = 9 WHERE number = 2", 2)]
    public void An_edit_past_the_triggers_is_found_at_its_entry(string sql, long entry)
    {
        using (ILedgerStore store = Open()) Seal(store, 3);
        Tamper("DROP TRIGGER entries_stay; " + sql.Replace("replace(bytes, 'k/2', 'k/9')",
            "CAST(replace(CAST(bytes AS TEXT), 'k/2', 'k/9') AS BLOB)", StringComparison.Ordinal));
        using SqliteLedgerStore reader = SqliteLedgerStore.Open(Folder, StoreAccess.ReadOnly);
        LedgerVerdict verdict = reader.Verify();
        Assert.Equal((false, entry), (verdict.Intact, verdict.BrokenAt));
        if (entry == 2 && sql.Contains("bytes", StringComparison.Ordinal))
        {
            Assert.Throws<StoreUnusableException>(() => reader.At(2));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"entries\":2,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}")]
    [InlineData("{\"entries\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}")]
    [InlineData("{\"entries\":0,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}")]
    [InlineData(null)]
    public void A_head_that_was_replaced_or_removed_does_not_verify_and_refuses_to_seal(string? content)
    {
        using (ILedgerStore store = Open()) Seal(store, 2);
        if (content is null) File.Delete(Folder.Head);
        else File.WriteAllText(Folder.Head, content);

        using SqliteLedgerStore reopened = SqliteLedgerStore.Open(Folder);
        Assert.False(reopened.Verify().Intact);
        Assert.NotEmpty(reopened.Verify().Reason);
        Assert.Throws<StoreUnusableException>(() => Seal(reopened, 3));
    }

    [Theory]
    [InlineData("UPDATE entries SET key = 'x'")]
    [InlineData("DELETE FROM entries")]
    [InlineData("INSERT INTO entries VALUES (4, 'x', printf('%064d', 7), x'00')")]
    public void The_file_itself_refuses_edits_and_gaps(string sql)
    {
        using ILedgerStore store = Open();
        Seal(store, 2);
        Assert.ThrowsAny<Exception>(() => Tamper(sql));
        Assert.Equal(2, store.Head.Entries);
    }

    [Fact]
    public void A_ledger_that_cannot_write_its_head_says_so_and_mends_itself_when_asked_again()
    {
        using ILedgerStore store = Open();
        Seal(store, 1);
        File.Delete(Folder.Head);
        Directory.CreateDirectory(Folder.Head);   // a folder in the file's place: nothing can be renamed onto it
        Assert.Throws<StoreUnavailableException>(() => Seal(store, 2));
        Directory.Delete(Folder.Head);
        File.WriteAllBytes(Folder.Head, new LedgerHead(1, store.At(1)!.Hash).ToJson());
        Assert.Equal(2, Seal(store, 2).Number);
        Assert.True(((SqliteLedgerStore)store).Verify().Intact);
    }

    [Fact]
    public void Verification_beside_a_sealing_service_never_cries_wolf()
    {
        using ILedgerStore store = Open();
        using SqliteLedgerStore reader = SqliteLedgerStore.Open(Folder, StoreAccess.ReadOnly);
        Parallel.Invoke(
            () => Seal(store, 150),
            () => Assert.All(Enumerable.Range(0, 60), _ => Assert.Equal("", reader.Verify().Reason)));
        Assert.Equal(150, reader.Verify().Entries);
    }

    private static LedgerEntry Seal(ILedgerStore store, int upTo)
    {
        LedgerEntry? last = null;
        for (int i = 1; i <= upTo; i++) last = store.Append(Draft($"k/{i}", $"{{\"n\":{i}}}"), new Instant(i));
        return last!;
    }

    private void Tamper(string sql)
    {
        using SqliteDatabase database = SqliteDatabase.Open(Folder.Ledger, StoreAccess.ReadWrite, new SqliteSettings());
        database.Execute(sql);
    }
}
