using System.Text.Encodings.Web;
using System.Text.Json;

namespace Monitor.Ledger;

/// <summary>
/// How JSON is written wherever its bytes are sealed, hashed or signed: no white space, and Chinese as it is rather than in
/// escapes. A change here would change bytes that are sealed for ever.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The writer's options. The bytes are UTF-8 JSON and are never put into HTML unescaped.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
