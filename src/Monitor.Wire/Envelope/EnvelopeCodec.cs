using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// The envelope, version 1: a batch of readings as JSON. One batch has one canonical form (fixed order of keys, no
/// white space, UTF-8), which is what our agents send; what others send may be in any order.
/// </summary>
public static class EnvelopeCodec
{
    /// <summary>
    /// The canonical bytes of a batch. <see cref="ReadingBatch.Payload"/> is not looked at: the result is what belongs
    /// there.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The batch breaks a limit, or needs over <see cref="ReadingBatch.BytesMax"/> bytes
    /// (see <see cref="TryEncode(ReadingBatch, out byte[])"/>).
    /// </exception>
    public static byte[] Encode(ReadingBatch batch) => TryEncode(batch, out byte[]? payload)
        ? payload
        : throw new ArgumentException("The batch needs more bytes than one envelope holds: split it.", nameof(batch));

    /// <summary>As <see cref="Encode"/>, but false where the batch is right in itself and only too large.</summary>
    /// <exception cref="ArgumentException">The batch breaks another limit; the message names the field.</exception>
    public static bool TryEncode(ReadingBatch batch, [NotNullWhen(true)] out byte[]? payload)
    {
        ArgumentNullException.ThrowIfNull(batch);
        byte[] written = EnvelopeWriter.Write(batch);
        payload = written.Length <= ReadingBatch.BytesMax ? written : null;
        return payload is not null;
    }

    /// <summary>As <see cref="TryEncode(ReadingBatch, out byte[])"/>, signed where there is a key.</summary>
    /// <param name="batch">The batch, without a signature.</param>
    /// <param name="sign">Gives the 64 bytes of the signature, see <see cref="EnvelopeSeal"/>; null for none.</param>
    /// <param name="payload">The bytes.</param>
    /// <exception cref="ArgumentException">The batch breaks another limit; the message names the field.</exception>
    public static bool TryEncode(
        ReadingBatch batch, Func<byte[], byte[]>? sign, [NotNullWhen(true)] out byte[]? payload)
    {
        if (!TryEncode(batch, out payload)) return false;
        if (sign is null) return true;
        if (batch.Signature.Length > 0) throw new ArgumentException("The batch is signed already.", nameof(batch));
        // Before the key is asked: what is too large is not signed.
        payload = payload.Length + EnvelopeSeal.TailBytes <= ReadingBatch.BytesMax
            ? EnvelopeSeal.Sign(payload, sign)
            : null;
        return payload is not null;
    }

    /// <summary>
    /// Reads any bytes and never throws. Unknown fields are ignored; an unknown version, a key that comes twice, and
    /// whatever breaks a limit refuse the whole batch. Numbers are never rounded to fit.
    /// </summary>
    /// <param name="payload">The bytes; the batch keeps this memory: use it for nothing else.</param>
    /// <param name="batch">The batch, its <see cref="ReadingBatch.Payload"/> being <paramref name="payload"/>.</param>
    /// <param name="reason">Why it is refused, in a sentence that names the field; empty where it is not.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ReadingBatch? batch, out string reason)
    {
        batch = null;
        if (payload.Length > ReadingBatch.BytesMax)
        {
            reason = $"The payload has {payload.Length} bytes; at most {ReadingBatch.BytesMax} are accepted.";
            return false;
        }
        reason = "";
        batch = EnvelopeScan.Read(payload);
        if (batch is not null) return true;
        var reader = new EnvelopeReader();
        batch = reader.Read(payload);
        reason = reader.Fault;
        return batch is not null;
    }
}
