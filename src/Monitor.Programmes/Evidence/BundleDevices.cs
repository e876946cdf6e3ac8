using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Registers;
using Monitor.Wire.Envelope;

namespace Monitor.Programmes.Evidence;

/// <summary>
/// Holds each batch against the key that its agent was registered with when it came in, and against the batch before it.
/// </summary>
internal static class BundleDevices
{
    /// <summary>Checks, and says what was found.</summary>
    /// <param name="envelopes">The batches, in the order of their positions.</param>
    /// <param name="register">Register changes of their agents; null where the bundle was made without.</param>
    /// <exception cref="InputException">A signature is missing or wrong, or a batch does not follow.</exception>
    internal static string Check(IReadOnlyList<StoredEnvelope> envelopes, DeviceKeys? register)
    {
        (int signed, int unsigned, int strangers, int linked) = (0, 0, 0, 0);
        Dictionary<(string, string, long), string> hashes = envelopes.ToDictionary(
            e => (e.Agent, e.Boot, e.Sequence), e => EnvelopeSeal.HashOf(e.Payload.Span));
        for (int i = 0; i < envelopes.Count; i++)
        {
            StoredEnvelope envelope = envelopes[i];
            // The step before has read it.
            if (!EnvelopeCodec.TryDecode(envelope.Payload, out ReadingBatch? batch, out _)) continue;
            string? key = register?.At(envelope.Agent, envelope.First);
            if (key is null) strangers++;
            else if (key.Length == 0) unsigned++;
            else
            {
                RequireSigned(batch, key, i + 1);
                signed++;
            }
            LinkVerdict link = EnvelopeSeal.CheckLink(
                batch, hashes.GetValueOrDefault((batch.Agent, batch.Boot, batch.Sequence - 1)));
            if (link == LinkVerdict.Broken) throw new InputException(
                $"{Words(batch)} does not follow the batch before it: the hash that it names is another.",
                "Ask the other party.", EvidenceBundle.Envelopes, i + 1, "prev");
            if (link is LinkVerdict.Holds) linked++;
        }
        return $"{signed} batches are signed with the registered keys of their devices; "
            + $"{unsigned} came from devices without a key, "
            + $"{strangers} from devices that no register here names; {linked} name the hash of the batch before them";
    }

    private static void RequireSigned(ReadingBatch batch, string key, int line)
    {
        SignatureVerdict verdict = EnvelopeSeal.CheckSignature(batch, Convert.FromBase64String(key));
        if (verdict == SignatureVerdict.Holds) return;
        throw new InputException(
            verdict == SignatureVerdict.None
                ? $"{Words(batch)} is not signed, and its device was registered with a key."
                : $"{Words(batch)} is not signed with the key that its device was registered with.",
            "Ask the other party.", EvidenceBundle.Envelopes, line, "sig");
    }

    private static string Words(ReadingBatch batch) => $"batch {batch.Boot}/{batch.Sequence} of {batch.Agent}";
}
