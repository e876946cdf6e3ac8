using System.Text;
using System.Text.Json;

namespace Monitor.Domain.People;

/// <summary>
/// A JSON object that a person signed: its last member is <c>"signature"</c> (base64), and what is signed are the object's
/// own bytes without that member. Nothing is written again to be checked, so the bytes that are kept are the ones signed.
/// The signer stands in the signed bytes: <c>"signer":{"person":…,"role":…,"key":…,"publicKey":…}</c>.
/// </summary>
public static class SignedStatement
{
    private const int SignatureCharacters = 88; // 64 bytes in base64
    private static readonly byte[] Opening = Encoding.ASCII.GetBytes(",\"signature\":\"");
    private static readonly byte[] Closing = Encoding.ASCII.GetBytes("\"}");

    /// <summary>Writes the member <c>signer</c>.</summary>
    public static void WriteSigner(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject("signer");
        json.WriteString("person", person.Name);
        json.WriteString("role", person.Role.Name());
        json.WriteString("key", person.Key);
        json.WriteString("publicKey", person.PublicKey);
        json.WriteEndObject();
    }

    /// <summary>Adds the signature.</summary>
    /// <param name="unsigned">A JSON object with the member <c>signer</c>, without white space around it.</param>
    /// <param name="sign">Gives the 64 bytes of the signature over the bytes it is given.</param>
    public static byte[] Sign(byte[] unsigned, Func<byte[], byte[]> sign)
    {
        string signature = Convert.ToBase64String(sign(unsigned));
        return [.. unsigned.AsSpan()[..^1], .. Opening, .. Encoding.ASCII.GetBytes(signature), .. Closing];
    }

    /// <summary>
    /// Who signed a statement. Null, with the fault in a sentence, where the statement has no signer or its signature does
    /// not hold. Whether the key is registered is the caller's question.
    /// </summary>
    public static Person? SignerOf(ReadOnlySpan<byte> statement, out string fault)
    {
        int tail = Opening.Length + SignatureCharacters + Closing.Length;
        fault = "It is not signed.";
        if (statement.Length <= tail) return null;
        ReadOnlySpan<byte> end = statement[^tail..];
        if (!end.StartsWith(Opening) || !end.EndsWith(Closing)) return null;
        byte[] unsigned = [.. statement[..^tail], (byte)'}'];
        Person? person = ReadSigner(unsigned, out fault);
        if (person is null) return null;
        Span<byte> signature = stackalloc byte[SignatureCharacters];
        string text = Encoding.ASCII.GetString(end.Slice(Opening.Length, SignatureCharacters));
        // Compared with its own writing: base64 leaves bits at its end that change the text and not the bytes.
        bool holds = Convert.TryFromBase64String(text, signature, out int length)
            && Convert.ToBase64String(signature[..length]) == text
            && PersonKey.Verify(Convert.FromBase64String(person.PublicKey), unsigned, signature[..length]);
        fault = "";
        if (holds) return person;
        fault = $"The signature is not one of {person.Name} over these bytes.";
        return null;
    }

    private static Person? ReadSigner(byte[] unsigned, out string fault)
    {
        fault = "It names no signer.";
        try
        {
            using JsonDocument json = JsonDocument.Parse(unsigned);
            JsonElement signer = json.RootElement.GetProperty("signer");
            string name = signer.GetProperty("person").GetString() ?? "";
            if (!PersonRoles.TryParse(signer.GetProperty("role").GetString(), out PersonRole role)) return null;
            byte[] publicKey = signer.GetProperty("publicKey").GetBytesFromBase64();
            var person = new Person(name, role, Convert.ToBase64String(publicKey));
            if (signer.GetProperty("key").GetString() == person.Key) return person;
            fault = "The fingerprint that it names is not that of its public key.";
            return null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A signer of another shape is none; the fault is told to the caller.
            return null;
        }
    }
}
