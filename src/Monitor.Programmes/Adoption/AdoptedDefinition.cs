using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Adoption;

/// <summary>
/// A programme's text that two persons adopted, with its very bytes: the body of an entry of kind definition-adopted. The
/// newest of a programme is what its judgements are made by from then on; what was judged before stays.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version that the text says of itself.</param>
/// <param name="Kind">The definition's kind.</param>
/// <param name="Definition">SHA-256 of the text.</param>
/// <param name="Standard">SHA-256 of the standard; null where there is none.</param>
/// <param name="Text">The text, UTF-8.</param>
/// <param name="StandardText">The standard's text; null where there is none.</param>
/// <param name="Completes">The proposal.</param>
/// <param name="CompletesHash">Its hash.</param>
/// <param name="Approvals">Who approved it.</param>
public sealed record AdoptedDefinition(
    string Programme, string Version, string Kind, string Definition, string? Standard, string Text, string? StandardText,
    long Completes, string CompletesHash, IReadOnlyList<ApprovalReference> Approvals)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The key of an adopted proposal.</summary>
    public static string Key(string programme, long proposal) => $"definition/{programme}/{proposal}";

    /// <summary>What a decided proposal leads to.</summary>
    public static AdoptedDefinition Of(
        AdoptionProposal proposal, DecisionCase decided, ReadOnlySpan<byte> text, ReadOnlySpan<byte> standard) => new(
        proposal.Programme, proposal.Version, proposal.Kind, proposal.Definition, proposal.Standard,
        Encoding.UTF8.GetString(text), proposal.Standard is null ? null : Encoding.UTF8.GetString(standard),
        decided.Entry, decided.Hash, ApprovalReference.Of(decided));

    /// <summary>The text as it was adopted.</summary>
    public DefinitionText ToText() => new(Programme + ".yaml", Encoding.UTF8.GetBytes(Text));

    /// <summary>The programme's standard, as it was adopted.</summary>
    public DefinitionText ToStandard() => new("standard.yaml", Encoding.UTF8.GetBytes(StandardText ?? ""));

    /// <summary>The entry's body.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads an entry of kind definition-adopted.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static AdoptedDefinition Read(LedgerEntry entry) =>
        JsonSerializer.Deserialize<AdoptedDefinition>(entry.Body.Span, Options)
        ?? throw new JsonException($"Entry {entry.Number} holds nothing.");

    /// <summary>What is wrong with an entry beside its proposal, in a sentence; null where nothing is.</summary>
    public static string? FaultOf(LedgerEntry entry, Func<long, LedgerEntry?> at)
    {
        if (entry.Kind != LedgerKinds.DefinitionAdopted) return null;
        AdoptedDefinition adopted = Read(entry);
        if (at(adopted.Completes) is not LedgerEntry proposed || !AdoptionProposal.Is(proposed))
        {
            return $"Entry {entry.Number} adopts what nobody proposed.";
        }
        AdoptionProposal proposal = AdoptionProposal.Read(proposed);
        bool isProposed = proposal.Programme == adopted.Programme && proposal.Version == adopted.Version
            && proposal.Definition == adopted.Definition && proposal.Standard == adopted.Standard;
        if (!isProposed) return $"Entry {entry.Number} adopts something else than entry {proposed.Number} proposed.";
        bool isText = adopted.ToText().Sha256 == adopted.Definition
            && (adopted.Standard is null || adopted.ToStandard().Sha256 == adopted.Standard);
        return isText ? null : $"Entry {entry.Number} holds another text than was proposed.";
    }

    /// <summary>The newest entry of a programme in a ledger; null where none was adopted.</summary>
    public static LedgerEntry? Newest(IEnumerable<LedgerEntry> entries, string programme) => entries.LastOrDefault(
        e => e.Kind == LedgerKinds.DefinitionAdopted && Read(e).Programme == programme);
}
