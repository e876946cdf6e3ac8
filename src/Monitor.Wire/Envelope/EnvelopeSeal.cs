using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.People;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// Signature and chain of envelopes: pure functions over bytes, for the agent that makes them, the intake that takes
/// them, and whoever verifies a bundle years later.
/// <para>
/// <b>What is signed</b>: the payload's own bytes without its last member. A signed payload ends with
/// <c>,"sig":"</c>, 88 characters of base64, <c>"}</c>; the signed bytes are all before that tail, and <c>}</c>.
/// Nothing is written again to be checked, so any JSON that ends that way can be signed, not only the canonical form.
/// The signature is ECDSA on P-256 over SHA-256, r and s of 32 bytes each (IEEE P1363).
/// </para>
/// <para>
/// <b>What is chained</b>: <c>prev</c> is the SHA-256 of the whole former payload as it travelled, its signature
/// included, in 64 lower-case hex digits. It is within the signed bytes, so one good signature vouches for all that came
/// before it in its boot.
/// </para>
/// </summary>
public static class EnvelopeSeal
{
    /// <summary>Bytes that a signature adds to an unsigned payload.</summary>
    public const int TailBytes = 8 + SignatureCharacters + 1;

    private const int SignatureBytes = 64;
    private const int SignatureCharacters = 88;
    private static readonly byte[] Opening = ",\"sig\":\""u8.ToArray();
    private static readonly byte[] Closing = "\"}"u8.ToArray();

    /// <summary>The hash that the next batch of the boot names as its <c>prev</c>.</summary>
    /// <param name="payload">The whole payload as it travels.</param>
    public static string HashOf(ReadOnlySpan<byte> payload)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Adds the signature to a payload that has none.</summary>
    /// <param name="unsigned">A JSON object of at least one member, without white space after it.</param>
    /// <param name="sign">Gives the 64 bytes of the signature over the bytes it is given.</param>
    /// <exception cref="ArgumentException">It is no such object, or the signature has another length.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> unsigned, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        if (unsigned.Length < 3 || unsigned[^1] != (byte)'}')
        {
            throw new ArgumentException("What is to be signed does not end as an object does.", nameof(unsigned));
        }
        byte[] signature = sign(unsigned.ToArray());
        if (signature.Length != SignatureBytes)
        {
            throw new ArgumentException($"A signature has {SignatureBytes} bytes, not {signature.Length}.", nameof(sign));
        }
        return [.. unsigned[..^1], .. Opening, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(signature)), .. Closing];
    }

    /// <summary>Whether the holder of a key signed this batch.</summary>
    /// <param name="batch">The batch as <see cref="EnvelopeCodec"/> read it.</param>
    /// <param name="publicKey">The agent's registered key: SubjectPublicKeyInfo (DER) on P-256. Bytes that are no such
    /// key make every signature <see cref="SignatureVerdict.Broken"/>.</param>
    public static SignatureVerdict CheckSignature(ReadingBatch batch, ReadOnlySpan<byte> publicKey)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Signature.Length == 0) return SignatureVerdict.None;
        ReadOnlySpan<byte> payload = batch.Payload.Span;
        int tail = Opening.Length + SignatureCharacters + Closing.Length;
        if (payload.Length <= tail) return SignatureVerdict.Broken;
        ReadOnlySpan<byte> end = payload[^tail..];
        string text = Encoding.ASCII.GetString(end.Slice(Opening.Length, SignatureCharacters));
        bool stands = end.StartsWith(Opening) && end.EndsWith(Closing) && text == batch.Signature;
        Span<byte> signature = stackalloc byte[SignatureBytes + 2];
        // Compared with its own writing: base64 leaves bits at its end that change the text and not the bytes.
        bool holds = stands && Convert.TryFromBase64String(text, signature, out int length)
            && Convert.ToBase64String(signature[..length]) == text
            && PersonKey.Verify(publicKey, [.. payload[..^tail], (byte)'}'], signature[..length]);
        return holds ? SignatureVerdict.Holds : SignatureVerdict.Broken;
    }

    /// <summary>
    /// Whether a batch follows the one before it. Batches arrive in any order: when one arrives, ask this of it with the
    /// former batch's hash, and where the next one is stored already, of that one with this one's hash.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="formerHash">
    /// <see cref="HashOf"/> of the batch of the same agent and boot whose sequence is one less; null where the caller does
    /// not have it.
    /// </param>
    public static LinkVerdict CheckLink(ReadingBatch batch, string? formerHash)
    {
        ArgumentNullException.ThrowIfNull(batch);
        bool first = batch.Sequence == 1;
        if (batch.Previous.Length == 0) return first ? LinkVerdict.First : LinkVerdict.Unchained;
        if (first) return LinkVerdict.Broken;
        if (formerHash is null) return LinkVerdict.Open;
        return batch.Previous == formerHash ? LinkVerdict.Holds : LinkVerdict.Broken;
    }
}
