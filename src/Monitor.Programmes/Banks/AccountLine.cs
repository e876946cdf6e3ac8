using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>One movement of a bank's account, with the balances after it.</summary>
/// <param name="Entry">Its entry; null for a reservation that ended by itself.</param>
/// <param name="SealedAt">When it was sealed, or when the reservation ended.</param>
/// <param name="Kind">The entry's kind; <c>expiry</c> for a reservation that ended by itself.</param>
/// <param name="Subject">Milestone, contract, trigger, or number of the entry concerned.</param>
/// <param name="Permit">Permit and permittee of a sale, permittee of a reservation; null for the others.</param>
/// <param name="Credits">Credits it concerns; with a minus where the available balance can only fall by it.</param>
/// <param name="Serials">Their serial numbers; empty where it has none.</param>
/// <param name="After">The balances after it.</param>
public sealed record AccountLine(
    long? Entry, Instant SealedAt, string Kind, string Subject, string? Permit, decimal Credits, string Serials,
    CreditHoldings After)
{
    /// <summary>A reservation that ended by itself.</summary>
    public const string Expiry = "expiry";

    /// <summary>The movements of a bank in ledger order, reservations that ended by then included.</summary>
    /// <param name="programme">Programme id.</param>
    /// <param name="bank">Bank id.</param>
    /// <param name="entries">The ledger.</param>
    /// <param name="book">Its decisions.</param>
    /// <param name="now">Until when.</param>
    public static IReadOnlyList<AccountLine> Of(
        string programme, string bank, IEnumerable<LedgerEntry> entries, DecisionBook book, Instant now)
    {
        List<AccountLine> lines = [];
        var account = new BankAccount(programme, bank);
        foreach (LedgerEntry entry in entries)
        {
            BankAccount after = account.With(entry, book);
            if (ReferenceEquals(after, account)) continue;
            if (entry.Kind != LedgerKinds.Proposal)
            {
                AddExpired(lines, account, entry.SealedAt);
                lines.Add(Line(entry, after));
            }
            account = after;
        }
        AddExpired(lines, account, now);
        return lines;
    }

    private static void AddExpired(List<AccountLine> lines, BankAccount account, Instant at)
    {
        CreditHoldings holdings = account.Holdings;
        while (holdings.Holds.FirstOrDefault(h => h.Until <= at) is CreditHold over)
        {
            holdings = holdings.End(over);
            CreditReservation made = account.Reservations.First(r => r.Entry == over.Id).Reservation;
            lines.Add(new AccountLine(
                null, over.Until, Expiry, made.Reference, made.Permittee, over.Held.Credits, over.Held.ToString(), holdings));
        }
    }

    private static AccountLine Line(LedgerEntry entry, BankAccount after)
    {
        AccountLine Of(string subject, decimal credits, string serials = "", string? permit = null) =>
            new(entry.Number, entry.SealedAt, entry.Kind, subject, permit, credits, serials, after.Holdings);
        switch (entry.Kind)
        {
            case LedgerKinds.Award:
                return Of("", CreditAward.Number(CreditAward.Read(entry).Credits));
            case LedgerKinds.Release:
                ReleasedPart released = after.Releases[^1];
                return Of(released.Milestone, released.Credits, released.Serials.ToString());
            case LedgerKinds.Reservation:
                CreditReservation reserved = CreditReservation.Read(entry);
                string held = after.Holdings.FindHold(entry.Number)?.Held.ToString() ?? "";
                return Of(reserved.Reference, CreditAward.Number(reserved.Credits), held, reserved.Permittee);
            case LedgerKinds.Sale:
                CreditSale sale = CreditSale.Read(entry);
                return Of(sale.Reference, -CreditAward.Number(sale.Credits), sale.Serials, $"{sale.Permit} · {sale.Permittee}");
            case LedgerKinds.Transfer:
                ResponsibilityTransfer transfer = ResponsibilityTransfer.Read(entry);
                return Of($"#{transfer.Sale}", 0, "", $"{transfer.From} → {transfer.To}");
            case LedgerKinds.Suspension:
                BankSuspension suspension = BankSuspension.Read(entry);
                return Of(suspension.Trigger, 0, "", suspension.Reason);
            case LedgerKinds.Lifting:
                BankLifting lifting = BankLifting.Read(entry);
                return Of($"#{lifting.Lifts}", 0, "", lifting.Reason);
            default:
                CreditCorrection correction = CreditCorrection.Read(entry);
                bool takes = correction.Credits.StartsWith('-');
                decimal credits = CreditAward.Number(correction.Credits.TrimStart('-'));
                return Of($"#{correction.Reverses}", takes ? -credits : credits, correction.Serials, correction.Reason);
        }
    }
}
