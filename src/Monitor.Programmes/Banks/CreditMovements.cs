using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>
/// The rules of reserving, selling, transferring, suspending, lifting and correcting, on an account as it stands at the time.
/// Pure: the desk asks before it seals, an audit asks again of what was sealed.
/// </summary>
public static class CreditMovements
{
    /// <summary>Why credits cannot be reserved; null where they can.</summary>
    /// <param name="account">As it stands.</param>
    /// <param name="credits">Above 0.</param>
    /// <param name="allowsPresale">Whether credits that are not released yet may be reserved.</param>
    public static string? FaultOfReservation(BankAccount account, decimal credits, bool allowsPresale)
    {
        if (FaultOfTrade(account) is string fault) return fault;
        CreditHoldings now = account.Holdings;
        if (!allowsPresale && credits > now.Available) return NotEnough(account, credits, now.Available, "available");
        decimal unpromised = account.Awarded - now.Sold.Credits - now.Reduced.Credits - now.Reserved - now.Waiting;
        return credits > unpromised ? NotEnough(account, credits, unpromised, "awarded and not promised yet") : null;
    }

    /// <summary>Why credits cannot be sold; null where they can.</summary>
    /// <param name="account">As it stands.</param>
    /// <param name="credits">Above 0.</param>
    /// <param name="reservation">Entry of the reservation to sell from; null for free credits.</param>
    public static string? FaultOfSale(BankAccount account, decimal credits, long? reservation)
    {
        if (FaultOfTrade(account) is string fault) return fault;
        if (reservation is not long id)
        {
            return credits > account.Holdings.Available
                ? NotEnough(account, credits, account.Holdings.Available, "available")
                : null;
        }
        if (account.Holdings.FindHold(id) is not CreditHold hold)
        {
            bool wasMade = account.Reservations.Any(r => r.Entry == id);
            return wasMade ? $"reservation {id} has ended or is used up" : $"{account.Bank} has no reservation {id}";
        }
        return credits > hold.Held.Credits
            ? NotEnough(account, credits, hold.Held.Credits, $"released and held by reservation {id}")
            : null;
    }

    /// <summary>
    /// What a correction of an entry would move: the serial numbers, and whether they become free or are taken away; or why
    /// it cannot be.
    /// </summary>
    /// <param name="account">As it stands.</param>
    /// <param name="reverses">A reservation, a release, or a correction of a release.</param>
    /// <param name="credits">Credits to take back of a release; null for all that are free, and for the others.</param>
    /// <param name="fault">Why not, or empty.</param>
    public static (SerialSet Serials, bool Frees)? Correction(
        BankAccount account, long reverses, decimal? credits, out string fault)
    {
        fault = "";
        if (account.Holdings.FindHold(reverses) is CreditHold hold) return (hold.Held, true);
        if (account.Corrections.FirstOrDefault(c => c.Entry == reverses) is { ReversedBy: null } former
            && IsReduction(former.Correction))
        {
            return (Numbers(former.Correction.Serials), true);
        }
        if (account.Releases.FirstOrDefault(r => r.Entry == reverses) is ReleasedPart release)
        {
            SerialSet free = account.Holdings.Free.Common(SerialSet.Of([release.Serials]));
            decimal wanted = credits ?? free.Credits;
            if (wanted > 0 && wanted <= free.Credits) return (account.Holdings.NextReduction(release.Serials, wanted), false);
            fault = $"{CreditAward.Text(free.Credits)} credits of release {reverses} are still free; what is sold or reserved " +
                "keeps its value";
            return null;
        }
        fault = account.Sales.Any(s => s.Entry == reverses)
            ? $"entry {reverses} is a sale: once debited, a credit keeps its value, and a sale is not reversed"
            : $"entry {reverses} is no standing reservation, no release and no reduction of {account.Bank}";
        return null;
    }

    /// <summary>What is wrong with a statement as the account's next; null where nothing is.</summary>
    /// <param name="account">As it stands when the entry is sealed.</param>
    /// <param name="entry">A statement of this bank.</param>
    internal static string? FaultOf(BankAccount account, LedgerEntry entry)
    {
        string? fault = entry.Kind switch
        {
            LedgerKinds.Reservation => FaultOf(account, CreditReservation.Read(entry)),
            LedgerKinds.Sale => FaultOf(account, CreditSale.Read(entry)),
            LedgerKinds.Transfer => FaultOf(account, ResponsibilityTransfer.Read(entry)),
            LedgerKinds.Suspension => FaultOf(account, BankSuspension.Read(entry)),
            LedgerKinds.Lifting => account.Suspended?.Entry == BankLifting.Read(entry).Lifts
                ? null
                : "that suspension does not stand",
            _ => FaultOf(account, CreditCorrection.Read(entry)),
        };
        return fault is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Entry {entry.Number} is a {entry.Kind} that the account of {account.Bank} forbids: {fault}.");
    }

