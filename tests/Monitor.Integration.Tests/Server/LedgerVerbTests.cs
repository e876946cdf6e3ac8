using System.Text;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Storage.Sqlite;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary><c>ledger show|verify</c>, as a script sees them.</summary>
public sealed class LedgerVerbTests : IDisposable
{
    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_intact_ledger_verifies_with_its_head_and_shows_its_entries_verbatim()
    {
        LedgerHead head = Seal(2);
        Assert.Equal((0, $"{{\"verified\":true,\"entries\":2,\"head\":\"{head.Hash}\"}}\n"),
            await Run("verify", "--json"));

        (int code, string output) = await Run("show", "2", "--json");
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(Folder, StoreAccess.ReadOnly);
        string entry = Encoding.UTF8.GetString(ledger.At(2)!.Bytes.Span);
        Assert.Equal((0, $"{{\"number\":2,\"hash\":\"{head.Hash}\",\"entry\":{entry}}}\n"), (code, output));
        Assert.Equal(2, (await Run("show", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_broken_ledger_ends_with_1_and_names_the_entry_and_why()
    {
        LedgerHead head = Seal(3);
        using (var database = SqliteDatabase.Open(Folder.Ledger, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            database.Execute("DROP TRIGGER entries_remain; DELETE FROM entries WHERE number = 3");
        }
        (int code, string output) = await Run("verify", "--json");
        Assert.Equal(1, code);
        Assert.Contains("\"verified\":false,\"entries\":2,", output, StringComparison.Ordinal);
        Assert.Contains("\"brokenAt\":3,\"reason\":\"head.json names 3 entries", output, StringComparison.Ordinal);
        Assert.DoesNotContain(head.Hash, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_ledger_and_an_entry_that_is_not_there_end_with_2()
    {
        Assert.Equal((2, ""), await Run("verify"));
        Assert.False(File.Exists(Folder.Ledger));
        Seal(1);
        Assert.Equal((2, ""), await Run("show", "7"));
    }

    private LedgerHead Seal(int entries)
    {
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(Folder);
        for (int i = 1; i <= entries; i++)
        {
            ledger.Append(new LedgerDraft(LedgerKinds.Assessment, $"k/{i}", "monitor test", null, null,
                Encoding.UTF8.GetBytes($"{{\"n\":{i}}}")), new Instant(i));
        }
        return ledger.Head;
    }

    private async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        using ProgramProcess process = ProgramProcess.Start(
            "monitor", ["ledger", .. arguments, "--data", Folder.Root]);
        return await process.EndAsync();
    }
}
