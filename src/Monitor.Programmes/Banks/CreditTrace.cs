using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>
/// The way of one credit, by its serial number, from its determination to its sale and beyond: a fold of the bank's entries,
/// which believes no sum that it can make itself.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Serial">The serial number.</param>
/// <param name="State">
/// Where it is: <c>unreleased</c>, <c>free</c>, <c>reserved</c>, <c>sold</c> or <c>taken-back</c>.
/// </param>
/// <param name="Steps">The steps, in the order of time.</param>
public sealed record CreditTrace(string Programme, string Bank, long Serial, string State, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>Follows a number through a ledger.</summary>
    /// <param name="programme">Programme id.</param>
    /// <param name="bank">Bank id.</param>
    /// <param name="serial">The number, from 1 to the award × 10,000.</param>
    /// <param name="entries">The ledger.</param>
    /// <param name="book">Its decisions.</param>
    /// <param name="now">Until when reservations are looked at.</param>
    /// <exception cref="InputException">The bank has no award, or no such number.</exception>
    public static CreditTrace Of(
        string programme, string bank, long serial, IReadOnlyList<LedgerEntry> entries, DecisionBook book, Instant now)
    {
        var way = new CreditWay(serial, entries, book);
        var account = new BankAccount(programme, bank);
        foreach (LedgerEntry entry in entries)
        {
            BankAccount after = account.With(entry, book);
            if (ReferenceEquals(after, account)) continue;
            // What this entry changed is changed after what time alone had changed before it.
            if (entry.Kind != LedgerKinds.Proposal) account = way.Expire(account, entry.SealedAt);
            way.Take(entry, account, after);
            account = after;
        }
        account = way.Expire(account, now);
        long last = (long)(account.Awarded * SerialRange.PerCredit);
        if (account.Award is null) throw new InputException(
            $"{bank} has no award of credits.", "Serial numbers are given as credits are released.", field: "SERIAL");
        if (serial < 1 || serial > last) throw new InputException(
            string.Create(CultureInfo.InvariantCulture, $"{serial} is no serial number of {bank}."),
            string.Create(CultureInfo.InvariantCulture, $"Its award has the numbers 1 to {last}."), field: "SERIAL");
        return new CreditTrace(
            programme, bank, serial, CreditWay.PlaceOf(account.Holdings, serial).State,
            [.. way.Steps.OrderBy(s => s.At).ThenBy(s => s.Entry ?? 0)]);
    }
}

/// <summary>Collects the steps of one number while an account is read entry by entry.</summary>
internal sealed class CreditWay(long serial, IReadOnlyList<LedgerEntry> entries, DecisionBook book)
{
    private readonly List<TraceStep> steps = [];

    internal IReadOnlyList<TraceStep> Steps => steps;

    /// <summary>Where a number is, and by which reservation it is held.</summary>
    internal static (string State, long? Holder) PlaceOf(CreditHoldings holdings, long serial) =>
        holdings.Sold.Contains(serial) ? ("sold", null)
        : holdings.Reduced.Contains(serial) ? ("taken-back", null)
        : holdings.Holds.FirstOrDefault(h => h.Held.Contains(serial)) is CreditHold hold ? ("reserved", hold.Id)
        : holdings.Free.Contains(serial) ? ("free", null)
        : ("unreleased", null);

    /// <summary>Ends the reservations whose time is over, one by one.</summary>
    internal BankAccount Expire(BankAccount account, Instant at)
    {
        while (account.Holdings.Holds.FirstOrDefault(h => h.Until <= at) is CreditHold over)
        {
            BankAccount after = account with { Holdings = account.Holdings.End(over) };
            if (over.Held.Contains(serial))
            {
                CreditReservation made = account.Reservations.First(r => r.Entry == over.Id).Reservation;
                steps.Add(new TraceStep(
                    AccountLine.Expiry, null, null, over.Until, made.Reference, CreditAward.Text(over.Held.Credits),
                    over.Held.ToString()));
            }
            AddHolder(account, after);
            account = after;
        }
        return account;
    }

    /// <summary>Adds what an entry means for the number.</summary>
    internal void Take(LedgerEntry entry, BankAccount before, BankAccount after)
    {
        switch (entry.Kind)
        {
            case LedgerKinds.Award:
                CreditAward award = CreditAward.Read(entry);
                AddDecided("determination", award.Completes, award.Method);
                Add("award", entry, award.Method, award.Credits);
                break;
            case LedgerKinds.Release when after.Releases[^1] is ReleasedPart part && Holds(part.Serials):
                CreditRelease release = CreditRelease.Read(entry);
                Add("evidence", At(release.Assessment), release.Milestone);
                AddDecided("proposal", release.Completes, release.Milestone);
                Add("release", entry, release.Milestone, release.Credits, part.Serials.ToString(), release.File);
                AddHolder(before, after);
                break;
            case LedgerKinds.Sale when Became("sold", before, after):
                CreditSale sale = CreditSale.Read(entry);
                Add("sale", entry, $"{sale.Permit} · {sale.Permittee}", sale.Credits, sale.Serials, sale.File);
                break;
            case LedgerKinds.Transfer:
                ResponsibilityTransfer transfer = ResponsibilityTransfer.Read(entry);
                SoldPart? sold = after.Sales.FirstOrDefault(s => s.Entry == transfer.Sale);
                bool isMine = sold is not null && SerialSet.Parse(sold.Sale.Serials).Contains(serial);
                if (isMine) Add("transfer", entry, $"{transfer.From} → {transfer.To}");
                break;
            case LedgerKinds.Correction when PlaceOf(before.Holdings, serial) != PlaceOf(after.Holdings, serial):
                CreditCorrection correction = CreditCorrection.Read(entry);
                Add("correction", entry, correction.Reason, correction.Credits, correction.Serials);
                AddHolder(before, after);
                break;
            default:
                AddHolder(before, after);
                break;
        }
    }

    private bool Became(string state, BankAccount before, BankAccount after) =>
        PlaceOf(before.Holdings, serial).State != state && PlaceOf(after.Holdings, serial).State == state;

    private bool Holds(SerialRange range) => range.First <= serial && serial <= range.Last;

    // The reservation that holds the number from here on, whether it was made now or waited for it.
    private void AddHolder(BankAccount before, BankAccount after)
    {
        long? holder = PlaceOf(after.Holdings, serial).Holder;
        if (holder is not long id || holder == PlaceOf(before.Holdings, serial).Holder) return;
        CreditReservation made = after.Reservations.First(r => r.Entry == id).Reservation;
        Add("reservation", At(id), $"{made.Reference} · {made.Permittee}", made.Credits);
    }

    private void AddDecided(string step, long proposal, string subject)
    {
        Add(step, At(proposal), subject, person: book.Find(proposal)?.PreparerName);
        foreach (SealedDecision approval in book.Find(proposal)?.Approvals ?? [])
        {
            Add("approval", At(approval.Number), "", person: approval.Decision.Person.Name);
        }
    }

    private void Add(
        string step, LedgerEntry entry, string subject, string? credits = null, string? serials = null, string? file = null,
        string? person = null) => steps.Add(new TraceStep(
            step, entry.Number, entry.Hash, entry.SealedAt, subject, credits, serials,
            person ?? SignedStatement.SignerOf(entry.Body.Span, out _)?.Name, file));

    private LedgerEntry At(long number) => number >= 1 && number <= entries.Count && entries[(int)number - 1].Number == number
        ? entries[(int)number - 1]
        : entries.FirstOrDefault(e => e.Number == number)
            ?? throw new FormatException($"The ledger has no entry {number}, which a later one rests on.");
}
