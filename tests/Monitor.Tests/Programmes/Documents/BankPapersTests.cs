using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Tests.Programmes.Banks;
using Xunit;
using static Monitor.Tests.Programmes.Banks.CreditMovementsTests;

namespace Monitor.Tests.Programmes.Documents;

/// <summary>Monitoring report, petition and the ledger report by RIBITS' names, of ledgers in memory.</summary>
public sealed class BankPapersTests
{
    private static readonly WetlandProgramme Programme = BankHistory.Programme;
    private static readonly WetlandBank Bank = BankHistory.Bank;
    private static readonly Milestone Cover = Programme.FindMilestone("cover")!;
    private static readonly Instant Far = new(1_000_000);

    [Fact]
    public void The_monitoring_report_states_for_each_milestone_what_is_required_and_what_was_measured()
    {
        List<LedgerEntry> entries = Ledger((2025, 0.55m), (2025, 0.66m), (2026, 0.31m));
        string report = Monitoring(entries, 2025);
        // The newest of 2025 passed; that of 2026 is another year's.
        Assert.Contains("0.66 – 0.71 – 0.76", report, StringComparison.Ordinal);
        Assert.DoesNotContain("0.31", report, StringComparison.Ordinal);
        Assert.Contains("植被覆盖度（低值）≥ 0.6", report, StringComparison.Ordinal);
        Assert.Contains("公顷 ha（信用单位 ha-score）", report, StringComparison.Ordinal);
        Assert.Contains("共 6 项里程碑：1 项达到或已报送文件，0 项未达到，0 项不能判定，5 项尚无证据。", report, StringComparison.Ordinal);
        Assert.Contains("不能判定 open 1，达到 met 1", report, StringComparison.Ordinal);
        Assert.Equal(6, report.Split("<ul class=\"lines\">").Length - 1);
        Assert.Contains("0 项未达到，0 项不能判定，6 项尚无证据", Monitoring(entries, 2024), StringComparison.Ordinal);
        Assert.Contains("1 项未达到", Monitoring(entries, 2026), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_ledger_gives_the_same_bytes_and_another_entry_other_bytes()
    {
        List<LedgerEntry> entries = Ledger((2025, 0.66m));
        Assert.Equal(Monitoring(entries, 2025), Monitoring(entries, 2025));
        Assert.Equal(Petition(entries), Petition(entries));
        Assert.NotEqual(Monitoring(entries, 2025), Monitoring(Ledger((2025, 0.66m), (2025, 0.67m)), 2025));
    }

    [Fact]
    public void Actions_of_the_year_are_told_and_those_of_other_years_are_not()
    {
        BankHistory bank = Released("easement");
        bank.State(LedgerKinds.Suspension, new BankSuspension(Programme.Id, Bank.Id, "late-report", "报告<逾期>"));
        bank.State(LedgerKinds.Lifting, new BankLifting(Programme.Id, Bank.Id, 9, "已补交"));
        Correct(bank, 8, 1m);
        // A history's times are milliseconds of 1970.
        string report = Monitoring(bank.Entries, 1970);
        foreach (string told in (string[])
            ["1970-01-01", "报告逾期 report late：报告&lt;逾期&gt;", "已补交", "-1.0000：误登", "恢复 lifting of #9"])
        {
            Assert.Contains(told, report, StringComparison.Ordinal);
        }
        Assert.Contains("本年无中止、更正或驳回", Monitoring(bank.Entries, 1971), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_proposed_against_a_bank_and_filed_in_answer_is_told_with_where_it_stands()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        Judge(bank, "2026-06-20", 0.66m);
        Judge(bank, "2026-09-20", 0.10m);
        long order = Assert.Single(bank.ProposeTriggers("2026-10-01"));
        bank.Approve("2026-10-02", order);
        bank.File("2026-10-20", bank.Filing() with { Order = order });
        bank.File("2026-10-21", bank.Filing() with
        {
            Instrument = "bond-1", State = BankFiling.Voided, Day = "2026-10-20", Reason = "保函撤销",
        });
        long lapsed = Assert.Single(bank.ProposeTriggers("2026-10-22"));
        bank.Decide("2026-10-23", lapsed, Monitor.Tests.Ledger.Decisions.Signer.Approver, approves: false);
        string report = Monitoring(bank.Entries, 2026);
        foreach (string told in (string[])
            [
                "提案适应性管理 adaptive management proposed", "已批准 approved", $"报送措施 measures under #{order}",
                "文书失效 instrument voided", "bond-1，2026-10-20 起 from then on：保函撤销", "提案中止 suspension proposed",
                "已驳回 rejected", $"驳回 rejection of #{lapsed}", "证据不足",
            ])
        {
            Assert.Contains(told, report, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("本年无", report, StringComparison.Ordinal);
        Assert.Contains("本年无", Monitoring(bank.Entries, 2025), StringComparison.Ordinal);
    }

    [Fact]
    public void A_petition_asks_for_the_schedules_part_and_names_every_attachment_by_its_hash()
    {
        List<LedgerEntry> entries = Ledger((2025, 0.66m));
        string petition = Petition(entries);
        // 10 % of 90.6666, up to 90 % of it less up to 80 %: 81.5999 − 72.5332.
        Assert.Equal(9.0667m, 81.5999m - 72.5332m);
        foreach (string told in (string[])
            ["9.0667 ha-score", new string('e', 64), new string('5', 64), "red B04.tif", entries[0].Hash, "尚未授予", "地役权登记 未释放"])
        {
            Assert.Contains(told, petition, StringComparison.Ordinal);
        }
        Assert.Contains("it waits for the award of credits", petition, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.10", "came to fail")]
    [InlineData("0.55", "came to inconclusive")]
    [InlineData(null, "neither judged nor filed")]
    public void There_is_no_petition_on_what_does_not_show_the_milestone(string? low, string why)
    {
        List<LedgerEntry> entries = low is null
            ? []
            : Ledger((2025, decimal.Parse(low, CultureInfo.InvariantCulture)));
        InputException fault = Assert.Throws<InputException>(() => Petition(entries));
        Assert.Equal("MILESTONE", fault.Field);
        Assert.Contains(why, fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledger_report_by_RIBITS_names_has_a_row_for_each_movement_and_balances()
    {
        BankHistory bank = Released("easement"); // 13.5999
        Reserve(bank, "10", Far);
        Sell(bank, "4", 9);
        Sell(bank, "2");
        var context = new AnnualContext(
            Programme, Bank, 1970, bank.Account, AccountLine.Of(Programme.Id, Bank.Id, bank.Entries, bank.Book, Far), 11, "hash");
        using JsonDocument json = JsonDocument.Parse(RibitsLedger.Json(context));
        JsonElement[] rows = [.. json.RootElement.GetProperty("LEDGER").EnumerateArray()];
        Assert.Equal(
            ["award 90.6666", "release 13.5999", "reservation 10.0000", "sale -4.0000", "sale -2.0000", "expiry 6.0000"],
            rows.Select(r => $"{r.GetProperty("TRANSACTION_TYPE").GetString()} {r.GetProperty("CREDITS").GetString()}"));
        Assert.Equal(
            ("N", "Y", "1-40000"),
            (Text(rows[3], "IS_TRANSFERRED"), Text(rows[3], "IS_PURCHASED"), Text(rows[3], "SERIAL_NUMBERS")));
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("ACRES").ValueKind);
        Assert.Equal(JsonValueKind.Null, rows[5].GetProperty("TRANSACTION_ID").ValueKind);
        // 13.5999 − 4 − 2, and what the reservation still held is free again.
        Assert.Equal("7.5999", Text(json.RootElement.GetProperty("CLOSING"), "AVAILABLE"));
        Assert.Equal("0.0000", Text(json.RootElement.GetProperty("OPENING"), "AVAILABLE"));
        string[] lines = Encoding.UTF8.GetString(RibitsLedger.Csv(context)).Split("\r\n");
        Assert.Equal(rows.Length + 2, lines.Length);
        Assert.StartsWith("TRANSACTION_ID,TRANSACTION_TYPE,JURISDICTION,TRANSACTION_DATE,CREDITS,ACRES,", lines[0]);
        Assert.All(lines[1..^1], l => Assert.Equal(13, l.Split(',').Length));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")")]
    [InlineData("a,b", "\"a,b · 乙公司\"")]
    [InlineData("-1+1", "'-1+1")]
    public void A_cell_is_quoted_and_is_no_formula(string permit, string cell)
    {
        BankHistory bank = Released("easement");
        bank.State(LedgerKinds.Reservation, new CreditReservation(
            Programme.Id, "1", LedgerHash.Zero, Bank.Id, permit, "1.0000", "ha-score", Bank.Class, "乙公司", "2026-01-01",
            1_000_000));
        string csv = Encoding.UTF8.GetString(RibitsLedger.Csv(new AnnualContext(
            Programme, Bank, 1970, bank.Account, AccountLine.Of(Programme.Id, Bank.Id, bank.Entries, bank.Book, new Instant(20)),
            9, "hash")));
        Assert.Contains("," + cell, csv, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement json, string key) => json.GetProperty(key).GetString();

    private static string Monitoring(IReadOnlyList<LedgerEntry> entries, int year) => Encoding.UTF8.GetString(
        MonitoringReport.Render(MonitoringContext.Of(
            Programme, Bank, year, entries, Monitor.Ledger.Decisions.DecisionBook.Of(entries), HeadOf(entries))));

    private static string Petition(IReadOnlyList<LedgerEntry> entries) => Encoding.UTF8.GetString(
        ReleasePetition.Render(PetitionContext.Of(
            Programme, Bank, Cover, entries, Monitor.Ledger.Decisions.DecisionBook.Of(entries), HeadOf(entries),
            _ => [new SceneManifest(
                "identity", new Instant(0), [new SceneFile("red", new string('5', 64), 7, "B04.tif", 1, null)], null,
                new SceneScaling("1", "0", null))])));

    private static LedgerHead HeadOf(IReadOnlyList<LedgerEntry> entries) =>
        entries.Count == 0 ? new LedgerHead(0, LedgerHash.Zero) : new LedgerHead(entries.Count, entries[^1].Hash);

    // Judgements on one scene each, in July: the low cover as given, the high 0.1 more; 0.6 is asked.
    private static List<LedgerEntry> Ledger(params (int Year, decimal Low)[] scenes)
    {
        List<LedgerEntry> entries = [];
        int day = 1;
        foreach ((int year, decimal low) in scenes)
        {
            var taken = Instant.From(new DateTimeOffset(year, 7, day++, 2, 0, 0, TimeSpan.Zero));
            entries.Add(LedgerChain.Seal(entries.LastOrDefault(), new LedgerDraft(
                LedgerKinds.Assessment, $"assessment/{Programme.Id}/1/{Bank.Id}/cover/{taken}", "monitor test", 1,
                new string('e', 64), Judged(taken, low)), taken));
        }
        return entries;
    }

    private static void Judge(BankDiary bank, string day, decimal low) => bank.Seal(
        day, LedgerKinds.Assessment, $"assessment/{Programme.Id}/1/{Bank.Id}/cover/{bank.At(day)}",
        Judged(bank.At(day), low));

    private static byte[] Judged(Instant taken, decimal low)
    {
        var cover = new CoverBand(low, low + 0.05m, low + 0.1m);
        return MilestoneJudgement.Write(new MilestoneAssessment(
            Programme, Bank, MilestonePart.Whole(Cover), taken, cover, 1, CoverCriterion.Judge(cover, 1, 0.6m, 0.7m),
            "ndvi-1", [new SceneUse(taken, 1, null)]));
    }
}
