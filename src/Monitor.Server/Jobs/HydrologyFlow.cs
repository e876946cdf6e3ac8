using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Judges the hydrology criteria of a bank from the record of its wells, once a season is over. Readings, reviews or
/// calibrations that come later give a revision, where they change anything; what was sealed stays.
/// </summary>
/// <param name="record">The readings.</param>
/// <param name="registry">What stands beside them, in the same position sequence.</param>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where inputs and definitions are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class HydrologyFlow(
    IReadingStore record, IRegistryStore registry, ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Judges every season that is over at a moment and has readings of a well.</summary>
    /// <returns>What was sealed: assessments, revisions and proposals, in ledger order.</returns>
    public IReadOnlyList<LedgerEntry> JudgeAll(
        WetlandProgramme programme, WetlandBank bank, Instant at, CancellationToken cancellation = default)
    {
        List<LedgerEntry> made = [];
        foreach (MilestonePart part in programme.Parts.Where(p => p.Criterion is ByHydrology))
        {
            foreach (int year in Years(programme, bank, part, at))
            {
                cancellation.ThrowIfCancellationRequested();
                made.AddRange(Judge(new SealedHydrology(programme, bank, part, year)));
            }
        }
        return made;
    }

    // The criterion's own monitoring year, or every one since the first.
    private static IEnumerable<int> Years(WetlandProgramme programme, WetlandBank bank, MilestonePart part, Instant at)
    {
        if (bank.Monitoring is not MonitoringTerms monitoring) return [];
        DaySpan season = ((ByHydrology)part.Criterion).Season;
        int last = Period.DayOf(at, programme.Zone).Year;
        IEnumerable<int> years = part.Criterion.Stage is int stage
            ? [monitoring.YearOf(stage)]
            : Enumerable.Range(monitoring.FirstYear, Math.Max(0, last - monitoring.FirstYear + 1));
        return years.Where(year => season.In(year, programme.Zone).To <= at);
    }

    private IEnumerable<LedgerEntry> Judge(SealedHydrology terms)
    {
        (WetlandProgramme programme, WetlandBank bank, MilestonePart part) = (terms.Programme, terms.Bank, terms.Part);
        string subject = string.Create(
            CultureInfo.InvariantCulture, $"{JudgedParts.SubjectOf(programme, bank, part)}/{terms.Year:D4}");
        (LedgerEntry? newest, int round) = Newest(subject);
        LedgerEntry? made = newest is null ? First(terms, subject) : Again(terms, subject, newest, round + 1);
        if (made is not null) yield return made;
        if ((made ?? newest) is not LedgerEntry judged) yield break;
        // Also where a service ended between a judgement and its proposal.
        LedgerEntry? proposal = new PassedMilestones(ledger, clock).Propose(programme, bank, part, judged, preparer: null);
        if (proposal is not null) yield return proposal;
    }

    private (LedgerEntry? Entry, int Round) Newest(string subject)
    {
        (LedgerEntry? entry, int round) = (ledger.Find($"assessment/{subject}"), 0);
        while (ledger.Find(RevisionKey(subject, round + 1)) is LedgerEntry revised) (entry, round) = (revised, round + 1);
        return (entry, round);
    }

    // A milestone that is released is judged again only where the terms look for its regress, as with its scenes.
    private LedgerEntry? First(SealedHydrology terms, string subject) =>
        terms.Programme.Compliance.Regression is not null
        || ledger.Find(Programmes.Banks.CreditRelease.Key(terms.Programme.Id, terms.Bank.Id, terms.Part.Milestone.Id)) is null
            ? Seal(terms, LedgerKinds.Assessment, $"assessment/{subject}", former: null)
            : null;

    private LedgerEntry? Again(SealedHydrology terms, string subject, LedgerEntry newest, int round)
    {
        long position = newest.Position!.Value;
        bool hasNewer = record.HasNewer(terms.Query(long.MaxValue), position)
            || registry.Read(new RecordQuery { Subject = $"series/{terms.Bank.Id}" }).Any(r => r.Position > position);
        return hasNewer ? Seal(terms, LedgerKinds.Revision, RevisionKey(subject, round), newest) : null;
    }

    // Null where there is nothing to judge, or where later data change nothing.
    private LedgerEntry? Seal(SealedHydrology terms, string kind, string key, LedgerEntry? former)
    {
        long position = record.LastPosition;
        JudgementInputs inputs = terms.Inputs(record, registry, position);
        HydrologyAssessment? judged = HydrologyJudgement.Assess(
            terms.Programme, terms.Bank, terms.Part, terms.Year, inputs);
        if (judged is null) return null;
        byte[] body = HydrologyJudgement.Write(judged);
        if (former is not null && former.Body.Span.SequenceEqual(body)) return null;
        string definition = evidence.Put(terms.Programme.Text.Bytes.Span);
        var header = new EvidenceHeader(
            terms.Programme.Id, terms.Programme.Version, definition, definition, terms.Bank.Id,
            terms.Year.ToString("D4", CultureInfo.InvariantCulture), position);
        string hash = evidence.Put(AssessmentEvidence.Write(header, inputs));
        return ledger.Append(
            key, _ => new LedgerDraft(kind, key, SealingDesk.Software, position, hash, body),
            Instant.From(clock.GetUtcNow()));
    }

    private static string RevisionKey(string subject, int round) =>
        string.Create(CultureInfo.InvariantCulture, $"revision/{subject}/{round}");
}
