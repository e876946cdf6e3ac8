using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>The demonstration's judgements, carried to the other party: <c>bundle</c> here, <c>verify</c> there.</summary>
[Collection(FinishedDemo.Collection)]
public sealed class BundleVerbTests(FinishedDemo demo) : IDisposable
{
    private readonly TempFolder _elsewhere = new();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task Every_issued_notice_and_every_release_that_rests_on_readings_verifies_from_its_file_alone()
    {
        List<long> entries = Computed();
        // 7 notices; of the 12 releases those that a scene shows.
        Assert.True(entries.Count > 7, $"{entries.Count} entries");
        foreach (long entry in entries)
        {
            string file = _elsewhere[$"{entry}.zip"];
            (int made, string output, string errors) = await ProgramProcess.RunAsync(
                "monitor", "bundle", $"{entry}", "--out", file, "--data", demo.Root, "--json");
            Assert.True(made == 0, errors);
            (int code, string verdict, errors) = await ProgramProcess.RunAsync("monitor", "verify", file, "--json");
            Assert.True(code == 0, verdict + errors);
            using JsonDocument json = JsonDocument.Parse(verdict);
            Assert.True(json.RootElement.GetProperty("verified").GetBoolean());
            Assert.Equal(entry, json.RootElement.GetProperty("entry").GetInt64());
            Assert.Equal(entry, JsonDocument.Parse(output).RootElement.GetProperty("entry").GetInt64());
        }
    }

    [Fact]
    public async Task A_bundle_that_is_cut_off_or_none_or_not_there_ends_with_2()
    {
        string file = _elsewhere["whole.zip"], cut = _elsewhere["cut.zip"], text = _elsewhere["text.zip"];
        (int made, _, string errors) = await ProgramProcess.RunAsync(
            "monitor", "bundle", $"{Computed()[0]}", "--out", file, "--data", demo.Root);
        Assert.True(made == 0, errors);
        byte[] whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(cut, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(text, "no zip", TestContext.Current.CancellationToken);
        foreach (string bad in new[] { cut, text, _elsewhere["none.zip"] })
        {
            (int code, string output, errors) = await ProgramProcess.RunAsync("monitor", "verify", bad);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains(bad, errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_byte_that_flips_in_the_file_never_ends_in_another_verdict_of_the_same_name()
    {
        string file = _elsewhere["whole.zip"], spoiled = _elsewhere["spoiled.zip"];
        (int made, _, string errors) = await ProgramProcess.RunAsync(
            "monitor", "bundle", $"{Computed()[0]}", "--out", file, "--data", demo.Root);
        Assert.True(made == 0, errors);
        byte[] whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var random = new Random(7);
        for (int round = 0; round < 6; round++)
        {
            byte[] other = [.. whole];
            other[random.Next(other.Length)] ^= 0x10;
            await File.WriteAllBytesAsync(spoiled, other, TestContext.Current.CancellationToken);
            (int code, _, errors) = await ProgramProcess.RunAsync("monitor", "verify", spoiled);
            // 0 only where the byte was the archive's own (a date): the files in it are the same.
            Assert.True(code is 0 or 1 or 2, $"{code}: {errors}");
        }
    }

    [Fact]
    public async Task An_entry_without_readings_ends_with_2_and_writes_no_file()
    {
        string file = _elsewhere["none.zip"];
        (int code, _, string errors) = await ProgramProcess.RunAsync(
            "monitor", "bundle", "999999", "--out", file, "--data", demo.Root);
        Assert.Equal(2, code);
        Assert.Contains("no entry 999999", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    private List<long> Computed()
    {
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(new DataFolder(demo.Root), StoreAccess.ReadOnly);
        return [.. ledger.Entries()
            .Where(e => e.Kind == LedgerKinds.Release
                || (e.Kind == LedgerKinds.Notice && e.Key.EndsWith("/issued", StringComparison.Ordinal)))
            .Where(e => JudgedEntry.RestsOn(e) is long judged
                && !ledger.At(judged)!.Key.StartsWith("filing/", StringComparison.Ordinal))
            .Select(e => e.Number)];
    }
}
