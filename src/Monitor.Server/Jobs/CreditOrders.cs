namespace Monitor.Server.Jobs;

/// <summary>What a person asks to reserve.</summary>
/// <param name="Reference">The contract's number.</param>
/// <param name="Credits">Credits.</param>
/// <param name="Class">Class of credits that is wanted.</param>
/// <param name="Permittee">For whom.</param>
/// <param name="Until">Last day, inclusive.</param>
public sealed record ReservationOrder(string Reference, decimal Credits, string Class, string Permittee, DateOnly Until);

/// <summary>What a person asks to sell.</summary>
/// <param name="Reference">The contract's number.</param>
/// <param name="Required">Credits that the permit asks for, before the tier's multiplier.</param>
/// <param name="Class">Class of credits that the permit asks for.</param>
/// <param name="Permit">Number of the permit.</param>
/// <param name="Permittee">Who holds it.</param>
/// <param name="Project">What is built; null where it is not said.</param>
/// <param name="Longitude">Of the impact, in degrees.</param>
/// <param name="Latitude">Of the impact, in degrees.</param>
/// <param name="BasinCode">Its basin; null where it is not known.</param>
/// <param name="Price">Yuan; null where it is not said.</param>
/// <param name="Reservation">Entry of the reservation to use; null for free credits.</param>
/// <param name="Exception">Entry of the approved exception from the service area; null where none is needed.</param>
public sealed record SaleOrder(
    string Reference, decimal Required, string Class, string Permit, string Permittee, string? Project, decimal Longitude,
    decimal Latitude, string? BasinCode, decimal? Price, long? Reservation, long? Exception);

/// <summary>What came of it: an entry, or why not.</summary>
/// <param name="Entry">What was sealed; null where it was refused.</param>
/// <param name="Refusal">Why not, in a sentence without its full stop; null where it was sealed.</param>
public sealed record CreditAnswer(Ledger.LedgerEntry? Entry, string? Refusal)
{
    internal static CreditAnswer No(string why) => new(null, why);
}
