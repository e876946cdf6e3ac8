using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Reservations, sales, suspensions and corrections on real stores, with real keys and documents.</summary>
public sealed class CreditDeskTests : IDisposable
{
    private readonly BankFolder bank = new();

    public void Dispose() => bank.Dispose();

    [Fact]
    public void A_sale_seals_what_is_debited_where_it_is_used_and_its_confirmation()
    {
        Release();
        CreditAnswer answer = Sell(Order("X-1", 3));
        CreditSale sale = CreditSale.Read(answer.Entry!);
        // 13.5999 released; 10 % of 100,000.05 yuan is 10,000.005, rounded up to the cent.
        Assert.Equal(
            ("3.0000", "1-30000", "13.5999", "3.0000", "10.5999", "100000.05", "10000.01"),
            (sale.Credits, sale.Serials, sale.Released, sale.Sold, sale.Available, sale.Price, sale.Endowment));
        Assert.Equal(
            ("primary", true, true, "1"),
            (sale.Place.Tier, sale.Place.ByPolygon, sale.Place.ByCode, sale.Place.Multiplier));
        string confirmation = File.ReadAllText(Path.Combine(bank.Folder.Root, sale.File));
        string previous = answer.Entry!.Previous;
        foreach (string printed in (string[])["湿地信用使用确认书", "X-1", "1-30000", "100,000.05", previous])
        {
            Assert.Contains(printed, confirmation, StringComparison.Ordinal);
        }
        Assert.True(bank.Audit.Verify().Intact);
        File.WriteAllText(
            Path.Combine(bank.Folder.Root, sale.File), confirmation.Replace("1-30000", "1-30001", StringComparison.Ordinal));
        Assert.Contains("was changed", bank.Audit.Verify().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_contract_is_sold_once()
    {
        Release();
        LedgerEntry first = Sell(Order("X-1", 3)).Entry!;
        Assert.Equal($"contract X-1 was sold before, by entry {first.Number}", Sell(Order("X-1", 3)).Refusal);
        Assert.Equal(10.5999m, Account.Holdings.Available);
    }

    [Fact]
    public void Use_in_an_outer_tier_debits_its_multiplier_rounded_up()
    {
        Release();
        // 120.5 E lies in the secondary tier only: 1.0001 × 1.5 = 1.50015, up to four decimals.
        CreditAnswer answer = Sell(Order("X-1", 1.0001m) with { Longitude = 120.5m, BasinCode = "33019999" });
        CreditSale sale = CreditSale.Read(answer.Entry!);
        Assert.Equal(("1.5002", "secondary"), (sale.Credits, sale.Place.Tier));
    }

    [Fact]
    public void Outside_the_area_and_where_its_tests_disagree_nothing_is_sold_without_an_approved_exception()
    {
        Release();
        SaleOrder outside = Order("X-1", 1) with { Longitude = 100, BasinCode = "44" };
        Assert.Contains("lies outside it", Sell(outside).Refusal, StringComparison.Ordinal);
        Assert.Contains("is inside the map of its tier primary while the basin 44 none of the tier's",
            Sell(Order("X-1", 1) with { BasinCode = "44" }).Refusal, StringComparison.Ordinal);
        LedgerEntry asked = bank.Credits.ProposeException(
            BankFolder.Programme, BankFolder.Bank, "X-1", 100, 28.45m, 2, "他处无可用信用", "request.txt", [1, 2, 3],
            bank.Sponsor);
        SaleOrder excepted = outside with { Exception = asked.Number };
        Assert.Equal($"two persons have not approved the exception of entry {asked.Number}", Sell(excepted).Refusal);
        bank.Approve(asked);
        Assert.Equal($"entry {asked.Number} is no exception for this bank, permit and place",
            Sell(excepted with { Permit = "X-2", Reference = "X-2" }).Refusal);
        CreditSale sale = CreditSale.Read(Sell(excepted).Entry!);
        Assert.Equal(("2.0000", asked.Number, null), (sale.Credits, sale.Completes!.Value, sale.Place.Tier));
        Assert.Contains("was used by entry", Sell(excepted with { Reference = "again" }).Refusal, StringComparison.Ordinal);
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void A_suspended_bank_releases_when_it_is_lifted_and_not_before()
    {
        Release();
        Assert.NotNull(bank.Credits.Suspend(
            BankFolder.Programme, BankFolder.Bank, "missed-standard", "覆盖退化", bank.Approver).Entry);
        Assert.Contains("is suspended already", bank.Credits.Suspend(
            BankFolder.Programme, BankFolder.Bank, "late-report", "再次", bank.Approver).Refusal, StringComparison.Ordinal);
        LedgerEntry proposal = bank.File("exotics");
        Assert.Contains("until the suspension of the bank is lifted", bank.Approve(proposal).Waits, StringComparison.Ordinal);
        Assert.NotNull(bank.Credits.Lift(BankFolder.Programme, BankFolder.Bank, "已整改", bank.Approver).Entry);
        Assert.Equal(LedgerKinds.Release, Assert.Single(bank.Decisions.Complete()).Kind);
        Assert.Equal("jiulong is not suspended",
            bank.Credits.Lift(BankFolder.Programme, BankFolder.Bank, "再次", bank.Approver).Refusal);
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void Only_who_may_trades_orders_and_corrects()
    {
        Release();
        Assert.Contains("cannot trade", Assert.Throws<InputException>(() => bank.Sales.Sell(
            BankFolder.Programme, BankFolder.Bank, Order("X-1", 1), bank.Reviewer)).Fault, StringComparison.Ordinal);
        Assert.Contains("registered as sponsor", Assert.Throws<InputException>(() => bank.Credits.Suspend(
            BankFolder.Programme, BankFolder.Bank, "late-report", "逾期", bank.Sponsor)).Fault, StringComparison.Ordinal);
        LedgerEntry held = bank.Credits.Reserve(
            BankFolder.Programme, BankFolder.Bank, Reservation("HT-1", 2), bank.Approver).Entry!;
        Assert.Contains("signed entry", Assert.Throws<InputException>(() => bank.Credits.Correct(
            BankFolder.Programme, BankFolder.Bank, held.Number, null, "误登", bank.Approver)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reservation_beyond_the_award_or_of_another_class_is_refused()
    {
        bank.Award();
        Assert.Contains("90.6666 are awarded and not promised yet", bank.Credits.Reserve(
            BankFolder.Programme, BankFolder.Bank, Reservation("HT-1", 91), bank.Sponsor).Refusal, StringComparison.Ordinal);
        Assert.Contains("classes are not exchanged", bank.Credits.Reserve(
            BankFolder.Programme, BankFolder.Bank, Reservation("HT-1", 1) with { Class = "peat" }, bank.Sponsor).Refusal,
            StringComparison.Ordinal);
        Assert.Contains("A reservation runs from today", Assert.Throws<InputException>(() => bank.Credits.Reserve(
            BankFolder.Programme, BankFolder.Bank, Reservation("HT-1", 1) with { Until = new DateOnly(2020, 1, 1) },
            bank.Sponsor)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_stores_that_sell_the_last_credit_at_once_sell_it_once()
    {
        Release();
        CreditAnswer[] answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => Task.Run(() =>
        {
            using SqliteLedgerStore own = SqliteLedgerStore.Open(bank.Folder);
            var desk = new SaleDesk(own, bank.Evidence, bank.Folder, bank.Register, TimeProvider.System);
            return desk.Sell(BankFolder.Programme, BankFolder.Bank, Order($"X-{i}", 13.5999m), bank.Sponsor);
        })));
        Assert.Single(answers, a => a.Entry is not null);
        Assert.All(answers.Where(a => a.Entry is null), a => Assert.Equal(
            "13.5999 credits are asked of jiulong and 0.0000 are available (released 13.5999, sold 13.5999, reserved 0.0000, " +
            "taken back 0.0000)", a.Refusal));
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void An_expired_assurance_stops_releases_and_sales_and_a_near_end_is_warned_of()
    {
        Release();
        WetlandBank lapsed = BankFolder.Bank with
        {
            Assurances = [new Assurance("bond-1", "bond", 1, "保险公司", new DateOnly(2025, 12, 31))],
        };
        Assert.Equal("the assurance bond-1 of jiulong expired on 2025-12-31",
            bank.Sales.Sell(BankFolder.Programme, lapsed, Order("X-1", 1), bank.Sponsor).Refusal);
        int[] thresholds = [.. new[] { -200, -180, -121, -120, -60, 0, 1 }.Select(
            days => AssuranceWatch.Of(lapsed, new DateOnly(2025, 12, 31).AddDays(days)).SingleOrDefault()?.Threshold ?? -1)];
        Assert.Equal([-1, 180, 180, 120, 60, 60, 0], thresholds);
    }

    private BankAccount Account => BankAccounts.Read(bank.Ledger, BankFolder.Programme, BankFolder.Bank);

    private void Release()
    {
        bank.Award();
        bank.Approve(bank.File("easement"));
    }

    private CreditAnswer Sell(SaleOrder order) =>
        bank.Sales.Sell(BankFolder.Programme, BankFolder.Bank, order, bank.Sponsor);

    private static SaleOrder Order(string permit, decimal credits) => new(
        permit, credits, BankFolder.Bank.Class, permit, "乙公司", null, 119.92m, 28.45m, "33010203", 100_000.05m, null, null);

    private static ReservationOrder Reservation(string reference, decimal credits) => new(
        reference, credits, BankFolder.Bank.Class, "甲公司",
        Period.DayOf(Instant.From(TimeProvider.System.GetUtcNow()), BankFolder.Programme.Zone).AddDays(30));
}
