using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Rules.Credits;
using Monitor.Tests.Ledger.Decisions;
using Xunit;
using static Monitor.Tests.Programmes.Banks.CreditMovementsTests;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>One credit followed by its serial number.</summary>
public sealed class CreditTraceTests
{
    private static readonly Instant Far = new(1_000_000);

    [Fact]
    public void A_sold_credit_is_followed_from_its_determination_over_release_and_reservation_to_its_sale()
    {
        BankHistory bank = Released("easement"); // entries 1 to 8
        Reserve(bank, "10", Far); // 9: 1-100000
        Sell(bank, "4", 9); // 10: 1-40000
        bank.State(LedgerKinds.Transfer, new ResponsibilityTransfer(
            BankHistory.Programme.Id, BankHistory.Bank.Id, 10, "乙公司", "建设方", "t.pdf", LedgerHash.Zero));
        CreditTrace sold = Trace(bank, 40_000), next = Trace(bank, 40_001);
        Assert.Equal(
            "determination#1 approval#2 approval#3 award#4 evidence#1 proposal#5 approval#6 approval#7 release#8 "
            + "reservation#9 sale#10 transfer#11", Words(sold));
        Assert.Equal(("sold", "reserved"), (sold.State, next.State));
        Assert.DoesNotContain(next.Steps, s => s.Step is "sale" or "transfer");
        TraceStep release = sold.Steps.Single(s => s.Step == "release");
        Assert.Equal(("easement", "13.5999", "1-135999"), (release.Subject, release.Credits, release.Serials));
        Assert.Equal(bank.Entries[7].Hash, release.Hash);
        Assert.Equal(
            [Signer.Approver.Person.Name, Signer.Reviewer.Person.Name],
            sold.Steps.Where(s => s.Entry is 6 or 7).Select(s => s.Person));
    }

    [Fact]
    public void A_pre_sold_credit_names_the_reservation_that_waited_for_it()
    {
        BankHistory bank = Awarded();
        Reserve(bank, "20", Far); // 5, before anything is released
        bank.Propose(Signer.Sponsor, "easement");
        bank.Decide(Signer.Approver, "easement", approves: true);
        bank.Decide(Signer.Reviewer, "easement", approves: true);
        CreditTrace held = Trace(bank, 135_999);
        Assert.Equal("reserved", held.State);
        Assert.Contains(held.Steps, s => s is { Step: "reservation", Entry: 5 });
        CreditTrace later = Trace(bank, 136_000);
        Assert.Equal("unreleased", later.State);
        Assert.Equal(["determination", "approval", "approval", "award"], later.Steps.Select(s => s.Step));
    }

    [Fact]
    public void A_reservation_that_ended_and_a_correction_that_was_taken_back_are_steps()
    {
        BankHistory bank = Released("easement");
        Reserve(bank, "1", new Instant(bank.Entries.Count + 2)); // 9: over when 10 is sealed
        Correct(bank, 8, 13.5999m); // 10: all of it
        Assert.Equal("taken-back", Trace(bank, 1).State);
        Correct(bank, 10, null); // 11
        CreditTrace again = Trace(bank, 1);
        Assert.Equal("free", again.State);
        Assert.Equal(
            ["release#8", "reservation#9", "expiry#", "correction#10", "correction#11"],
            again.Steps.Select(s => $"{s.Step}#{s.Entry}").Where(s => s[^1] == '#' || s.Contains("#8", StringComparison.Ordinal)
                || s.Contains("#9", StringComparison.Ordinal) || s.StartsWith("correction", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_number_that_the_award_does_not_reach_and_a_bank_without_award_have_no_trace()
    {
        BankHistory bank = Released("easement");
        foreach (long none in (long[])[0, -1, 906_667, long.MaxValue])
        {
            InputException fault = Assert.Throws<InputException>(() => Trace(bank, none));
            Assert.Equal(("SERIAL", "Its award has the numbers 1 to 906666."), (fault.Field, fault.Remedy));
        }
        InputException unawarded = Assert.Throws<InputException>(() => Trace(new BankHistory(), 1));
        Assert.Contains("no award", unawarded.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_traded_the_state_of_a_number_is_where_the_account_has_it()
    {
        Gen<(int, int, int)> act = from verb in Gen.Choose(0, 3)
            from credits in Gen.Choose(1, 60_000)
            from which in Gen.Choose(0, 2)
            select (verb, credits, which);
        int sold = 0;
        Prop.ForAll(act.ArrayOf(12).ToArbitrary(), Gen.Choose(1, 140_000).ToArbitrary(), (acts, serial) =>
        {
            BankHistory bank = Released("easement");
            foreach ((int verb, int credits, int which) in acts)
            {
                string amount = (credits / 10_000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
                _ = verb switch
                {
                    0 => Reserve(bank, amount, new Instant(bank.Entries.Count + (which * 4))),
                    1 => Sell(bank, amount),
                    2 => Sell(bank, amount, bank.Account.Holdings.Holds.ElementAtOrDefault(which)?.Id),
                    _ => Correct(bank, 8, credits / 10_000m),
                };
            }
            CreditTrace trace = Trace(bank, serial, Far);
            CreditHoldings now = bank.Account.At(Far).Holdings;
            string expected = now.Sold.Contains(serial) ? "sold" : now.Reduced.Contains(serial) ? "taken-back"
                : now.Free.Contains(serial) ? "free" : "unreleased";
            Assert.Equal(expected, trace.State);
            // Sold for good, and once; the sale is by the entry that names the number.
            Assert.Equal(expected == "sold" ? 1 : 0, trace.Steps.Count(s => s.Step == "sale"));
            if (expected != "sold") return;
            sold++;
            TraceStep sale = trace.Steps.Single(s => s.Step == "sale");
            Assert.True(SerialSet.Parse(CreditSale.Read(bank.Entries[(int)sale.Entry!.Value - 1]).Serials).Contains(serial));
        }).QuickCheckThrowOnFailure();
        Assert.True(sold > 0, "no number was ever sold: the property was not tried");
    }

    private static CreditTrace Trace(BankHistory bank, long serial, Instant? now = null) => CreditTrace.Of(
        BankHistory.Programme.Id, BankHistory.Bank.Id, serial, bank.Entries, bank.Book, now ?? new Instant(100));

    // The history's releases name entry 1 as their evidence, so that it stands by its own time.
    private static string Words(CreditTrace trace)
    {
        IEnumerable<TraceStep> steps = trace.Steps.Where(s => s.Step != "evidence");
        List<string> words = [.. steps.Select(s => $"{s.Step}#{s.Entry}")];
        words.Insert(4, $"evidence#{trace.Steps.Single(s => s.Step == "evidence").Entry}");
        return string.Join(' ', words);
    }
}
