using System.Text.Json;

namespace Monitor.Programmes.Records;

/// <summary>Who made a statement, and the proof: a registered person, by the key that signed.</summary>
/// <param name="Person">The person's registered name.</param>
/// <param name="Role">The role that the person had then.</param>
/// <param name="Key">Fingerprint of the key.</param>
/// <param name="Signature">ECDSA P-256 over the statement's canonical bytes, base64.</param>
public sealed record Signer(string Person, string Role, string Key, string Signature)
{
    /// <summary>Writes who signs; the signature, which covers all else, last and only where asked for.</summary>
    internal void Write(Utf8JsonWriter json, bool withSignature)
    {
        json.WriteString("person", Person);
        json.WriteString("role", Role);
        json.WriteString("key", Key);
        if (withSignature) json.WriteString("signature", Signature);
    }

    internal static Signer Read(JsonElement json) => new(
        RecordBody.Text(json, "person"), RecordBody.Text(json, "role"), RecordBody.Text(json, "key"),
        RecordBody.Text(json, "signature"));
}
