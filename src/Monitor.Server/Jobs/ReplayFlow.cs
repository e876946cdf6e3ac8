using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
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
        LedgerEntry entry = AssessmentOf(number);
        (EvidenceHeader header, JudgementInputs then) =
            AssessmentEvidence.Read(Kept(entry.Evidence!, entry), entry.Evidence!);
        DefinitionText text = new(header.Programme + ".yaml", Kept(header.DefinitionSha256, entry));
        return DefinitionKind.Of(text) == WetlandProgrammeReader.Kind
            ? ReplayMilestone(entry, header, WetlandProgrammeReader.Read(text), then)
            : ReplayRiver(entry, header, text, then);
    }

    private ReplayOutcome ReplayRiver(
        LedgerEntry entry, EvidenceHeader header, DefinitionText text, JudgementInputs then)
    {
        StandardFile standard = StandardFile.Read(
            new DefinitionText("standard.yaml", Kept(header.StandardSha256, entry)));
        RiverProgramme programme = RiverProgrammeReader.Read(text, _ => standard);
        RiverSection section = programme.FindSection(header.Section)
            ?? throw new InputException($"The evidence's section {header.Section} is not in its programme.", "");
        if (!Period.TryParse(header.Period, programme.Zone, out Period? period))
            throw new InputException($"The evidence's period {header.Period} is no period.", "");
        JudgementInputs now = JudgementInputs.Read(
            record, registry, section.Id, programme.Statistic, period, header.Position);
        byte[] bytes = CanonicalAssessment.Write(RiverJudgement.Assess(programme, section, period, now));
        return Compare(entry, then, now, bytes);
    }

    private ReplayOutcome ReplayMilestone(
        LedgerEntry entry, EvidenceHeader header, WetlandProgramme programme, JudgementInputs then)
    {
        WetlandBank bank = programme.FindBank(header.Section)
            ?? throw new InputException($"The evidence's bank {header.Section} is not in its programme.", "");
        Instant taken = Instant.From(DateTimeOffset.Parse(
            header.Period, System.Globalization.CultureInfo.InvariantCulture));
        // Before judgements listed their scenes, they read the one scene alone.
        bool withScenes = MilestoneJudgement.ListsScenes(entry.Body);
        List<StoredReading> now = [.. record.Read(withScenes
            ? SceneFlow.SeasonOf(programme, bank, taken, header.Position)
            : ReadingQuery.At(bank.Id, Statistic.Instantaneous, taken, header.Position))];
        string milestone = entry.Key.Split('/')[4];
        MilestoneAssessment? again = MilestoneJudgement.Assess(
            programme, bank, programme.Milestones.First(m => m.Id == milestone), taken, now.Select(r => r.Reading));
        return Compare(
            entry, then, new JudgementInputs(now, []), again is null ? [] : MilestoneJudgement.Write(again, withScenes));
    }

    private static ReplayOutcome Compare(LedgerEntry entry, JudgementInputs then, JudgementInputs now, byte[] bytes)
    {
        string difference = Difference(then.Records, now.Records, Words) ?? Difference(then.Readings, now.Readings, Words)
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

    private LedgerEntry AssessmentOf(long number)
    {
        LedgerEntry entry = ledger.At(number)
            ?? throw new InputException(
                $"The ledger has no entry {number}.", $"It has 1 to {ledger.Head.Entries}.", field: "ENTRY");
        if (entry.Kind == LedgerKinds.Assessment && !IsFiled(entry) && entry.Evidence is not null) return entry;
        using var body = System.Text.Json.JsonDocument.Parse(entry.Body);
        if (entry.Kind is LedgerKinds.Notice or LedgerKinds.Proposal or LedgerKinds.Release
            && body.RootElement.TryGetProperty("assessment", out System.Text.Json.JsonElement rests)
            && ledger.At(rests.GetInt64()) is { Kind: LedgerKinds.Assessment } assessment
            && !IsFiled(assessment))
        {
            return assessment;
        }
        throw new InputException(
            $"Entry {number} is of kind {entry.Kind}, which is not computed from readings.",
            "Name an assessment, a notice, a proposal or a release that rests on readings.");
    }

    // A document that a person filed: there is nothing to compute, and its bytes are no readings.
    private static bool IsFiled(LedgerEntry entry) => entry.Key.StartsWith("filing/", StringComparison.Ordinal);

    private byte[] Kept(string hash, LedgerEntry entry) => evidence.Find(hash)
        ?? throw new StoreUnusableException(
            $"The evidence {hash} of entry {entry.Number} is not in the evidence folder. Restore it from a backup.");
}
