using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Where credits are sold: for a permit, at a place inside the service area, from what is released and free or reserved. The
/// place is tested at the time of sale, the debit and its confirmation are sealed in one transaction.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where programmes' texts are kept.</param>
/// <param name="folder">Where confirmations are written.</param>
/// <param name="register">Who is registered.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class SaleDesk(
    ILedgerStore ledger, EvidenceStore evidence, DataFolder folder, PersonRegister register, TimeProvider clock)
{
    /// <summary>Sells.</summary>
    /// <exception cref="InputException">The order itself is wrong, or this person may not.</exception>
    public CreditAnswer Sell(WetlandProgramme programme, WetlandBank bank, SaleOrder order, Signatory who)
    {
        Require(order, who);
        if (programme.Sales is not SaleTerms terms) return CreditAnswer.No($"{programme.Id} has no terms of sale");
        if (bank.ServiceArea is not ServiceArea area) return CreditAnswer.No($"{bank.Id} has no service area");
        if (order.Class != bank.Class) return CreditAnswer.No(CreditDesk.OtherClass(bank, order.Class));
        if (terms.EndowmentPercent > 0 && order.Price is null) throw new InputException(
            $"{terms.EndowmentPercent} % of the price go to the endowment fund, and there is no price.",
            "Say what is paid.", field: "--price");
        Instant now = Instant.From(clock.GetUtcNow());
        ServiceAreaFinding found = area.Find((double)order.Longitude, (double)order.Latitude, order.BasinCode);
        string definition = evidence.Put(programme.Text.Bytes.Span);
        string key = CreditSale.Key(programme.Id, bank.Id, order.Reference);
        string? refusal = null;
        bool isNew = false;
        LedgerEntry? made = ledger.Append(
            key,
            head =>
            {
                // Read under the ledger's lock: no other process can sell the same credits before the entry is there.
                (BankAccount read, BankDossier dossier) = BankAccounts.ReadAll(ledger, programme, bank);
                refusal = AssuranceWatch.FaultOfTrade(programme, bank, Period.DayOf(now, programme.Zone), dossier);
                if (refusal is not null) return null;
                BankAccount account = read.At(now);
                (decimal Multiplier, DecisionCase? Exception)? use = Use(programme, bank, found, order, out refusal);
                if (use is null) return null;
                decimal credits = SaleReckoning.Debit(order.Required, use.Value.Multiplier);
                refusal = CreditMovements.FaultOfSale(account, credits, order.Reservation);
                if (refusal is not null) return null;
                CreditSale sale = SaleReckoning.Reckon(
                    programme, bank, Asked(bank, order), account, found, use.Value.Multiplier, use.Value.Exception);
                AreaException? exception = order.Exception is long number ? AreaException.Read(ledger.At(number)!) : null;
                refusal = CreditUse.FaultOf(bank, sale, exception);
                if (refusal is not null) return null;
                PlaceInLedger place = PlaceInLedger.After(head, now, SealingDesk.Software);
                byte[] document = SaleConfirmation.Render(
                    new SaleContext(programme, bank, sale, place, who.Person, account.Award!.Caution));
                string file = $"documents/sale-{bank.Id}-{place.Entry}.html";
                // The document first: an entry whose document is missing would not verify.
                AtomicFile.Write(Path.Combine(folder.Root, file), document);
                sale = sale with { File = file, DocumentSha256 = Convert.ToHexStringLower(SHA256.HashData(document)) };
                isNew = true;
                return new LedgerDraft(
                    LedgerKinds.Sale, key, SealingDesk.Software, who.Position, definition,
                    BankStatement.Write(LedgerKinds.Sale, sale, who.Person, who.Sign));
            },
            now);
        if (isNew) return new CreditAnswer(made, null);
        return CreditAnswer.No(refusal ?? $"contract {order.Reference} was sold before, by entry {made!.Number}");
    }

    private static CreditSale Asked(WetlandBank bank, SaleOrder order) => new(
        "", "", "", bank.Id, order.Reference, CreditAward.Text(order.Required), "", "", bank.Class, "", order.Permit,
        order.Permittee, order.Project,
        new SalePlace(
            CreditInput.Plain(order.Longitude), CreditInput.Plain(order.Latitude), order.BasinCode, "", null, null, null, ""),
        order.Price is decimal paid ? SaleReckoning.Money(paid) : null, null, order.Reservation, "", 0, "", "", "", null, null,
        "", "");

    // Inside, by the tier's multiplier; else only by an exception that two persons approved for this permit and place.
    private (decimal Multiplier, DecisionCase? Exception)? Use(
        WetlandProgramme programme, WetlandBank bank, ServiceAreaFinding found, SaleOrder order, out string? refusal)
    {
        refusal = null;
        if (order.Exception is not long number)
        {
            if (found.Place == ServiceAreaPlace.Inside) return (found.Tier!.Multiplier, null);
            string where = found.Place == ServiceAreaPlace.Outside
                ? "lies outside it"
                : $"is {(found.ByPolygon == true ? "inside" : "outside")} the map of its tier {found.Tier!.Id} while the basin " +
                    $"{order.BasinCode ?? "was not named, which is"} {(found.ByCode == true ? "is one" : "none")} of the tier's";
            refusal = $"{order.Longitude},{order.Latitude} {where} " +
                $"(service area of {bank.Id}, version {bank.ServiceArea!.Version}); name the basin with --basin, or ask " +
                "two persons for an exception with `bank except`";
            return null;
        }
        LedgerEntry? entry = ledger.At(number);
        AreaException? exception = entry is null ? null : AreaException.Read(entry);
        bool isMine = exception is not null && exception.Programme == programme.Id && exception.Bank == bank.Id
            && exception.Permit == order.Permit && exception.Longitude == CreditInput.Plain(order.Longitude)
            && exception.Latitude == CreditInput.Plain(order.Latitude);
        DecisionCase? decided = DecisionBook.Of(ledger.Entries(), register.Registration()).Find(number);
        if (!isMine) refusal = $"entry {number} is no exception for this bank, permit and place";
        else if (decided is not { IsApproved: true }) refusal = $"two persons have not approved the exception of entry {number}";
        else if (decided.Result is long used) refusal = $"the exception of entry {number} was used by entry {used}";
        return refusal is null
            ? (decimal.Parse(exception!.Multiplier, System.Globalization.CultureInfo.InvariantCulture), decided)
            : null;
    }

    private static void Require(SaleOrder order, Signatory who)
    {
        CreditInput.RequireTrader(who.Person);
        foreach ((string text, string field) in ((string, string)[])
            [(order.Reference, "--reference"), (order.Permit, "--permit"), (order.Permittee, "--permittee")])
        {
            CreditInput.RequireText(text, field);
        }
        if (order.Project is string project) CreditInput.RequireText(project, "--project");
        if (order.BasinCode is string code) CreditInput.RequireText(code, "--basin");
        CreditInput.RequireCredits(order.Required);
        CreditInput.RequirePlace(order.Longitude, order.Latitude);
        if (order.Price is decimal price && (price < 0 || decimal.Round(price, 2) != price)) throw new InputException(
            $"{price} is no price.", "Write yuan with at most two decimals.", field: "--price");
    }
}
