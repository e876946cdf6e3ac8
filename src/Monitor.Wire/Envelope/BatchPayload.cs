using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;
using Monitor.Wire.SenMl;

namespace Monitor.Wire.Envelope;

/// <summary>A batch in either form that travels: our envelope, which is a JSON object, or SenML, which is an array.</summary>
public static class BatchPayload
{
    /// <summary>Reads any bytes and never throws.</summary>
    /// <param name="agent">Who sent it, as the connection or the record says; an envelope says it itself.</param>
    /// <param name="payload">The bytes; the batch keeps this memory.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="reason">Why it is refused, in a sentence; empty where it is not.</param>
    public static bool TryDecode(
        string agent, ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ReadingBatch? batch, out string reason) =>
        SenMlBatch.IsPack(payload.Span)
            ? SenMlBatch.TryDecode(agent, payload, out batch, out reason)
            : EnvelopeCodec.TryDecode(payload, out batch, out reason);
}
