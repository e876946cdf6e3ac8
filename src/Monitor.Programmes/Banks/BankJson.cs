using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>How the bodies of a bank's entries are written: in the order of their parameters, nulls left out.</summary>
internal static class BankJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static byte[] Write<T>(T body) => JsonSerializer.SerializeToUtf8Bytes(body, Options);

    /// <exception cref="JsonException">The body is of another shape.</exception>
    internal static T Read<T>(LedgerEntry entry) => JsonSerializer.Deserialize<T>(entry.Body.Span, Options)
        ?? throw new JsonException($"Entry {entry.Number} holds nothing.");
}
