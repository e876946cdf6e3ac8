using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;
using Monitor.Server.People;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Where registered persons reserve a bank's credits, transfer responsibility, suspend and lift, and correct. What is asked
/// is checked and sealed under the ledger's lock, in one transaction with every other process, so that no credit is promised
/// twice.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where documents and programmes' texts are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class CreditDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Reserves credits for somebody until a day.</summary>
    /// <exception cref="InputException">The order itself is wrong, or this person may not.</exception>
    public CreditAnswer Reserve(WetlandProgramme programme, WetlandBank bank, ReservationOrder order, Signatory who)
    {
        CreditInput.RequireTrader(who.Person);
        CreditInput.RequireText(order.Reference, "--reference");
        CreditInput.RequireText(order.Permittee, "--permittee");
        CreditInput.RequireCredits(order.Credits);
        if (programme.Sales is not SaleTerms terms) return CreditAnswer.No($"{programme.Id} has no terms of sale");
        if (order.Class != bank.Class) return CreditAnswer.No(OtherClass(bank, order.Class));
        DateOnly today = Period.DayOf(Now, programme.Zone);
        int days = order.Until.DayNumber - today.DayNumber;
        if (days < 0 || days > terms.ReservationDaysMax) throw new InputException(
            $"{order.Until:yyyy-MM-dd} is {days} days from now.",
            $"A reservation runs from today to at most {terms.ReservationDaysMax} days.", field: "--until");
        string definition = evidence.Put(programme.Text.Bytes.Span);
        var reservation = new CreditReservation(
            programme.Id, programme.Version, definition, bank.Id, order.Reference, CreditAward.Text(order.Credits),
            programme.CreditUnit, bank.Class, order.Permittee, $"{order.Until:yyyy-MM-dd}",
            Period.Midnight(order.Until.AddDays(1), programme.Zone).UnixMilliseconds);
        return Seal(
            LedgerKinds.Reservation, CreditReservation.Key(programme.Id, bank.Id, order.Reference), reservation, who, programme,
            bank, definition, (account, dossier) => AssuranceWatch.FaultOfTrade(programme, bank, today, dossier)
                ?? CreditMovements.FaultOfReservation(account, order.Credits, terms.AllowsPresale));
    }

    /// <summary>Seals that responsibility for a sale's compensation passed to the bank.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="sale">Entry of the sale.</param>
    /// <param name="to">Who is responsible from now on.</param>
    /// <param name="name">The document's name, for people.</param>
    /// <param name="document">The document that both signed; kept as evidence.</param>
    /// <param name="who">Who states it.</param>
    /// <exception cref="InputException">There is no such sale, the document is wrong, or this person may not.</exception>
    public CreditAnswer Transfer(
        WetlandProgramme programme, WetlandBank bank, long sale, string to, string name, byte[] document, Signatory who)
    {
        CreditInput.RequireTrader(who.Person);
        CreditInput.RequireText(to, "--to");
        FiledDocument kept = FiledDocument.Of(name, document);
        SoldPart sold = BankAccounts.Read(ledger, programme, bank).Sales.FirstOrDefault(s => s.Entry == sale)
            ?? throw new InputException($"Entry {sale} is no sale of {bank.Id}.", "Look with `bank show`.", field: "--sale");
        evidence.Put(document);
        var transfer = new ResponsibilityTransfer(
            programme.Id, bank.Id, sale, sold.Sale.Permittee, to, name, kept.Sha256);
        return Seal(
            LedgerKinds.Transfer, ResponsibilityTransfer.Key(sale), transfer, who, programme, bank, kept.Sha256, (_, _) => null);
    }

    /// <summary>Suspends a bank.</summary>
    /// <exception cref="InputException">Trigger or reason are wrong, or this person may not.</exception>
    public CreditAnswer Suspend(
        WetlandProgramme programme, WetlandBank bank, string trigger, string reason, Signatory who)
    {
        CreditInput.RequireApprover(who.Person);
        CreditInput.RequireText(reason, "--reason");
        if (!BankSuspension.Triggers.Contains(trigger)) throw new InputException(
            $"'{trigger}' is no trigger.", $"Use one of: {string.Join(", ", BankSuspension.Triggers)}.", field: "--trigger");
        int former = BankAccounts.Read(ledger, programme, bank).Suspensions.Count;
        return Seal(
            LedgerKinds.Suspension, $"suspension/{programme.Id}/{bank.Id}/{former + 1}",
            new BankSuspension(programme.Id, bank.Id, trigger, reason), who, programme, bank, null,
            (account, _) => account.Suspended is SuspendedPart s ? $"{bank.Id} is suspended already by entry {s.Entry}" : null);
    }

    /// <summary>Lifts the suspension that stands.</summary>
    /// <exception cref="InputException">The reason is wrong, or this person may not.</exception>
    public CreditAnswer Lift(WetlandProgramme programme, WetlandBank bank, string reason, Signatory who)
    {
        CreditInput.RequireApprover(who.Person);
        CreditInput.RequireText(reason, "--reason");
        if (BankAccounts.Read(ledger, programme, bank).Suspended is not SuspendedPart standing)
        {
            return CreditAnswer.No($"{bank.Id} is not suspended");
        }
        return Seal(
            LedgerKinds.Lifting, BankLifting.Key(standing.Entry),
            new BankLifting(programme.Id, bank.Id, standing.Entry, reason), who, programme, bank, null, (_, _) => null);
    }

    /// <summary>
    /// Reverses a reservation, takes back what is free of a release, or takes back such a correction. Another person than
    /// the one who signed the entry must.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="reverses">The entry.</param>
    /// <param name="credits">Credits of a release to take back; null for all that are free.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">Who corrects.</param>
    /// <exception cref="InputException">The order itself is wrong, or this person may not.</exception>
    public CreditAnswer Correct(
        WetlandProgramme programme, WetlandBank bank, long reverses, decimal? credits, string reason, Signatory who)
    {
        CreditInput.RequireApprover(who.Person);
        CreditInput.RequireText(reason, "--reason");
        if (credits is decimal asked) CreditInput.RequireCredits(asked);
        LedgerEntry former = ledger.At(reverses) ?? throw new InputException(
            $"There is no entry {reverses}.", $"The ledger has entries 1 to {ledger.Head.Entries}.", field: "--entry");
        if (SignedStatement.SignerOf(former.Body.Span, out _)?.Name == who.Person.Name) throw new InputException(
            $"{who.Person.Name} signed entry {reverses} and so cannot correct it.", "Another approver must.", field: "--key");
        BankAccount before = BankAccounts.Read(ledger, programme, bank).At(Now);
        int count = before.Corrections.Count(c => c.Correction.Reverses == reverses);
        if (CreditMovements.Correction(before, reverses, credits, out string fault) is not (SerialSet numbers, bool frees))
        {
            return CreditAnswer.No(fault);
        }
        var correction = new CreditCorrection(
            programme.Id, bank.Id, reverses, (frees ? "" : "-") + CreditAward.Text(numbers.Credits), numbers.ToString(), reason);
        return Seal(
            LedgerKinds.Correction, $"correction/{reverses}/{count + 1}", correction, who, programme, bank, null,
            (account, _) => CreditMovements.Correction(account, reverses, credits, out string now) is (SerialSet same, _)
                && same.Equals(numbers) ? null : now.Length > 0 ? now : "the account changed meanwhile; ask again");
    }

    /// <summary>Asks two persons for an exception from the service area.</summary>
    /// <exception cref="InputException">The order itself is wrong.</exception>
    public LedgerEntry ProposeException(
        WetlandProgramme programme, WetlandBank bank, string permit, decimal longitude, decimal latitude, decimal multiplier,
        string reason, string name, byte[] document, Signatory who)
    {
        CreditInput.RequireText(permit, "--permit");
        CreditInput.RequireText(reason, "--reason");
        CreditInput.RequirePlace(longitude, latitude);
        FiledDocument kept = FiledDocument.Of(name, document);
        if (multiplier < 1) throw new InputException(
            $"The multiplier {multiplier} is below 1.", "Use outside the area never costs fewer credits.", field: "--multiplier");
        evidence.Put(document);
        var exception = new AreaException(
            AreaException.Word, programme.Id, programme.Version, bank.Id, permit, CreditInput.Plain(longitude),
            CreditInput.Plain(latitude), CreditInput.Plain(multiplier), reason, name, kept.Sha256, PreparedBy.Of(who.Person));
        string key = $"proposal/{programme.Id}/{bank.Id}/{AreaException.Word}/{Convert.ToHexStringLower(
            SHA256.HashData(exception.Write()))}";
        return ledger.Append(
            key, _ => new LedgerDraft(
                LedgerKinds.Proposal, key, SealingDesk.Software, who.Position, kept.Sha256, exception.Write()), Now)!;
    }

    internal static string OtherClass(WetlandBank bank, string asked) =>
        $"{bank.Id} has credits of class {bank.Class}, and {asked} is asked: classes are not exchanged";

    private CreditAnswer Seal<T>(
        string kind, string key, T statement, Signatory who, WetlandProgramme programme, WetlandBank bank, string? keeps,
        Func<BankAccount, BankDossier, string?> fault)
    {
        string? refusal = null;
        bool isNew = false;
        Instant now = Now;
        LedgerEntry? made = ledger.Append(
            key,
            _ =>
            {
                // Read under the ledger's lock: no other process can promise the same credits before the entry is there.
                (BankAccount account, BankDossier dossier) = BankAccounts.ReadAll(ledger, programme, bank);
                refusal = fault(account.At(now), dossier);
                isNew = refusal is null;
                return isNew
                    ? new LedgerDraft(
                        kind, key, SealingDesk.Software, who.Position, keeps,
                        BankStatement.Write(kind, statement, who.Person, who.Sign))
                    : null;
            },
            now);
        if (isNew) return new CreditAnswer(made, null);
        return CreditAnswer.No(refusal ?? $"entry {made!.Number} is that {kind} already");
    }

    private Instant Now => Instant.From(clock.GetUtcNow());
}
