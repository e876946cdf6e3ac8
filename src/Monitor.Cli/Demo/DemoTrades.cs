using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;

namespace Monitor.Cli.Demo;

/// <summary>
/// What the demonstration does with the credits of both banks: a reservation, a sale out of it, a second sale of the same
/// contract that is refused, a suspension under which nothing can be sold, its lifting, another sale, and the
/// transfer of responsibility. By the same desks that the verbs use; done already, a no-op.
/// </summary>
internal sealed class DemoTrades(
    CreditDesk credits, SaleDesk sales, ILedgerStore ledger, DemoPersons persons, TimeProvider clock, Action<string> say)
{
    /// <summary>Does it all.</summary>
    /// <exception cref="InvalidOperationException">A refusal did not come, or a sale was refused.</exception>
    internal void Run(WetlandProgramme programme)
    {
        foreach (WetlandBank bank in programme.Banks)
        {
            BankAccount account = BankAccounts.Read(ledger, programme, bank);
            if (account.Sales.Any(s => s.Sale.Reference == Contract(bank, 2))) continue;
            say($"trading credits of {bank.Id}: reservation, sale, refusal, suspension, lifting");
            Reserve(programme, bank, account);
            Trade(programme, bank);
        }
    }

    private void Reserve(WetlandProgramme programme, WetlandBank bank, BankAccount account)
    {
        if (account.Reservations.Count > 0) return;
        DateOnly today = Period.DayOf(Instant.From(clock.GetUtcNow()), programme.Zone);
        Done(credits.Reserve(
            programme, bank, new ReservationOrder(Contract(bank, 1), 6m, bank.Class, "示例交通建设公司", today.AddDays(365)),
            persons.Sponsor));
    }

    private void Trade(WetlandProgramme programme, WetlandBank bank)
    {
        BankAccount account = BankAccounts.Read(ledger, programme, bank);
        long reservation = account.Reservations[0].Entry;
        SaleOrder first = Order(bank, 1, 4.5m) with { Reservation = reservation };
        if (account.Sales.Count == 0) Done(sales.Sell(programme, bank, first, persons.Sponsor));
        Refused(sales.Sell(programme, bank, first, persons.Sponsor));
        SaleOrder second = Order(bank, 2, 2m);
        if (account.Suspensions.Count == 0)
        {
            Done(credits.Suspend(programme, bank, "late-report", "年度监测报告逾期（演示）", persons.Approver));
        }
        if (BankAccounts.Read(ledger, programme, bank).Suspended is not null)
        {
            Refused(sales.Sell(programme, bank, second, persons.Sponsor));
            Done(credits.Lift(programme, bank, "报告已补交并核对（演示）", persons.Approver));
        }
        long sale = BankAccounts.Read(ledger, programme, bank).Sales[0].Entry;
        if (BankAccounts.Read(ledger, programme, bank).Sales[0].Transfer is null)
        {
            Done(credits.Transfer(
                programme, bank, sale, $"{bank.Name.Chinese}建设方（示例）", $"{bank.Id}-transfer.txt",
                Encoding.UTF8.GetBytes("演示文件，不具效力。Made up for the demonstration; of no effect.\n"), persons.Sponsor));
        }
        Done(sales.Sell(programme, bank, second, persons.Sponsor));
    }

    private static SaleOrder Order(WetlandBank bank, int number, decimal required) => new(
        Contract(bank, number), required, bank.Class, $"示许〔{DemoScenario.Year}〕{number} 号", "示例交通建设公司",
        number == 1 ? "示例公路改建" : "示例码头", 119.92m, 28.45m, "33010203", required * 120_000, null, null);

    private static string Contract(WetlandBank bank, int number) => $"示合-{bank.Id}-{number}";

    private static void Done(CreditAnswer answer)
    {
        if (answer.Refusal is string why) throw new InvalidOperationException($"The demonstration was refused: {why}.");
    }

    private static void Refused(CreditAnswer answer)
    {
        if (answer.Entry is LedgerEntry entry) throw new InvalidOperationException(
            $"Entry {entry.Number} should have been refused.");
    }
}
