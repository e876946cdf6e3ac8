using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Rules.Credits;
using Monitor.Tests.Ledger.Decisions;
using Xunit;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>Reserving, selling, suspending and correcting, as statements on a ledger in memory.</summary>
public sealed class CreditMovementsTests
{
    private static readonly Instant Far = new(1_000_000);

    [Fact]
    public void A_credit_goes_from_release_over_reservation_to_sale_and_never_twice()
    {
        BankHistory bank = Released("easement"); // 13.5999
        Assert.Equal("reserved", Reserve(bank, "10", Far));
        Assert.Equal("refused: 3.6000 credits are asked of jiulong and 3.5999 are available (released 13.5999, sold 0.0000, " +
            "reserved 10.0000, taken back 0.0000)", Sell(bank, "3.6"));
        Assert.Equal("sold 100001-135999", Sell(bank, "3.5999"));
        long reservation = bank.Account.Reservations[0].Entry;
        Assert.Equal("sold 1-40000", Sell(bank, "4", reservation));
        Assert.Equal("sold 40001-100000", Sell(bank, "6", reservation));
        Assert.Equal($"refused: reservation {reservation} has ended or is used up", Sell(bank, "0.0001", reservation));
        Assert.Equal((0m, 13.5999m), (bank.Account.Holdings.Available, bank.Account.Holdings.Sold.Credits));
    }

    [Fact]
    public void A_pre_sale_waits_for_the_release_and_cannot_be_sold_before_it()
    {
        BankHistory bank = Awarded();
        Assert.Equal("refused: 1.0000 credits are asked of jiulong and 0.0000 are available (released 0.0000, sold 0.0000, " +
            "reserved 0.0000, taken back 0.0000)", Reserve(bank, "1", Far, allowsPresale: false));
        Assert.Equal("reserved", Reserve(bank, "20", Far));
        long reservation = bank.Account.Reservations[0].Entry;
        Assert.StartsWith(
            "refused: 1.0000 credits are asked of jiulong and 0.0000 are released and held", Sell(bank, "1", reservation));
        bank.Propose(Signer.Sponsor, "easement");
        bank.Decide(Signer.Approver, "easement", approves: true);
        bank.Decide(Signer.Reviewer, "easement", approves: true);
        Assert.Equal((13.5999m, 6.4001m, 0m), (
            bank.Account.Holdings.Reserved, bank.Account.Holdings.Waiting, bank.Account.Holdings.Available));
        Assert.Equal("sold 1-10000", Sell(bank, "1", reservation));
        Assert.StartsWith("refused: 71.0000 credits are asked", Reserve(bank, "71", Far));
    }

    [Fact]
    public void A_suspended_bank_neither_releases_nor_reserves_nor_sells_until_it_is_lifted()
    {
        BankHistory bank = Released("easement");
        Assert.Equal("suspended", Suspend(bank));
        Assert.StartsWith("refused: jiulong is suspended by entry", Sell(bank, "1"));
        Assert.StartsWith("refused: jiulong is suspended by entry", Reserve(bank, "1", Far));
        bank.Propose(Signer.Sponsor, "exotics");
        bank.Decide(Signer.Approver, "exotics", approves: true);
        Assert.Equal(
            $"approved, it waits until the suspension of the bank is lifted (entry {bank.Account.Suspended!.Entry})",
            bank.Decide(Signer.Reviewer, "exotics", approves: true));
        Assert.Equal("lifted", Lift(bank));
        Assert.Equal("sold 1-10000", Sell(bank, "1"));
    }

    [Fact]
    public void A_correction_takes_back_what_is_free_of_a_release_and_never_what_is_sold()
    {
        BankHistory bank = Released("easement");
        long release = bank.Account.Releases[0].Entry;
        Sell(bank, "3");
        long sale = bank.Account.Sales[0].Entry;
        Assert.Equal($"refused: entry {sale} is a sale: once debited, a credit keeps its value, and a sale is not reversed",
            Correct(bank, sale, null));
        Assert.Equal($"refused: 10.5999 credits of release {release} are still free; what is sold or reserved keeps its value",
            Correct(bank, release, 10.6m));
        Assert.Equal("corrected -10.0000", Correct(bank, release, 10m));
        Assert.Equal(0.5999m, bank.Account.Holdings.Available);
        long reduction = bank.Account.Corrections[0].Entry;
        Assert.Equal("corrected 10.0000", Correct(bank, reduction, null));
        Assert.StartsWith("refused: entry", Correct(bank, reduction, null));
        Assert.Equal(10.5999m, bank.Account.Holdings.Available);
    }

