using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Banks;

/// <summary>
/// The service asks two persons to suspend a bank, or to order adaptive management, and names what shows the need. The body of
/// a proposal's entry.
/// </summary>
/// <param name="Proposes"><see cref="Suspension"/> or <see cref="Management"/>.</param>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Definition">SHA-256 of the programme's text, which the evidence keeps.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Trigger">One of <see cref="BankSuspension.Triggers"/>.</param>
/// <param name="Subject">Milestone, report, assurance or protection concerned.</param>
/// <param name="Ground">What holds against it: another ground is another proposal, the same one never is.</param>
/// <param name="Shows">The entry that shows it; null where the terms and the calendar do.</param>
/// <param name="ShowsHash">That entry's hash.</param>
/// <param name="Reason">The ground in words.</param>
public sealed record TriggerProposal(
    string Proposes, string Programme, string Version, string Definition, string Bank, string Trigger, string Subject,
    string Ground, long? Shows, string? ShowsHash, Bilingual Reason)
{
    /// <summary>The word of a suspension.</summary>
    public const string Suspension = "suspension";

    /// <summary>The word of adaptive management: the responsible party is told and must file measures.</summary>
    public const string Management = "adaptive-management";

    /// <summary>The key under which it is sealed: one for each ground.</summary>
    public string Key => $"proposal/{Programme}/{Bank}/{Proposes}/{LedgerKey.Of($"{Trigger}/{Subject}/{Ground}")}";

    /// <summary>The entry's body.</summary>
    public byte[] Write() => BankJson.Write(this);

    /// <summary>Reads an entry; null where it proposes something else.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static TriggerProposal? Read(LedgerEntry entry)
    {
        if (entry.Kind != LedgerKinds.Proposal) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        bool isOne = json.RootElement.TryGetProperty("proposes", out JsonElement word)
            && (word.ValueEquals(Suspension) || word.ValueEquals(Management));
        return isOne ? BankJson.Read<TriggerProposal>(entry) : null;
    }
}
