using System.Buffers;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Ledger;

namespace Monitor.Programmes.Adoption;

/// <summary>
/// A person's signed proposal that a programme be judged by a text. The body of a proposal's entry; who signs it prepares
/// it, and so does not decide it.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version that the text says of itself.</param>
/// <param name="Kind">The definition's kind, as <c>river-compensation</c>.</param>
/// <param name="Definition">SHA-256 of the text.</param>
/// <param name="Standard">SHA-256 of the standard that it names; null where it names none.</param>
/// <param name="Person">Who signed.</param>
public sealed record AdoptionProposal(
    string Programme, string Version, string Kind, string Definition, string? Standard, Person Person)
{
    /// <summary>The word under <c>proposes</c>.</summary>
    public const string Word = "definition";

    private const string Format = "adoption/1";

    /// <summary>The signed body.</summary>
    /// <param name="sign">Signs with the person's key.</param>
    public byte[] Write(Func<byte[], byte[]> sign)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("statement", Format);
            json.WriteString("proposes", Word);
            json.WriteString("programme", Programme);
            json.WriteString("version", Version);
            json.WriteString("kind", Kind);
            json.WriteString("definition", Definition);
            json.WriteString("standard", Standard);
            SignedStatement.WriteSigner(json, Person);
            json.WriteEndObject();
        }
        return SignedStatement.Sign(buffer.WrittenSpan.ToArray(), sign);
    }

    /// <summary>Whether an entry proposes to adopt a definition.</summary>
    public static bool Is(LedgerEntry entry)
    {
        if (entry.Kind != LedgerKinds.Proposal) return false;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("proposes", out JsonElement word)
            && word.ValueKind == JsonValueKind.String && word.GetString() == Word;
    }

    /// <summary>Reads an entry for which <see cref="Is"/> holds, and checks its signature.</summary>
    /// <exception cref="InputException">It is not signed by the person it names, or of another shape.</exception>
    public static AdoptionProposal Read(LedgerEntry entry)
    {
        Person person = SignedStatement.SignerOf(entry.Body.Span, out string fault) ?? throw Broken(entry, fault);
        using JsonDocument document = JsonDocument.Parse(entry.Body);
        JsonElement json = document.RootElement;
        if (Text(json, "statement") != Format) throw Broken(entry, "It is another statement.");
        return new AdoptionProposal(
            Text(json, "programme")!, Text(json, "version")!, Text(json, "kind")!, Text(json, "definition")!,
            Text(json, "standard"), person);
    }

    private static string? Text(JsonElement json, string key) => json.GetProperty(key).GetString();

    private static InputException Broken(LedgerEntry entry, string why) => new(
        $"Entry {entry.Number} is no proposal to adopt a definition: {why}", "Restore the ledger from a backup.");
}
