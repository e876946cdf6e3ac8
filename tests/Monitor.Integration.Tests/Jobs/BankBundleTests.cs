using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage.Sqlite;
using Xunit;
using Files = System.Collections.Generic.IReadOnlyDictionary<string, System.ReadOnlyMemory<byte>>;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>
/// Bundles of awards, releases and sales: verified from what they hold; and what somebody seals who has the ledger and the keys,
/// but not the rules on his side, is found.
/// </summary>
public sealed class BankBundleTests : IDisposable
{
    private readonly BankFolder bank = new();

    public void Dispose() => bank.Dispose();

    [Fact]
    public void A_sale_is_followed_back_to_the_award_by_its_serial_numbers()
    {
        Release();
        long reservation = bank.Credits.Reserve(
            BankFolder.Programme, BankFolder.Bank, new ReservationOrder("HT-1", 10, BankFolder.Bank.Class, "甲公司", Soon),
            bank.Sponsor).Entry!.Number;
        LedgerEntry sale = Sell(Order("X-1", 4) with { Reservation = reservation });
        BundleReport report = Verify(Make(sale.Number));
        Assert.True(report.Holds, Words(report));
        Assert.Equal(
            ["files", "ledger", "entry", "award", "proposals", "releases", "account", "sale", "documents", "decisions"],
            report.Steps.Select(s => s.Name));
        // 120 × 6.8 ÷ 9 = 90.6666…, 15 % of it is 13.5999; 10 reserved, 4 of them sold: 3.5999 are free.
        Assert.Contains("120 gives 90.6666 ha-score", Step(report, "award"), StringComparison.Ordinal);
        Assert.Contains("serial numbers 1-135999", Step(report, "releases"), StringComparison.Ordinal);
        Assert.Contains(
            "released 13.5999, sold 4.0000, reserved 6.0000, taken back 0.0000, available 3.5999 (serial numbers 100001-135999)",
            Step(report, "account"), StringComparison.Ordinal);
        Assert.Contains("tier primary of the service area, version 1, by the map and the basin's code", Step(report, "sale"),
            StringComparison.Ordinal);
        Assert.Contains("1-40000 of release 9 (easement)", Step(report, "sale"), StringComparison.Ordinal);
        // Certificate and confirmation.
        Assert.Equal(2, Step(report, "documents").Split("printed again: the same").Length - 1);
        Assert.Contains(report.Taken, t => t.StartsWith("permit, permittee", StringComparison.Ordinal));
        Assert.Contains(report.Taken, t => t.StartsWith("what the document easement.txt says", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_entry_of_an_account_has_a_bundle_that_holds()
    {
        Release();
        LedgerEntry sale = Sell(Order("X-1", 3));
        bank.Credits.Transfer(
            BankFolder.Programme, BankFolder.Bank, sale.Number, "建设方", "transfer.pdf", [1, 2, 3], bank.Sponsor);
        bank.Credits.Suspend(BankFolder.Programme, BankFolder.Bank, "late-report", "逾期", bank.Approver);
        bank.Credits.Lift(BankFolder.Programme, BankFolder.Bank, "已补交", bank.Approver);
        bank.Credits.Correct(BankFolder.Programme, BankFolder.Bank, 9, 1m, "误登", bank.Approver);
        LedgerEntry asked = bank.Credits.ProposeException(
            BankFolder.Programme, BankFolder.Bank, "X-2", 100, 28.45m, 2, "他处无可用信用", "request.txt", [4], bank.Sponsor);
        bank.Approve(asked);
        LedgerEntry outside = Sell(Order("X-2", 1) with { Longitude = 100, BasinCode = "44", Exception = asked.Number });
        LedgerEntry rejected = bank.File("exotics");
        bank.Decisions.Decide(rejected.Number, bank.Approver, approves: false, "证据不足");
        int tried = 0;
        foreach (LedgerEntry entry in bank.Ledger.Entries().ToList())
        {
            if (entry.Kind is LedgerKinds.Approval or LedgerKinds.Rejection) continue;
            BundleReport report = Verify(Make(entry.Number));
            Assert.True(report.Holds, $"{entry.Kind} {entry.Number}: {Words(report)}");
            tried++;
        }
        Assert.Equal(14, tried);
        Assert.Contains($"by the exception of entry {asked.Number}", Step(Verify(Make(outside.Number)), "sale"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void After_two_persons_suspended_the_bank_every_entry_has_a_bundle_that_holds()
    {
        Release();
        bank.Compliance.FileInstrument(
            BankFolder.Programme, BankFolder.Bank, "bond-1", BankFiling.Voided, Soon.AddDays(-30), "保函撤销", "notice.txt", [1],
            bank.Sponsor);
        LedgerEntry proposal = bank.Triggers.Propose(BankFolder.Programme, BankFolder.Bank)
            .First(e => TriggerProposal.Read(e)!.Trigger == "lapsed-assurance");
        LedgerEntry suspension = Assert.Single(bank.Approve(proposal).Results);
        LedgerEntry lifting = bank.Credits.Lift(BankFolder.Programme, BankFolder.Bank, "另议", bank.Approver).Entry!;
        foreach (LedgerEntry entry in (LedgerEntry[])[proposal, suspension, lifting])
        {
            BundleReport report = Verify(Make(entry.Number));
            Assert.True(report.Holds, $"{entry.Kind} {entry.Number}: {Words(report)}");
        }
        // The easement's filing and the notice of the bond, and the lifting: the suspension bears no signature of its own.
        Assert.Contains("3 of them signed by persons", Step(Verify(Make(lifting.Number)), "account"), StringComparison.Ordinal);
        Assert.Contains("甲", Step(Verify(Make(suspension.Number)), "decisions"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lifting_with_the_key_of_a_sponsor_is_found()
    {
        Release();
        bank.Credits.Suspend(BankFolder.Programme, BankFolder.Bank, "late-report", "逾期", bank.Approver);
        LedgerEntry suspension = bank.Ledger.Entries().Last();
        LedgerEntry lifting = bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Lifting, BankLifting.Key(suspension.Number), SealingDesk.Software, bank.Sponsor.Position, null,
                BankStatement.Write(
                    LedgerKinds.Lifting,
                    new BankLifting(BankFolder.Programme.Id, BankFolder.Bank.Id, suspension.Number, "已补交"),
                    bank.Sponsor.Person, bank.Sponsor.Sign)),
            suspension.SealedAt);
        BundleReport report = Verify(Make(lifting.Number));
        Assert.Equal("account", report.Steps[^1].Name);
        Assert.Contains("is registered as sponsor and signed a lifting", report.Steps[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_one_digit_is_found_also_where_the_list_of_hashes_was_made_to_fit()
    {
        Release();
        Files bundle = Make(Sell(Order("X-1", 3)).Number, withFiled: true);
        Assert.Contains(bundle.Keys, k => k.StartsWith(EvidenceBundle.Filed, StringComparison.Ordinal));
        var random = new Random(2026);
        // README.txt says nothing that is judged by.
        foreach (string name in bundle.Keys.Where(n => n is not (EvidenceBundle.Sums or EvidenceBundle.ReadMe)))
        {
            byte[] bytes = bundle[name].ToArray();
            int[] digits = [.. Enumerable.Range(0, bytes.Length).Where(i => bytes[i] is >= (byte)'0' and <= (byte)'9')];
            if (digits.Length == 0) digits = [0];
            for (int round = 0; round < 25; round++)
            {
                byte[] other = [.. bytes];
                other[digits[random.Next(digits.Length)]] ^= 1;
                BundleReport report = Verify(Summed(new(bundle) { [name] = other }));
                Assert.False(report.Holds, $"{name} passed: {Words(report)}");
                // A filed document's name is its hash: that is seen at once.
                bool isNamed = name.StartsWith(EvidenceBundle.Filed, StringComparison.Ordinal);
                Assert.True(report.Steps[0].Holds != isNamed, Words(report));
            }
        }
    }

    [Theory]
    [InlineData("serials", "it debits the serial numbers 2-30001, and 1-30000 were next")]
    [InlineData("endowment", "the sale differs from byte")]
    [InlineData("required", "the sale differs from byte")]
    [InlineData("place", "service area does not hold")]
    public void A_sale_that_its_signer_reckoned_in_his_own_favour_is_found(string what, string words)
    {
        Release();
        CreditSale honest = CreditSale.Read(Sell(Order("X-1", 3)));
        LedgerEntry last = bank.Ledger.Entries().Last();
        CreditSale forged = what switch
        {
            "serials" => honest with { Serials = "2-30001" },
            "endowment" => honest with { Endowment = "0.00" },
            "required" => honest with { Required = "9.0000" },
            _ => honest with { Place = honest.Place with { Longitude = "10", Latitude = "10" } },
        };
        // The same ledger up to the sale, and the forged one sealed in its place, hashes and signature right.
        List<LedgerEntry> entries = [.. bank.Ledger.Entries().SkipLast(1)];
        entries.Add(LedgerChain.Seal(entries[^1], new LedgerDraft(
            LedgerKinds.Sale, last.Key, last.Software, last.Position, last.Evidence,
            BankStatement.Write(LedgerKinds.Sale, forged, bank.Sponsor.Person, bank.Sponsor.Sign)), last.SealedAt));
        BundleReport report = Verify(WithLedger(Make(last.Number), entries));
        Assert.False(report.Holds, Words(report));
        Assert.Contains(words, report.Steps[^1].Words, StringComparison.Ordinal);
        Assert.True(report.Steps[^1].Name is "sale" or "account", Words(report));
    }

    [Fact]
    public void An_award_above_the_method_and_a_release_above_the_schedule_are_found_though_two_persons_approved_them()
    {
        LedgerEntry asked = bank.Banks.ProposeAward(BankFolder.Programme, BankFolder.Bank, bank.Sponsor);
        BankProposal inflated = BankProposal.Read(asked)! with { Credits = "99.0000" };
        List<LedgerEntry> entries = [];
        LedgerEntry proposed = Add(entries, LedgerKinds.Proposal, asked.Key, inflated.Write(), asked);
        DecisionCase decided = Approved(entries, proposed);
        Add(entries, LedgerKinds.Award, CreditAward.Key(BankFolder.Programme.Id, BankFolder.Bank.Id),
            CreditAward.Of(BankFolder.Programme, BankFolder.Bank, inflated, decided).Write(), asked);
        bank.Approve(asked);
        Files honest = Make(bank.Ledger.Entries().Last().Number);
        BundleReport report = Verify(WithLedger(honest, entries));
        Assert.Equal("award", report.Steps[^1].Name);
        Assert.Contains("awards 99.0000", report.Steps[^1].Words, StringComparison.Ordinal);
        Assert.Contains("gives 90.6666", report.Steps[^1].Words, StringComparison.Ordinal);

        LedgerEntry filed = bank.File("easement");
        BankProposal more = BankProposal.Read(filed)! with { Credits = "20.0000" };
        entries = [.. bank.Ledger.Entries().SkipLast(1)];
        LedgerEntry wrong = Add(entries, LedgerKinds.Proposal, filed.Key, more.Write(), filed);
        report = Verify(WithLedger(Make(filed.Number), entries));
        Assert.Equal((filed.Number, "proposals"), (wrong.Number, report.Steps[^1].Name));
        Assert.Contains("13.5999", report.Steps[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_are_not_asked_of_what_no_scene_shows()
    {
        Release();
        Files bundle = Make(bank.Ledger.Entries().Last().Number);
        Domain.InputException fault = Assert.Throws<Domain.InputException>(
            () => BundleVerification.Run(bundle, SealingDesk.Software, _ => ""));
        Assert.Equal("--scenes", fault.Field);
    }

    private DecisionCase Approved(List<LedgerEntry> entries, LedgerEntry proposal)
    {
        foreach (Signatory who in (Signatory[])[bank.Reviewer, bank.Approver])
        {
            var yes = new Decision(proposal.Number, proposal.Hash, true, who.Person, "");
            entries.Add(LedgerChain.Seal(entries[^1], new LedgerDraft(
                yes.Kind, yes.LedgerKey, SealingDesk.Software, who.Position, null, yes.Write(who.Sign)), proposal.SealedAt));
        }
        return DecisionBook.Of(entries).Find(proposal.Number)!;
    }

    private static LedgerEntry Add(List<LedgerEntry> entries, string kind, string key, byte[] body, LedgerEntry like)
    {
        LedgerEntry made = LedgerChain.Seal(
            entries.LastOrDefault(), new LedgerDraft(kind, key, like.Software, like.Position, like.Evidence, body),
            like.SealedAt);
        entries.Add(made);
        return made;
    }

    // As a forger would hand it over: his ledger, its head in the manifest, every hash of the list right.
    private static Dictionary<string, ReadOnlyMemory<byte>> WithLedger(Files bundle, List<LedgerEntry> entries)
    {
        var lines = new MemoryStream();
        foreach (LedgerEntry entry in entries)
        {
            lines.Write(entry.Bytes.Span);
            lines.WriteByte((byte)'\n');
        }
        string manifest = Encoding.UTF8.GetString(bundle[EvidenceBundle.Manifest].Span);
        int ledger = manifest.IndexOf("\"ledger\"", StringComparison.Ordinal);
        string head = string.Create(CultureInfo.InvariantCulture,
            $"\"ledger\":{{\"entries\":{entries.Count},\"hash\":\"{entries[^1].Hash}\"}}}}\n");
        return Summed(new(bundle)
        {
            [EvidenceBundle.Ledger] = lines.ToArray(),
            [EvidenceBundle.Manifest] = Encoding.UTF8.GetBytes(manifest[..ledger] + head),
        });
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Summed(Dictionary<string, ReadOnlyMemory<byte>> files) => new(files)
    {
        [EvidenceBundle.Sums] = Encoding.UTF8.GetBytes(string.Concat(files.Where(f => f.Key != EvidenceBundle.Sums).Select(
            f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Value.Span))}  {f.Key}\n"))),
    };

    private Files Make(long entry, bool withFiled = false)
    {
        using SqliteReadingStore record = SqliteReadingStore.Open(bank.Folder.Record);
        using SqliteRegistryStore registry = SqliteRegistryStore.Open(bank.Folder.Record);
        return new BundleFlow(bank.Ledger, record, registry, bank.Evidence, bank.Folder).Make(entry, withFiled);
    }

    private void Release()
    {
        bank.Award();
        bank.Approve(bank.File("easement"));
    }

    private LedgerEntry Sell(SaleOrder order)
    {
        CreditAnswer answer = bank.Sales.Sell(BankFolder.Programme, BankFolder.Bank, order, bank.Sponsor);
        return answer.Entry ?? throw new InvalidOperationException(answer.Refusal);
    }

    private static SaleOrder Order(string permit, decimal credits) => new(
        permit, credits, BankFolder.Bank.Class, permit, "乙公司", null, 119.92m, 28.45m, "33010203", 100_000.05m, null, null);

    private static DateOnly Soon => Period.DayOf(
        Instant.From(TimeProvider.System.GetUtcNow()), BankFolder.Programme.Zone).AddDays(30);

    private static BundleReport Verify(Files files) => BundleVerification.Run(files, SealingDesk.Software);

    private static string Step(BundleReport report, string name) => report.Steps.Single(s => s.Name == name).Words;

    private static string Words(BundleReport report) =>
        string.Join('\n', report.Steps.Select(s => $"{s.Name} {s.Holds}: {s.Words}"));
}
