using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>
/// Asks two persons to let a permit use a bank's credits although its service area does not hold the place, or its tests
/// disagree. The body of a proposal's entry; one sale completes it.
/// </summary>
/// <param name="Proposes"><see cref="Word"/>.</param>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Permit">The permit it is for.</param>
/// <param name="Longitude">Degrees east, as given.</param>
/// <param name="Latitude">Degrees north, as given.</param>
/// <param name="Multiplier">Credits to debit for each that the permit asks for; at least 1.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Document">Name of the document that asks for it.</param>
/// <param name="DocumentSha256">Its SHA-256; its bytes lie in the evidence folder.</param>
/// <param name="Preparer">Who prepared it.</param>
public sealed record AreaException(
    string Proposes, string Programme, string Version, string Bank, string Permit, string Longitude, string Latitude,
    string Multiplier, string Reason, string Document, string DocumentSha256, PreparedBy Preparer)
{
    /// <summary>The word under <c>proposes</c>.</summary>
    public const string Word = "area-exception";

    /// <summary>The entry's body.</summary>
    public byte[] Write() => BankJson.Write(this);

    /// <summary>Reads an entry; null where it proposes something else.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static AreaException? Read(LedgerEntry entry)
    {
        if (entry.Kind != LedgerKinds.Proposal) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        bool isOne = json.RootElement.TryGetProperty("proposes", out JsonElement word) && word.ValueEquals(Word);
        return isOne ? BankJson.Read<AreaException>(entry) : null;
    }
}
