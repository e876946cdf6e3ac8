using System.Globalization;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>
/// What a sale must say before it debits anything: a permit, the class of the bank's credits, a place that the service area
/// holds by each of its tests or an exception for this permit and place, and the credits that follow from them. Pure.
/// </summary>
public static class CreditUse
{
    /// <summary>What is wrong with a sale, in words; null where nothing is.</summary>
    /// <param name="bank">The bank as the programme has it.</param>
    /// <param name="sale">The sale.</param>
    /// <param name="exception">The approved exception that it completes; null where it names none.</param>
    public static string? FaultOf(WetlandBank bank, CreditSale sale, AreaException? exception)
    {
        if (string.IsNullOrWhiteSpace(sale.Permit) || string.IsNullOrWhiteSpace(sale.Permittee))
        {
            return "it names no permit, or nobody who holds it";
        }
        if (sale.Class != bank.Class)
        {
            return $"{bank.Id} has credits of class {bank.Class}, and {sale.Class} is asked: classes are not exchanged";
        }
        if (bank.ServiceArea is not ServiceArea area) return $"{bank.Id} has no service area";
        SalePlace place = sale.Place;
        if (!Degrees(place.Longitude, 180, out decimal longitude) || !Degrees(place.Latitude, 90, out decimal latitude))
        {
            return $"{place.Longitude},{place.Latitude} is no place";
        }
        ServiceAreaFinding found = area.Find((double)longitude, (double)latitude, place.BasinCode);
        bool isAsFound = place.AreaVersion == area.Version && place.Tier == found.Tier?.Id
            && place.ByPolygon == found.ByPolygon && place.ByCode == found.ByCode;
        if (!isAsFound) return "its place is not what the service area says of it";
        decimal? multiplier = exception is null
            ? found.Place == ServiceAreaPlace.Inside ? found.Tier!.Multiplier : null
            : Excepted(bank, sale, exception);
        if (multiplier is not decimal times)
        {
            return exception is null
                ? $"the service area does not hold {place.Longitude},{place.Latitude} by each of its tests"
                : "its exception is for another bank, permit or place";
        }
        decimal credits = decimal.Round(
            CreditAward.Number(sale.Required) * times, ReleaseSchedule.CreditDigits, MidpointRounding.ToPositiveInfinity);
        return CreditAward.Number(place.Multiplier) == times && CreditAward.Text(credits) == sale.Credits
            ? null
            : $"{sale.Required} credits at {times} each are {CreditAward.Text(credits)}, and it debits {sale.Credits}";
    }

    private static decimal? Excepted(WetlandBank bank, CreditSale sale, AreaException exception)
    {
        bool isSame = exception.Bank == bank.Id && exception.Permit == sale.Permit
            && exception.Longitude == sale.Place.Longitude && exception.Latitude == sale.Place.Latitude;
        return isSame ? CreditAward.Number(exception.Multiplier) : null;
    }

    private static bool Degrees(string text, decimal max, out decimal degrees) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees)
        && Math.Abs(degrees) <= max;
}