    [Fact]
    public void A_reservation_that_is_over_holds_nothing_and_is_told_as_a_line_of_its_own()
    {
        BankHistory bank = Released("easement");
        Reserve(bank, "10", new Instant(bank.Entries.Count + 5));
        Assert.Equal(3.5999m, bank.Account.Holdings.Available);
        Assert.Equal(13.5999m, bank.Account.At(Far).Holdings.Available);
        IReadOnlyList<AccountLine> lines = AccountLine.Of(
            BankHistory.Programme.Id, BankHistory.Bank.Id, bank.Entries, bank.Book, Far);
        Assert.Equal(["award", "release", "reservation", "expiry"], lines.Select(l => l.Kind));
        Assert.Equal([0m, 13.5999m, 3.5999m, 13.5999m], lines.Select(l => l.After.Available));
    }

    [Fact]
    public void An_audit_names_a_sale_of_credits_that_were_sold()
    {
        BankHistory bank = Released("easement");
        BankAccount before = bank.Account;
        Sell(bank, "13.5999");
        LedgerEntry sale = bank.Entries[^1];
        Assert.Null(before.FaultOf(sale));
        Assert.Contains("are available", bank.Account.FaultOf(sale), StringComparison.Ordinal);
        // Credits that were there, by numbers that were not next.
        BankAccount other = before with { Holdings = before.Holdings.Release(20).Sell(1, null) };
        Assert.Contains("were next", other.FaultOf(sale), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_asked_in_whatever_order_the_balance_holds_and_no_serial_number_is_sold_twice()
    {
        int sales = 0;
        Prop.ForAll(
            (from verb in Gen.Choose(0, 6) from credits in Gen.Choose(1, 200_000) from which in Gen.Choose(0, 3)
             select (verb, credits, which)).ArrayOf(25).ToArbitrary(),
            acts =>
            {
                BankHistory bank = Released("easement");
                foreach ((int verb, int credits, int which) in acts) Act(bank, verb, credits / 10_000m, which);
                sales += AssertLaws(bank);
            }).QuickCheckThrowOnFailure();
        Assert.True(sales > 0, "nothing was ever sold: the property was not tried");
    }

    private static void Act(BankHistory bank, int verb, decimal credits, int which)
    {
        string amount = credits.ToString(CultureInfo.InvariantCulture);
        long? hold = bank.Account.Holdings.Holds.ElementAtOrDefault(which)?.Id;
        _ = verb switch
        {
            0 => Reserve(bank, amount, new Instant(bank.Entries.Count + (which * 5))),
            1 or 2 => Sell(bank, amount),
            3 => Sell(bank, amount, hold),
            4 => bank.Account.Suspended is null ? Suspend(bank) : Lift(bank),
            5 => Correct(bank, bank.Account.Releases[0].Entry, credits),
            _ => Correct(bank, hold ?? (bank.Account.Corrections is [.., CorrectedPart last] ? last.Entry : 0), null),
        };
    }

    // By the entries' own words, not by the code under test.
    private static int AssertLaws(BankHistory bank)
    {
        (decimal released, decimal sold, decimal reduced) = (0, 0, 0);
        HashSet<long> numbers = [];
        int sales = 0;
        foreach (LedgerEntry entry in bank.Entries)
        {
            JsonElement body = JsonDocument.Parse(entry.Body).RootElement;
            decimal Credits() => decimal.Parse(body.GetProperty("credits").GetString()!, CultureInfo.InvariantCulture);
            if (entry.Kind == LedgerKinds.Release) released += Credits();
            if (entry.Kind == LedgerKinds.Sale)
            {
                (sold, sales) = (sold + Credits(), sales + 1);
                foreach (string range in body.GetProperty("serials").GetString()!.Split(','))
                {
                    long[] ends = [.. range.Split('-').Select(e => long.Parse(e, CultureInfo.InvariantCulture))];
                    for (long n = ends[0]; n <= ends[1]; n++)
                    {
                        Assert.True(numbers.Add(n), $"serial number {n} is sold twice");
                    }
                }
            }
            if (entry.Kind == LedgerKinds.Correction && body.GetProperty("serials").GetString()!.Length > 0
                && bank.Account.Reservations.All(r => r.Entry != body.GetProperty("reverses").GetInt64()))
            {
                reduced -= Credits();
            }
            Assert.True(released - sold - reduced >= 0, $"{released} released, {sold} sold, {reduced} taken back");
        }
        Assert.Equal(numbers.Count, sold * 10_000);
        Assert.Equal(
            released - sold - reduced - bank.Account.Holdings.Reserved, bank.Account.Holdings.Available);
        return sales;
    }

    internal static BankHistory Awarded()
    {
        var bank = new BankHistory();
        bank.Propose(Signer.Sponsor, "award");
        bank.Decide(Signer.Approver, "award", approves: true);
        bank.Decide(Signer.Reviewer, "award", approves: true);
        return bank;
    }

    internal static BankHistory Released(string milestone)
    {
        BankHistory bank = Awarded();
        bank.Propose(Signer.Sponsor, milestone);
        bank.Decide(Signer.Approver, milestone, approves: true);
        bank.Decide(Signer.Reviewer, milestone, approves: true);
        return bank;
    }

    internal static string Reserve(BankHistory bank, string credits, Instant until, bool allowsPresale = true)
    {
        decimal wanted = decimal.Parse(credits, CultureInfo.InvariantCulture);
        if (CreditMovements.FaultOfReservation(bank.Now, wanted, allowsPresale) is string fault) return $"refused: {fault}";
        bank.State(LedgerKinds.Reservation, new CreditReservation(
            BankHistory.Programme.Id, "1", LedgerHash.Zero, BankHistory.Bank.Id, $"HT-{bank.Entries.Count}",
            CreditAward.Text(wanted), "ha-score", BankHistory.Bank.Class, "甲公司", "2026-01-01", until.UnixMilliseconds));
        return "reserved";
    }

    internal static string Sell(BankHistory bank, string credits, long? reservation = null)
    {
        decimal wanted = decimal.Parse(credits, CultureInfo.InvariantCulture);
        BankAccount account = bank.Now;
        if (CreditMovements.FaultOfSale(account, wanted, reservation) is string fault) return $"refused: {fault}";
        CreditHold? hold = reservation is long id ? account.Holdings.FindHold(id) : null;
        string serials = account.Holdings.NextSale(wanted, hold).ToString();
        string text = CreditAward.Text(wanted);
        bank.State(LedgerKinds.Sale, new CreditSale(
            BankHistory.Programme.Id, "1", LedgerHash.Zero, BankHistory.Bank.Id, $"S-{bank.Entries.Count}", text, text,
            "ha-score", BankHistory.Bank.Class, "", "X-1", "乙公司", null,
            new SalePlace("119.92", "28.45", null, "1", "primary", true, null, "1"), null, null, reservation, serials, 4, "", "",
            "", null, null, "documents/none.html", LedgerHash.Zero));
        return $"sold {serials}";
    }

    internal static string Correct(BankHistory bank, long reverses, decimal? credits)
    {
        if (CreditMovements.Correction(bank.Now, reverses, credits, out string fault) is not (SerialSet numbers, bool frees))
        {
            return $"refused: {fault}";
        }
        string text = (frees ? "" : "-") + CreditAward.Text(numbers.Credits);
        bank.State(LedgerKinds.Correction, new CreditCorrection(
            BankHistory.Programme.Id, BankHistory.Bank.Id, reverses, text, numbers.ToString(), "误登"));
        return $"corrected {text}";
    }

    private static string Suspend(BankHistory bank)
    {
        bank.State(LedgerKinds.Suspension, new BankSuspension(
            BankHistory.Programme.Id, BankHistory.Bank.Id, "late-report", "年度报告逾期"));
        return "suspended";
    }

    private static string Lift(BankHistory bank)
    {
        bank.State(LedgerKinds.Lifting, new BankLifting(
            BankHistory.Programme.Id, BankHistory.Bank.Id, bank.Account.Suspended!.Entry, "已补交"));
        return "lifted";
    }
}
