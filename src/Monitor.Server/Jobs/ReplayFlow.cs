using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>What recomputing an entry gave.</summary>
/// <param name="Entry">The assessment that was recomputed; of a notice or a proposal, the one it rests on.</param>
/// <param name="IsSame">Whether the bytes are the sealed ones, and the record's readings those of the evidence.</param>
/// <param name="Difference">The first difference, in a sentence that names it; empty where there is none.</param>
/// <param name="Readings">Readings that went in.</param>
public sealed record ReplayOutcome(LedgerEntry Entry, bool IsSame, string Difference, int Readings);

/// <summary>Recomputes a sealed judgement from the record as it stands today.</summary>
/// <param name="ledger">Where the entry is.</param>
/// <param name="record">The readings.</param>
/// <param name="registry">Reviews and suspensions, in the same position sequence.</param>
/// <param name="evidence">What the judgement was made from when it was sealed.</param>
public sealed class ReplayFlow(
    ILedgerStore ledger, IReadingStore record, IRegistryStore registry, EvidenceStore evidence)
{
    /// <summary>
    /// Reads the record again up to the sealed position, compares each reading with the evidence, judges again by the
    /// sealed text of the programme, and compares the bytes.
    /// </summary>
    /// <exception cref="InputException">There is no such entry, or it is not one that can be recomputed.</exception>
    /// <exception cref="StoreUnusableException">Its evidence is missing or was changed.</exception>
    public ReplayOutcome Replay(long number)
    {
        LedgerEntry entry = JudgedEntry.Of(number, ledger.At, ledger.Head.Entries);
        byte[] Kept(string hash) => evidence.Find(hash) ?? throw new StoreUnusableException(
            $"The evidence {hash} of entry {entry.Number} is not in the evidence folder. Restore it from a backup.");
        (EvidenceHeader header, JudgementInputs then) = AssessmentEvidence.Read(Kept(entry.Evidence!), entry.Evidence!);
        return SealedTerms.IsMilestone(header, Kept)
            ? ReplayMilestone(entry, header, SealedTerms.Milestone(header, entry, Kept), then)
            : ReplayRiver(entry, header, SealedTerms.River(header, Kept), then);
    }

    private ReplayOutcome ReplayRiver(LedgerEntry entry, EvidenceHeader header, SealedRiver terms, JudgementInputs then)
    {
        JudgementInputs now = JudgementInputs.Read(
            record, registry, terms.Programme, terms.Section, terms.Period, header.Position);
        // Sealed before doubtful clocks were set apart: recomputed as it was judged.
        if (!then.Quarantines)
        {
            now = new JudgementInputs([.. now.Readings.Select(r => r with { Doubt = null })], now.Records);
        }
        byte[] bytes = CanonicalAssessment.Write(
            RiverJudgement.Assess(terms.Programme, terms.Section, terms.Period, now));
        return Compare(entry, then, now, bytes);
    }

    private ReplayOutcome ReplayMilestone(
        LedgerEntry entry, EvidenceHeader header, SealedMilestone terms, JudgementInputs then)
    {
        JudgementInputs now = terms.Inputs(entry, record, registry, header.Position);
        return Compare(entry, then, now, terms.Judge(
            entry, now, ledger.Entries().TakeWhile(e => e.Number < entry.Number)));
    }

    private static ReplayOutcome Compare(LedgerEntry entry, JudgementInputs then, JudgementInputs now, byte[] bytes)
    {
        // Evidence of before the devices' register was sealed has nothing to compare.
        string? devices = then.Devices is null || then.Devices == now.Devices
            ? null
            : "The devices' register differs from the one that was sealed.";
        string difference = devices ?? Difference(then.Records, now.Records, Words)
            ?? Difference(then.Readings, now.Readings, Words)
            ?? (entry.Body.Span.SequenceEqual(bytes)
                ? ""
                : $"The judgement differs from byte {entry.Body.Span.CommonPrefixLength(bytes)} on.");
        return new ReplayOutcome(entry, difference.Length == 0, difference, now.Readings.Count);
    }

    private static string? Difference<T>(IReadOnlyList<T> then, IReadOnlyList<T> now, Func<T?, string> words)
        where T : class
    {
        for (int i = 0; i < Math.Max(then.Count, now.Count); i++)
        {
            T? was = i < then.Count ? then[i] : null, today = i < now.Count ? now[i] : null;
            if (!Equals(was, today))
            {
                return $"The record differs from the evidence: sealed {words(was)}, now {words(today)}.";
            }
        }
        return null;
    }

    private static string Words(StoredReading? r) => r is null
        ? "no reading"
        : $"{r.Reading.Measurand} {r.Reading.Value} at {r.Reading.Time} " +
          $"(position {r.Position}, agent {r.Agent}, batch {r.Boot}/{r.Sequence}, reading {r.Reading.Index})";

    private static string Words(StoredRecord? r) => r is null
        ? "no record"
        : $"the {r.Kind.Name()} of {r.Subject} at position {r.Position} (key {r.Key})";
}
