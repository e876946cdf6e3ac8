using Monitor.Programmes.Banks;
using Monitor.Rules.Credits;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Threads of one service on one store: what they ask at once comes out as if asked one after another.</summary>
public sealed class BankRaceTests : IDisposable
{
    private const int Threads = 8;

    private readonly BankFolder bank = new();

    public void Dispose() => bank.Dispose();

    [Fact]
    public void Threads_that_sell_the_last_credit_sell_it_once()
    {
        Release();
        CreditAnswer[] answers = Together(i => Sell($"X-{i}", 13.5999m));
        Assert.Single(answers, a => a.Entry is not null);
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void Threads_that_sell_reserve_and_correct_leave_every_number_in_one_place()
    {
        Release();
        long release = Account.Releases[0].Entry;
        // 13.5999 are there and each asks for 3: four get them, whoever comes first.
        CreditAnswer[] answers = Together(i => (i % 4) switch
        {
            0 or 1 => Sell($"X-{i}", 3),
            2 => bank.Credits.Reserve(BankFolder.Programme, BankFolder.Bank, new ReservationOrder(
                $"HT-{i}", 3, BankFolder.Bank.Class, "甲公司", Month), bank.Sponsor),
            _ => bank.Credits.Correct(BankFolder.Programme, BankFolder.Bank, release, 3, $"误登 {i}", bank.Approver),
        });
        CreditHoldings now = Account.Holdings;
        Assert.Equal(13.5999m, now.Free.Credits + now.Sold.Credits + now.Reserved + now.Reduced.Credits);
        SerialSet all = now.Holds.Aggregate(
            now.Free.With(now.Sold).With(now.Reduced), (sum, hold) => sum.With(hold.Held));
        Assert.Equal("1-135999", all.ToString());
        Assert.InRange(answers.Count(a => a.Entry is not null), 4, Threads);
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
    }

    [Fact]
    public void What_is_sold_beside_a_suspension_was_sold_before_it()
    {
        Release();
        Together(i => i == 0
            ? bank.Credits.Suspend(BankFolder.Programme, BankFolder.Bank, "late-report", "逾期", bank.Approver)
            : Sell($"X-{i}", 1));
        long suspended = Account.Suspended!.Entry;
        Assert.All(Account.Sales, s => Assert.True(s.Entry < suspended));
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
    }

    private static DateOnly Month => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(30);

    private BankAccount Account => BankAccounts.Read(bank.Ledger, BankFolder.Programme, BankFolder.Bank);

    private void Release()
    {
        bank.Award();
        bank.Approve(bank.File("easement"));
    }

    private CreditAnswer Sell(string permit, decimal credits) => bank.Sales.Sell(
        BankFolder.Programme, BankFolder.Bank, new SaleOrder(
            permit, credits, BankFolder.Bank.Class, permit, "乙公司", null, 119.92m, 28.45m, "33010203", 1000m, null, null),
        bank.Sponsor);

    // All at one moment: each waits at the gate until the last has come.
    private static CreditAnswer[] Together(Func<int, CreditAnswer> act)
    {
        using var gate = new Barrier(Threads);
        var answers = new CreditAnswer[Threads];
        var failures = new Exception?[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            gate.SignalAndWait(TimeSpan.FromSeconds(60));
            try
            {
                answers[i] = act(i);
            }
            catch (Exception e)
            {
                // Told to the test's own thread below.
                failures[i] = e;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) Assert.True(thread.Join(TimeSpan.FromSeconds(60)));
        Assert.All(failures, Assert.Null);
        return answers;
    }
}
