using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Records;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Xunit;
using Files = System.Collections.Generic.IReadOnlyDictionary<string, System.ReadOnlyMemory<byte>>;

namespace Monitor.Integration.Tests.Server;

/// <summary>A bundle is verified by what it holds, and by nothing else.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly ReviewedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_issued_notice_is_recomputed_from_its_bundle_alone_step_by_step()
    {
        BundleReport report = Verify(Make(IssuedNotice()));

        Assert.True(report.Holds, Words(report));
        Assert.Equal(
            ["files", "ledger", "entry", "readings", "devices", "records", "judgement", "revision", "documents", "decisions"],
            report.Steps.Select(s => s.Name));
        Assert.Contains("18 readings stand in 3 batches", Step(report, "readings"), StringComparison.Ordinal);
        Assert.Contains("1 reviews", Step(report, "records"), StringComparison.Ordinal);
        // Draft and issued notice, both printed again.
        Assert.Equal(2, Step(report, "documents").Split("printed again: the same").Length - 1);
        Assert.Contains("示例批准人", Step(report, "decisions"), StringComparison.Ordinal);
        Assert.Contains("示例复核人", Step(report, "decisions"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_entry_gives_the_same_bundle()
    {
        long entry = IssuedNotice();
        Assert.Equal(Make(entry).Select(Shown), Make(entry).Select(Shown));
    }

    [Fact]
    public void A_change_of_one_digit_anywhere_is_found_and_its_file_named()
    {
        Files bundle = Make(IssuedNotice());
        var random = new Random(2025);
        foreach (string name in bundle.Keys)
        {
            int[] digits = DigitsOf(bundle[name]);
            for (int round = 0; round < 30 && digits.Length > 0; round++)
            {
                BundleReport report = Verify(WithOtherDigit(bundle, name, digits[random.Next(digits.Length)]));
                Assert.False(report.Holds);
                Assert.Contains(name, report.Steps[^1].Words, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_change_of_one_digit_is_found_also_where_the_list_of_hashes_was_made_to_fit()
    {
        Files bundle = Make(IssuedNotice());
        var random = new Random(2026);
        // README.txt says nothing that is judged by.
        foreach (string name in bundle.Keys.Where(n => n is not (EvidenceBundle.Sums or EvidenceBundle.ReadMe)))
        {
            int[] digits = [.. DigitsOf(bundle[name]).Where(at => !IsOfUnsealed(bundle[name], at))];
            for (int round = 0; round < 30; round++)
            {
                int at = digits[random.Next(digits.Length)];
                BundleReport report = Verify(Summed(WithOtherDigit(bundle, name, at)));
                Assert.False(report.Holds, $"{name} at {at} passed: {Words(report)}");
                Assert.Equal("files", report.Steps[0].Name);
                Assert.True(report.Steps[0].Holds, Words(report));
            }
        }
    }

    [Fact]
    public void A_reading_that_was_left_out_or_put_in_is_found()
    {
        Files bundle = Make(IssuedNotice());
        string[] lines = Text(bundle[EvidenceBundle.Envelopes]).Split('\n');

        // As if a device had sent one more batch that the judgement did not look at, or one less.
        string more = string.Join('\n', lines[..^1].Append(lines[0].Replace("\"seq\":1", "\"seq\":9", StringComparison.Ordinal)
            .Replace("\\\"seq\\\":1", "\\\"seq\\\":9", StringComparison.Ordinal))) + "\n";
        string less = string.Join('\n', lines[1..]);
        Assert.Contains("was left out", Fault(bundle, more), StringComparison.Ordinal);
        Assert.Contains("came in no batch", Fault(bundle, less), StringComparison.Ordinal);

        string Fault(Files files, string envelopes)
        {
            BundleReport report = Verify(Summed(With(files, EvidenceBundle.Envelopes, envelopes)));
            Assert.Equal("readings", report.Steps[^1].Name);
            Assert.False(report.Holds);
            return report.Steps[^1].Words;
        }
    }

    [Fact]
    public void A_file_that_is_missing_or_a_stranger_is_named()
    {
        Files bundle = Make(IssuedNotice());
        foreach (string name in bundle.Keys)
        {
            var without = bundle.Where(f => f.Key != name).ToDictionary();
            Assert.Contains(name, Verify(without).Steps[^1].Words, StringComparison.Ordinal);
        }
        Assert.Contains("more.txt", Verify(With(bundle, "more.txt", "x")).Steps[^1].Words, StringComparison.Ordinal);
        Assert.False(Verify(new Dictionary<string, ReadOnlyMemory<byte>>()).Holds);
    }

    [Fact]
    public void A_ledger_that_ends_before_the_notice_does_not_hold()
    {
        Files bundle = Make(IssuedNotice());
        string[] lines = Text(bundle[EvidenceBundle.Ledger]).Split('\n');
        string cut = string.Join('\n', lines[..^2]) + "\n";
        BundleReport report = Verify(Summed(With(bundle, EvidenceBundle.Ledger, cut)));
        Assert.Equal("ledger", report.Steps[^1].Name);
        Assert.Contains("tail is cut off", report.Steps[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_that_nobody_signed_says_so_and_holds()
    {
        _folder.JudgeYear();
        long draft = _folder.Ledger.Entries().Single(e => e.Kind == LedgerKinds.Notice).Number;
        BundleReport report = Verify(Make(draft));
        Assert.True(report.Holds, Words(report));
        Assert.Contains("nobody yet", Step(report, "decisions"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_rests_on_no_readings_has_no_bundle()
    {
        long issued = IssuedNotice();
        long approval = _folder.Ledger.Entries().First(e => e.Kind == LedgerKinds.Approval).Number;
        Assert.Contains("not computed from readings", Assert.Throws<InputException>(() => Make(approval)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Make(issued + 100));
    }

    // A judgement of reviewed readings, its draft approved by two persons and issued.
    private long IssuedNotice()
    {
        new AgentRegister(_folder.Registry, TimeProvider.System).Add("agent-OJ-05", ["OJ-05"], "pbkdf2-of-nothing", "");
        _folder.Review("w21003", ReviewVerdict.Correct, "0.512");
        _folder.JudgeYear();
        long draft = _folder.Ledger.Entries().Single(e => e.Kind == LedgerKinds.Notice).Number;
        var register = new PersonRegister(_folder.Registry, TimeProvider.System);
        string key = Path.Combine(_folder.Folder.Root, "reviewer.pem");
        register.Add(new Person("示例复核人", PersonRole.Reviewer, PersonKeyFile.Make(key)));
        var desk = new DecisionDesk(_folder.Ledger, _folder.Evidence, _folder.Folder, register, TimeProvider.System);
        using Signatory reviewer = Signatory.Open(key, register), approver = _folder.Signatory();
        desk.Decide(draft, reviewer, approves: true);
        return Assert.Single(desk.Decide(draft, approver, approves: true).Results).Number;
    }

    private Files Make(long entry) =>
        new BundleFlow(_folder.Ledger, _folder.Record, _folder.Registry, _folder.Evidence, _folder.Folder).Make(entry);

    private static BundleReport Verify(Files files) => BundleVerification.Run(files, SealingDesk.Software);

    private static string Step(BundleReport report, string name) => report.Steps.Single(s => s.Name == name).Words;

    private static string Words(BundleReport report) =>
        string.Join('\n', report.Steps.Select(s => $"{s.Name} {s.Holds}: {s.Words}"));

    private static string Shown(KeyValuePair<string, ReadOnlyMemory<byte>> file) =>
        $"{file.Key} {Convert.ToHexString(SHA256.HashData(file.Value.Span))}";

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static Dictionary<string, ReadOnlyMemory<byte>> With(Files files, string name, string text) =>
        new(files) { [name] = Encoding.UTF8.GetBytes(text) };

    private static Dictionary<string, ReadOnlyMemory<byte>> WithOtherDigit(Files files, string name, int at)
    {
        byte[] bytes = files[name].ToArray();
        bytes[at] = (byte)('0' + ((bytes[at] - '0' + 1) % 10));
        return new(files) { [name] = bytes };
    }

    // As a forger would: every hash of the list fits the files.
    private static Dictionary<string, ReadOnlyMemory<byte>> Summed(Dictionary<string, ReadOnlyMemory<byte>> files) =>
        With(files, EvidenceBundle.Sums, string.Concat(files.Where(f => f.Key != EvidenceBundle.Sums).Select(f => string.Create(
            CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(f.Value.Span))}  {f.Key}\n"))));

    private static int[] DigitsOf(ReadOnlyMemory<byte> bytes) =>
        [.. Enumerable.Range(0, bytes.Length).Where(i => bytes.Span[i] is >= (byte)'0' and <= (byte)'9')];

    // When a device says that it sent a batch, and what it knew of its clock, is held by its signature alone, and this
    // device has no key.
    private static bool IsOfUnsealed(ReadOnlyMemory<byte> bytes, int at)
    {
        string before = Encoding.UTF8.GetString(bytes.Span[Math.Max(0, at - 40)..at]);
        int key = before.LastIndexOf("\\\"", StringComparison.Ordinal);
        return before.LastIndexOf("\\\"sent\\\":", StringComparison.Ordinal) is int sent and >= 0 && sent + 6 == key
            || before.LastIndexOf("\\\"est_ms\\\":", StringComparison.Ordinal) is int clock and >= 0 && clock + 8 == key;
    }
}
