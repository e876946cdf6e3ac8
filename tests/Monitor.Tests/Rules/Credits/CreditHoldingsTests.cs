using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class CreditHoldingsTests
{
    private static readonly Instant Later = new(1000);

    [Fact]
    public void A_sale_takes_the_lowest_serial_numbers_that_are_free()
    {
        CreditHoldings bank = CreditHoldings.Empty.Release(2m);
        Assert.Equal("1-5000", bank.NextSale(0.5m, null).ToString());
        CreditHoldings after = bank.Sell(0.5m, null);
        Assert.Equal("5001-20000", after.Free.ToString());
        Assert.Equal(1.5m, after.Available);
    }

    [Fact]
    public void What_is_not_there_is_not_sold() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CreditHoldings.Empty.Release(1).Sell(1.0001m, null));

    [Fact]
    public void A_reservation_before_release_waits_and_is_served_first_come_first()
    {
        CreditHoldings bank = CreditHoldings.Empty.Reserve(7, 1m, Later).Reserve(8, 1m, Later);
        Assert.Equal((0m, 0m, 2m), (bank.Available, bank.Reserved, bank.Waiting));
        CreditHoldings one = bank.Release(1.5m);
        Assert.Equal(("1-10000", "10001-15000"), (one.FindHold(7)!.Held.ToString(), one.FindHold(8)!.Held.ToString()));
        Assert.Equal((0m, 1.5m, 0.5m), (one.Available, one.Reserved, one.Waiting));
    }

    [Fact]
    public void A_reservation_that_is_over_frees_what_it_held_for_the_next_that_waits()
    {
        CreditHoldings bank = CreditHoldings.Empty.Release(1).Reserve(7, 1m, new Instant(10)).Reserve(8, 1m, Later);
        Assert.Equal(1m, bank.At(new Instant(9)).FindHold(8)!.Waiting);
        CreditHoldings over = bank.At(new Instant(10));
        Assert.Null(over.FindHold(7));
        Assert.Equal("1-10000", over.FindHold(8)!.Held.ToString());
    }

    [Fact]
    public void A_reservation_is_sold_in_parts_and_gone_when_it_is_used_up()
    {
        CreditHoldings bank = CreditHoldings.Empty.Release(3).Reserve(7, 2m, Later);
        CreditHoldings part = bank.Sell(0.5m, bank.FindHold(7));
        Assert.Equal((1m, 1.5m), (part.Available, part.Reserved));
        Assert.Null(part.Sell(1.5m, part.FindHold(7)).FindHold(7));
    }

    [Fact]
    public void A_reduction_takes_free_credits_of_the_release_only_and_never_sold_ones()
    {
        CreditHoldings bank = CreditHoldings.Empty.Release(1).Release(1).Sell(0.5m, null);
        var first = new SerialRange(1, 10_000);
        Assert.Equal("5001-10000", bank.NextReduction(first, 0.5m).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => bank.NextReduction(first, 0.6m));
        CreditHoldings less = bank.Reduce(bank.NextReduction(first, 0.5m));
        Assert.Equal(1m, less.Available);
        Assert.Equal(bank.Free, less.Restore(less.Reduced).Free);
    }

    [Fact]
    public void Whatever_happens_every_serial_number_is_in_one_place_and_what_is_sold_stays_sold() => Prop.ForAll(
        (from verb in Gen.Choose(0, 6) from units in Gen.Choose(1, 40_000) from which in Gen.Choose(0, 3)
         select (verb, units, which)).ArrayOf(30).ToArbitrary(),
        acts =>
        {
            CreditHoldings bank = CreditHoldings.Empty;
            int step = 0;
            foreach ((int verb, int units, int which) in acts)
            {
                CreditHoldings before = bank;
                bank = Act(bank, ++step, verb, units / 10_000m, which);
                AssertWhole(bank);
                Assert.Equal(before.Sold, before.Sold.Common(bank.Sold));
            }
        }).QuickCheckThrowOnFailure();

    private static CreditHoldings Act(CreditHoldings bank, int step, int verb, decimal credits, int which)
    {
        CreditHold? hold = bank.Holds.Count == 0 ? null : bank.Holds[which % bank.Holds.Count];
        decimal sold = Math.Min(credits, hold?.Held.Credits ?? bank.Available);
        return verb switch
        {
            0 or 1 => bank.Release(credits),
            2 => bank.Reserve(step, credits, new Instant(step + (which * 4))),
            3 => bank.Sell(Math.Min(credits, bank.Available), null),
            4 => hold is null ? bank : bank.Sell(sold, hold),
            5 => bank.At(new Instant(step)),
            _ => bank.Reduced.Credits > 0 && which == 0
                ? bank.Restore(bank.Reduced)
                : bank.Reduce(bank.Free.Lowest(Math.Min(credits, bank.Available))),
        };
    }

    private static void AssertWhole(CreditHoldings bank)
    {
        SerialSet all = bank.Holds.Aggregate(bank.Free.With(bank.Sold).With(bank.Reduced), (s, h) => s.With(h.Held));
        string whole = bank.Released == 0 ? "" : new SerialRange(1, (long)(bank.Released * 10_000)).ToString();
        Assert.Equal(whole, all.ToString());
        Assert.Equal(bank.Released - bank.Sold.Credits - bank.Reserved - bank.Reduced.Credits, bank.Available);
        Assert.True(bank.Available >= 0);
        // Nothing is free as long as somebody waits.
        Assert.True(bank.Waiting == 0 || bank.Available == 0);
    }
}