    /// <summary>The account after a statement of its bank.</summary>
    internal static BankAccount After(BankAccount account, LedgerEntry entry)
    {
        CreditHoldings now = account.Holdings;
        switch (entry.Kind)
        {
            case LedgerKinds.Reservation:
                CreditReservation reserved = CreditReservation.Read(entry);
                return account with
                {
                    Reservations = [.. account.Reservations, new ReservedPart(entry.Number, reserved)],
                    Holdings = now.Reserve(entry.Number, CreditAward.Number(reserved.Credits), new Instant(reserved.Ends)),
                };
            case LedgerKinds.Sale:
                CreditSale sale = CreditSale.Read(entry);
                CreditHold? hold = sale.Reservation is long id ? now.FindHold(id) : null;
                return account with
                {
                    Sales = [.. account.Sales, new SoldPart(entry.Number, sale, null)],
                    Holdings = now.Sell(CreditAward.Number(sale.Credits), hold),
                };
            case LedgerKinds.Transfer:
                long sold = ResponsibilityTransfer.Read(entry).Sale;
                return account with
                {
                    Sales = [.. account.Sales.Select(s => s.Entry == sold ? s with { Transfer = entry.Number } : s)],
                };
            case LedgerKinds.Suspension:
                return account with
                {
                    Suspensions = [.. account.Suspensions, new SuspendedPart(entry.Number, BankSuspension.Read(entry), null)],
                };
            case LedgerKinds.Lifting:
                long lifts = BankLifting.Read(entry).Lifts;
                return account with
                {
                    Suspensions = [.. account.Suspensions.Select(s => s.Entry == lifts ? s with { LiftedBy = entry.Number } : s)],
                };
            default:
                return Corrected(account, entry);
        }
    }

    private static BankAccount Corrected(BankAccount account, LedgerEntry entry)
    {
        CreditCorrection correction = CreditCorrection.Read(entry);
        CreditHoldings now = account.Holdings;
        SerialSet numbers = Numbers(correction.Serials);
        CreditHoldings after = now.FindHold(correction.Reverses) is CreditHold hold ? now.End(hold)
            : IsReduction(correction) ? now.Reduce(numbers)
            : now.Restore(numbers);
        return account with
        {
            Corrections =
            [
                .. account.Corrections.Select(c => c.Entry == correction.Reverses ? c with { ReversedBy = entry.Number } : c),
                new CorrectedPart(entry.Number, correction, null),
            ],
            Holdings = after,
        };
    }

    /// <summary>Why the bank cannot be suspended; null where it can.</summary>
    public static string? FaultOfSuspension(BankAccount account) =>
        account.Suspended is null ? null : "the bank is suspended already";

    private static string? FaultOf(BankAccount account, BankSuspension suspension)
    {
        if (FaultOfSuspension(account) is string fault) return fault;
        if (suspension.Completes is not long on) return null;
        bool isProposed = account.Triggers.Any(t => t.Case.Entry == on && t.Proposal.Trigger == suspension.Trigger
            && t.Proposal.Proposes == TriggerProposal.Suspension);
        return isProposed ? null : $"entry {on} does not propose it";
    }

    private static string? FaultOf(BankAccount account, CreditReservation reserved) =>
        // Whether pre-sale is allowed is the programme's to say; the ledger alone bounds it by the award.
        FaultOfReservation(account, CreditAward.Number(reserved.Credits), allowsPresale: true);

    private static string? FaultOf(BankAccount account, ResponsibilityTransfer transfer) =>
        account.Sales.Any(s => s.Entry == transfer.Sale && s.Transfer is null)
            ? null
            : "its sale is not there, or responsibility passed before";

    private static string? FaultOf(BankAccount account, CreditSale sale)
    {
        decimal credits = CreditAward.Number(sale.Credits);
        if (FaultOfSale(account, credits, sale.Reservation) is string fault) return fault;
        CreditHold? hold = sale.Reservation is long id ? account.Holdings.FindHold(id) : null;
        string serials = account.Holdings.NextSale(credits, hold).ToString();
        return serials == sale.Serials ? null : $"it debits the serial numbers {sale.Serials}, and {serials} were next";
    }

    private static string? FaultOf(BankAccount account, CreditCorrection correction)
    {
        bool isReduction = IsReduction(correction);
        SerialSet numbers = Numbers(correction.Serials);
        (SerialSet Serials, bool Frees)? wanted = Correction(
            account, correction.Reverses, isReduction ? numbers.Credits : null, out string fault);
        if (wanted is null) return fault;
        string text = (isReduction ? "-" : "") + CreditAward.Text(numbers.Credits);
        bool isSame = wanted.Value.Serials.Equals(numbers) && wanted.Value.Frees != isReduction && correction.Credits == text;
        return isSame
            ? null
            : $"it moves {correction.Credits} ({correction.Serials}), which is not what entry {correction.Reverses} has";
    }

    private static string? FaultOfTrade(BankAccount account)
    {
        if (account.Award is null) return $"{account.Bank} has no award of credits";
        return account.Suspended is SuspendedPart s
            ? $"{account.Bank} is suspended by entry {s.Entry} ({s.Suspension.Trigger}): {s.Suspension.Reason}"
            : null;
    }

    private static string NotEnough(BankAccount account, decimal asked, decimal there, string where)
    {
        CreditHoldings now = account.Holdings;
        return $"{CreditAward.Text(asked)} credits are asked of {account.Bank} and {CreditAward.Text(Math.Max(0, there))} are " +
            $"{where} (released {CreditAward.Text(now.Released)}, sold {CreditAward.Text(now.Sold.Credits)}, reserved " +
            $"{CreditAward.Text(now.Reserved)}, taken back {CreditAward.Text(now.Reduced.Credits)})";
    }

    private static bool IsReduction(CreditCorrection correction) => correction.Credits.StartsWith('-');

    private static SerialSet Numbers(string serials) => SerialSet.Parse(serials);
}
