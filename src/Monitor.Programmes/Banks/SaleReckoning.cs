using System.Globalization;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>
/// What follows from what was asked of a sale: credits debited, serial numbers, endowment, balances, tier. A sale that is sealed
/// reckoned again is itself; that is how it is verified.
/// </summary>
public static class SaleReckoning
{
    /// <summary>Credits debited: what the permit asks for × the tier's multiplier, rounded up to four decimals.</summary>
    public static decimal Debit(decimal required, decimal multiplier) => decimal.Round(
        required * multiplier, ReleaseSchedule.CreditDigits, MidpointRounding.ToPositiveInfinity);

    /// <summary>Where the place of a sale lies by the bank's service area.</summary>
    /// <param name="area">The service area.</param>
    /// <param name="place">Of which longitude, latitude and basin are asked.</param>
    public static ServiceAreaFinding Find(ServiceArea area, SalePlace place) => area.Find(
        (double)Number(place.Longitude), (double)Number(place.Latitude), place.BasinCode);

    /// <summary>The sale with everything that is reckoned, and the confirmation's name and hash as they were.</summary>
    /// <param name="programme">The terms; they have terms of sale.</param>
    /// <param name="bank">A bank of the programme, with a service area.</param>
    /// <param name="asked">What was asked: contract, permit, required credits, place, price, reservation.</param>
    /// <param name="account">The account before it; it has its award, and what is asked can be sold.</param>
    /// <param name="found">Where the place lies.</param>
    /// <param name="multiplier">Credits to debit for each that is required.</param>
    /// <param name="exception">The approved exception; null inside the area.</param>
    public static CreditSale Reckon(
        WetlandProgramme programme, WetlandBank bank, CreditSale asked, BankAccount account, ServiceAreaFinding found,
        decimal multiplier, DecisionCase? exception)
    {
        CreditHoldings before = account.Holdings;
        CreditHold? hold = asked.Reservation is long id ? before.FindHold(id) : null;
        decimal credits = Debit(CreditAward.Number(asked.Required), multiplier);
        CreditHoldings after = before.Sell(credits, hold);
        return asked with
        {
            Programme = programme.Id,
            Version = programme.Version,
            Definition = programme.Text.Sha256,
            Bank = bank.Id,
            Credits = CreditAward.Text(credits),
            Unit = programme.CreditUnit,
            Class = bank.Class,
            Method = account.Award!.Method,
            Place = asked.Place with
            {
                AreaVersion = bank.ServiceArea!.Version,
                Tier = found.Tier?.Id,
                ByPolygon = found.ByPolygon,
                ByCode = found.ByCode,
                Multiplier = CanonicalAssessment.Plain(multiplier)!,
            },
            Endowment = Endowment(programme.Sales!, asked.Price),
            Serials = before.NextSale(credits, hold).ToString(),
            Award = account.AwardEntry!.Value,
            Released = CreditAward.Text(before.Released),
            Sold = CreditAward.Text(after.Sold.Credits),
            Available = CreditAward.Text(after.Available),
            Completes = exception?.Entry,
            CompletesHash = exception?.Hash,
        };
    }

    /// <summary>Yuan as they are written: two decimals.</summary>
    public static string Money(decimal yuan) => yuan.ToString("0.00", CultureInfo.InvariantCulture);

    private static string? Endowment(SaleTerms terms, string? price) => price is null ? null : Money(decimal.Round(
        Number(price) * terms.EndowmentPercent / 100, 2, MidpointRounding.ToPositiveInfinity));

    private static decimal Number(string text) => decimal.Parse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
