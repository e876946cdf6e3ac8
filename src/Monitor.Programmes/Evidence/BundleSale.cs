using System.Globalization;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Evidence;

/// <summary>Reckons a bundle's sale again: service area, credits, serial numbers, endowment and balances.</summary>
internal static class BundleSale
{
    /// <summary>Checks, and says what was found.</summary>
    /// <exception cref="Domain.InputException">The first difference.</exception>
    internal static string Check(BundleAccount account)
    {
        (LedgerEntry entry, BankAccount before) = account.Moments[^1];
        CreditSale sale = CreditSale.Read(entry);
        if (account.Terms(entry) is not (WetlandProgramme programme, WetlandBank bank))
        {
            throw BundleAccount.Wrong(entry, "is a sale, and the bundle has not its terms.");
        }
        if (programme.Sales is null || bank.ServiceArea is not ServiceArea area || before.Award is null)
        {
            throw BundleAccount.Wrong(entry, "is a sale, and its terms allow none.");
        }
        DateOnly day = Period.DayOf(entry.SealedAt, programme.Zone);
        string? fault = AssuranceWatch.FaultOf(bank, day, account.DossierBefore(entry, programme))
            ?? CreditMovements.FaultOfSale(before, CreditAward.Number(sale.Credits), sale.Reservation);
        if (fault is not null) throw BundleAccount.Wrong(entry, $"sells what could not be sold: {fault}.");
        ServiceAreaFinding found = SaleReckoning.Find(area, sale.Place);
        (decimal multiplier, DecisionCase? exception) = Use(account, entry, sale, found);
        CreditSale again = SaleReckoning.Reckon(programme, bank, sale, before, found, multiplier, exception);
        SealedBytes.Require(entry, BankJson.Write(sale), BankJson.Write(again), "the sale");
        Person signer = account.SignerOf(entry);
        string where = exception is null
            ? $"tier {found.Tier!.Id} of the service area, version {area.Version}, by {Tests(found)}"
            : $"outside or disputed, by the exception of entry {exception.Entry}, approved by "
                + string.Join(" and ", exception.Approvals.Select(a => a.Decision.Person.Name));
        return string.Create(CultureInfo.InvariantCulture,
            $"the place lies in {where}; {sale.Required} × {sale.Place.Multiplier} debits {sale.Credits}: serial numbers "
            + $"{sale.Serials}, {Origins(before, sale)}; signed by {signer.Name} (key {signer.Key})");
    }

    /// <summary>The confirmation, printed again.</summary>
    /// <exception cref="Domain.InputException">The bundle has not what it prints.</exception>
    internal static byte[] Print(BundleAccount account, LedgerEntry entry)
    {
        BankAccount before = account.Moments.First(m => m.Entry.Number == entry.Number).Before;
        if (account.Terms(entry) is not (WetlandProgramme programme, WetlandBank bank) || before.Award is null)
        {
            throw BundleAccount.Wrong(entry, "is a sale, and the bundle has not its terms or its award.");
        }
        return SaleConfirmation.Render(new SaleContext(
            programme, bank, CreditSale.Read(entry), PlaceInLedger.Of(entry), account.SignerOf(entry), before.Award.Caution));
    }

    private static (decimal Multiplier, DecisionCase? Exception) Use(
        BundleAccount account, LedgerEntry entry, CreditSale sale, ServiceAreaFinding found)
    {
        if (sale.Completes is not long number)
        {
            return found.Place == ServiceAreaPlace.Inside
                ? (found.Tier!.Multiplier, null)
                : throw BundleAccount.Wrong(entry, "sells for a place that the service area does not hold, without exception.");
        }
        AreaException? exception = account.At(number) is LedgerEntry asked ? AreaException.Read(asked) : null;
        bool isMine = exception is not null && (exception.Programme, exception.Bank) == account.Subject.Owner
            && exception.Permit == sale.Permit && exception.Longitude == sale.Place.Longitude
            && exception.Latitude == sale.Place.Latitude;
        if (!isMine) throw BundleAccount.Wrong(
            entry, $"rests on entry {number}, which is no exception for its permit and place.");
        return account.Decisions.Book.Find(number) is DecisionCase { IsApproved: true } decided && decided.Result == entry.Number
            ? (decimal.Parse(exception!.Multiplier, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), decided)
            : throw BundleAccount.Wrong(entry, $"rests on the exception of entry {number}, which was not approved for it.");
    }

    // Which release each of its numbers came of: the credit is followed back to its milestone.
    private static string Origins(BankAccount before, CreditSale sale)
    {
        SerialSet sold = SerialSet.Parse(sale.Serials);
        return string.Join(", ", before.Releases
            .Select(r => (Release: r, Part: sold.Common(SerialSet.Of([r.Serials]))))
            .Where(r => r.Part.Ranges.Count > 0)
            .Select(r => $"{r.Part} of release {r.Release.Entry} ({r.Release.Milestone})"));
    }

    private static string Tests(ServiceAreaFinding found) => (found.ByPolygon, found.ByCode) switch
    {
        (true, true) => "the map and the basin's code",
        (true, _) => "the map",
        _ => "the basin's code",
    };
}
