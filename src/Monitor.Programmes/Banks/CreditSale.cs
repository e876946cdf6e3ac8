using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>Where a sale's credits are used, and what the service area says of the place.</summary>
/// <param name="Longitude">Degrees east, as given.</param>
/// <param name="Latitude">Degrees north, as given.</param>
/// <param name="BasinCode">Code of the basin; null where none was given.</param>
/// <param name="AreaVersion">Version of the service area that was asked.</param>
/// <param name="Tier">The tier; null outside.</param>
/// <param name="ByPolygon">Whether its polygon holds the place; null where it has none.</param>
/// <param name="ByCode">Whether the code is one of its basins; null where it names none.</param>
/// <param name="Multiplier">Credits debited for each that the permit asks for.</param>
public sealed record SalePlace(
    string Longitude, string Latitude, string? BasinCode, string AreaVersion, string? Tier, bool? ByPolygon, bool? ByCode,
    string Multiplier);

/// <summary>Credits used for a permit: debited for good. The body of a sale's entry.</summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Definition">SHA-256 of the programme's text.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Reference">Number of the contract or order: unique among the bank's sales.</param>
/// <param name="Required">Credits that the permit asks for, with four decimals.</param>
/// <param name="Credits">Credits debited: required × the tier's multiplier, rounded up to four decimals.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Class">Their class.</param>
/// <param name="Method">How they were determined, by the award.</param>
/// <param name="Permit">Number of the permit.</param>
/// <param name="Permittee">Who holds it.</param>
/// <param name="Project">What is built; null where it was not said.</param>
/// <param name="Place">Where.</param>
/// <param name="Price">Yuan paid; null where it was not said.</param>
/// <param name="Endowment">Yuan of it due to the endowment fund, rounded up to the cent; null where there is no price.</param>
/// <param name="Reservation">Entry of the reservation that is used; null where free credits are.</param>
/// <param name="Serials">Serial numbers debited, as <c>1-5000,7001-7500</c>.</param>
/// <param name="Award">Entry of the award.</param>
/// <param name="Released">Credits released before it.</param>
/// <param name="Sold">Credits sold with it and before it.</param>
/// <param name="Available">Credits available after it.</param>
/// <param name="Completes">The approved exception from the service area; null where none was needed.</param>
/// <param name="CompletesHash">Its hash.</param>
/// <param name="File">The confirmation, relative to the data folder.</param>
/// <param name="DocumentSha256">Its SHA-256.</param>
public sealed record CreditSale(
    string Programme, string Version, string Definition, string Bank, string Reference, string Required, string Credits,
    string Unit, string Class, string Method, string Permit, string Permittee, string? Project, SalePlace Place,
    string? Price, string? Endowment, long? Reservation, string Serials, long Award, string Released, string Sold,
    string Available, long? Completes, string? CompletesHash, string File, string DocumentSha256)
{
    /// <summary>The key under which it is sealed: one for each contract, so that a sale is never sealed twice.</summary>
    public static string Key(string programme, string bank, string reference) =>
        $"sale/{programme}/{bank}/{LedgerKey.Of(reference)}";

    /// <summary>Reads an entry of kind sale.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static CreditSale Read(LedgerEntry entry) => BankJson.Read<CreditSale>(entry);
}
