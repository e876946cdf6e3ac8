using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>
/// Credits promised to somebody. The part that is released already is held; the rest is a pre-sale, which compensates
/// nothing until it is released and sold. The body of a reservation's entry.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Definition">SHA-256 of the programme's text.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Reference">The contract's number: unique among the bank's reservations.</param>
/// <param name="Credits">Credits reserved, with four decimals.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Class">Their class.</param>
/// <param name="Permittee">For whom.</param>
/// <param name="Until">Last day, inclusive, in the programme's zone, as 2026-06-30.</param>
/// <param name="Ends">When it ends, in Unix milliseconds: the end of that day.</param>
public sealed record CreditReservation(
    string Programme, string Version, string Definition, string Bank, string Reference, string Credits, string Unit,
    string Class, string Permittee, string Until, long Ends)
{
    /// <summary>The key under which it is sealed: one for each contract.</summary>
    public static string Key(string programme, string bank, string reference) =>
        $"reservation/{programme}/{bank}/{LedgerKey.Of(reference)}";

    /// <summary>Reads an entry of kind reservation.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static CreditReservation Read(LedgerEntry entry) => BankJson.Read<CreditReservation>(entry);
}
