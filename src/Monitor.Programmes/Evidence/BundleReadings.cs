using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Monitor.Wire.Envelope;

namespace Monitor.Programmes.Evidence;

/// <summary>
/// Holds the readings of a judgement against the batches that they came in, both ways: nothing was put in that no device
/// sent, and nothing that a device sent was left out.
/// </summary>
internal static class BundleReadings
{
    private const string AskAgain = "Ask for the bundle again.";

    /// <summary>Checks, and says what was found.</summary>
    /// <param name="inputs">What the judgement read.</param>
    /// <param name="envelopes">The batches.</param>
    /// <param name="query">What belongs to the judgement.</param>
    /// <exception cref="InputException">The first difference.</exception>
    internal static string Check(JudgementInputs inputs, IReadOnlyList<StoredEnvelope> envelopes, ReadingQuery query)
    {
        var sent = new Dictionary<(string Agent, string Boot, long Sequence), (long First, ReadingBatch Batch)>();
        var expected = new HashSet<(string Agent, string Boot, long Sequence, int Index)>();
        for (int i = 0; i < envelopes.Count; i++)
        {
            StoredEnvelope envelope = envelopes[i];
            ReadingBatch batch = Decode(envelope, i + 1);
            if (!sent.TryAdd((envelope.Agent, envelope.Boot, envelope.Sequence), (envelope.First, batch)))
            {
                throw new InputException("the batch stands here twice.", AskAgain, EvidenceBundle.Envelopes, i + 1);
            }
            foreach (Reading reading in batch.Readings.Where(r => Belongs(r, batch, envelope.First, query)))
            {
                expected.Add((envelope.Agent, envelope.Boot, envelope.Sequence, reading.Index));
            }
        }
        for (int i = 0; i < inputs.Readings.Count; i++)
        {
            StoredReading stored = inputs.Readings[i];
            // The header is line 1, then the records and the scenes, then the readings.
            int line = i + inputs.Records.Count + inputs.Scenes.Count + 2;
            if (!sent.TryGetValue((stored.Agent, stored.Boot, stored.Sequence), out (long First, ReadingBatch Batch) came))
            {
                throw new InputException(
                    $"{Words(stored)} came in no batch that is here.", AskAgain, EvidenceBundle.Evidence, line);
            }
            Compare(stored, came.First, came.Batch, line, inputs.Quarantines);
            if (!expected.Remove((stored.Agent, stored.Boot, stored.Sequence, stored.Reading.Index)))
            {
                throw new InputException(
                    $"{Words(stored)} does not belong to the period, or stands here twice.", AskAgain,
                    EvidenceBundle.Evidence, line);
            }
        }
        if (expected.Count > 0)
        {
            (string agent, string boot, long sequence, int index) = expected.Order().First();
            throw new InputException(
                $"reading {index} of batch {boot}/{sequence} of {agent} belongs to the period and was left out.",
                "Ask the other party why.", EvidenceBundle.Evidence);
        }
        (int count, int batches) = (inputs.Readings.Count, envelopes.Count);
        return string.Create(CultureInfo.InvariantCulture,
            $"{count} readings stand in {batches} batches as they were sent, and none of these is left out");
    }

    private static ReadingBatch Decode(StoredEnvelope envelope, int line)
    {
        if (!BatchPayload.TryDecode(envelope.Agent, envelope.Payload, out ReadingBatch? batch, out string reason))
        {
            throw new InputException(
                $"the payload is no envelope: {reason}", AskAgain, EvidenceBundle.Envelopes, line, "payload");
        }
        bool same = batch.Agent == envelope.Agent && batch.Boot == envelope.Boot && batch.Sequence == envelope.Sequence;
        return same ? batch : throw new InputException(
            $"the payload says that it is batch {batch.Boot}/{batch.Sequence} of {batch.Agent}, and the line that it is " +
            $"{envelope.Boot}/{envelope.Sequence} of {envelope.Agent}.", AskAgain, EvidenceBundle.Envelopes, line);
    }

    private static void Compare(StoredReading stored, long first, ReadingBatch batch, int line, bool quarantines)
    {
        int index = stored.Reading.Index;
        bool isSent = index >= 0 && index < batch.Readings.Count && batch.Section == stored.Section
            && batch.Readings[index] == stored.Reading;
        if (!isSent) throw new InputException(
            $"{Words(stored)} is not what was sent" +
            (index >= 0 && index < batch.Readings.Count ? $": {Words(batch.Readings[index])}." : "."),
            AskAgain, EvidenceBundle.Evidence, line);
        // That a batch was made after it came in is what who took it in says; all else follows from the batch.
        bool isKnown = !quarantines || stored.Doubt == ClockDoubt.Of(batch)
            || (stored.Doubt is string said && ClockDoubt.IsOfReceipt(said));
        if (!isKnown) throw new InputException(
            $"{Words(stored)} is said to be doubtful by its clock: “{stored.Doubt ?? "no"}”; its batch says: " +
            $"“{ClockDoubt.Of(batch) ?? "no"}”.", AskAgain, EvidenceBundle.Evidence, line, "doubt");
        if (stored.Position != first + index) throw new InputException(
            $"{Words(stored)} has position {stored.Position}; in its batch it has {first + index}.", AskAgain,
            EvidenceBundle.Evidence, line, "pos");
    }

    private static bool Belongs(Reading reading, ReadingBatch batch, long first, ReadingQuery query) =>
        batch.Section == query.Section && reading.Statistic == query.Statistic && query.From <= reading.Time
        && reading.Time < query.To && first + reading.Index <= query.UpToPosition;

    private static string Words(StoredReading stored) =>
        $"{Words(stored.Reading)} (reading {stored.Reading.Index} of batch {stored.Boot}/{stored.Sequence} of {stored.Agent})";

    private static string Words(Reading r) => $"{r.Measurand} {r.Value} {r.Unit} at {r.Time}";
}
