using System.Globalization;
using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// Whoever changes what is sealed, or what it was judged from, is found, and what was changed is named.
/// </summary>
[Collection(FinishedDemo.Collection)]
public sealed class TamperTests(FinishedDemo demo) : IDisposable
{
    private readonly TempFolder _folder = new();

    private DataFolder Data
    {
        get
        {
            if (!Directory.Exists(_folder["data"])) Copy(demo.Root, _folder["data"]);
            return new DataFolder(_folder["data"]);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_changed_byte_in_any_entry_is_found_and_its_entry_named()
    {
        (long Number, int Length)[] entries = Entries();
        Assert.NotEmpty(entries);
        foreach ((long number, int length) in entries)
        {
            // The first, the last, and some in between: 7 is within the first key, a third and a half within the body.
            foreach (int at in new[] { 0, 7, length / 3, length / 2, length - 1 })
            {
                Change(Data.Ledger, "entries_stay", "UPDATE entries SET bytes = CAST(substr(bytes, 1, $at) || "
                    + "CASE substr(bytes, $at + 1, 1) WHEN CAST('x' AS BLOB) THEN CAST('y' AS BLOB) "
                    + "ELSE CAST('x' AS BLOB) END "
                    + "|| substr(bytes, $at + 2) AS BLOB) WHERE number = $n", ("$at", at), ("$n", number));
                using (SqliteLedgerStore ledger = SqliteLedgerStore.Open(Data, StoreAccess.ReadOnly))
                {
                    LedgerVerdict verdict = ledger.Verify();
                    Assert.False(verdict.Intact, $"byte {at} of entry {number}");
                    Assert.Equal(number, verdict.BrokenAt);
                    Assert.NotEqual("", verdict.Reason);
                }
                File.Copy(Path.Combine(demo.Root, "ledger.db"), Data.Ledger, overwrite: true);
            }
        }
    }

    [Fact]
    public async Task The_command_line_says_which_entry_was_changed()
    {
        (long number, int length) = Entries()[^1];
        Change(Data.Ledger, "entries_stay", "UPDATE entries SET bytes = CAST(substr(bytes, 1, $at) || 'Q' || "
            + "substr(bytes, $at + 2) AS BLOB) WHERE number = $n", ("$at", length / 2), ("$n", number));

        (int code, string output, _) = await Monitor("ledger", "verify", "--json");

        Assert.Equal(1, code);
        Assert.Contains($"\"brokenAt\":{number},", output, StringComparison.Ordinal);
        (code, output, string errors) = await Monitor("replay", Text(number));
        Assert.Equal((3, ""), (code, output));
        Assert.Contains($"entry {number}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_cut_at_its_end_is_found_by_the_head_beside_it()
    {
        long last = Entries()[^1].Number;
        Change(Data.Ledger, "entries_remain", "DELETE FROM entries WHERE number = $n", ("$n", last));

        (int code, string output, _) = await Monitor("ledger", "verify", "--json");

        Assert.Equal(1, code);
        Assert.Contains($"\"brokenAt\":{last},", output, StringComparison.Ordinal);
        Assert.Contains(
            $"head.json names {last} entries and the ledger ends after {last - 1}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_reading_of_a_judged_period_is_found_and_named_by_replay()
    {
        LedgerEntry judged = Assessment();
        StoredReading victim = Judged(judged);
        Assert.Equal(0, (await Monitor("replay", Text(judged.Number))).Code);
        Change(Data.Record, "readings_stay", "UPDATE readings SET mantissa = mantissa + 1 WHERE position = $p",
            ("$p", victim.Position));

        (int code, string output, _) = await Monitor("replay", Text(judged.Number), "--json");

        Assert.Equal(1, code);
        Assert.Contains($"sealed {victim.Reading.Measurand} {victim.Reading.Value} at {victim.Reading.Time} "
            + $"(position {victim.Position}, agent {victim.Agent}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removed_evidence_is_named_and_ends_with_3()
    {
        LedgerEntry judged = Assessment();
        File.Delete(new EvidenceStore(Data.Evidence).PathOf(judged.Evidence!));

        (int code, string output, string errors) = await Monitor("replay", Text(judged.Number));

        Assert.Equal((3, ""), (code, output));
        Assert.Contains(judged.Evidence!, errors, StringComparison.Ordinal);
        Assert.Contains("backup", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_evidence_is_named_and_ends_with_3()
    {
        LedgerEntry judged = Assessment();
        string file = new EvidenceStore(Data.Evidence).PathOf(judged.Evidence!);
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        (int code, string output, string errors) = await Monitor("replay", Text(judged.Number));

        Assert.Equal((3, ""), (code, output));
        Assert.Contains($"{judged.Evidence} was changed", errors, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Errors)> Monitor(params string[] arguments) =>
        ProgramProcess.RunAsync("monitor", [.. arguments, "--data", Data.Root]);

    private (long Number, int Length)[] Entries()
    {
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(Data, StoreAccess.ReadOnly);
        return [.. ledger.Lines().Select(line => (line.Number, line.Bytes.Length))];
    }

    /// <summary>The first assessment of a river section.</summary>
    private LedgerEntry Assessment()
    {
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(Data, StoreAccess.ReadOnly);
        return ledger.Lines().Select(line => ledger.At(line.Number)!).First(entry =>
            entry.Kind == LedgerKinds.Assessment && entry.Key.EndsWith("/2025", StringComparison.Ordinal));
    }

    /// <summary>A reading in the middle of what was judged.</summary>
    private StoredReading Judged(LedgerEntry judged)
    {
        byte[] evidence = new EvidenceStore(Data.Evidence).Find(judged.Evidence!)!;
        IReadOnlyList<StoredReading> readings =
            Programmes.Evidence.AssessmentEvidence.Read(evidence, judged.Evidence!).Inputs.Readings;
        return readings[readings.Count / 2];
    }

    private static void Change(string file, string trigger, string sql, params (string Name, object Value)[] parameters)
    {
        using var db = new SqliteConnection($"Data Source={file};Pooling=False");
        db.Open();
        using SqliteCommand command = db.CreateCommand();
        command.CommandText = $"DROP TRIGGER IF EXISTS {trigger}; {sql}";
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
