using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Judges a section's period again when readings, reviews, suspensions or calibrations came after it was sealed, by the
/// very terms that were sealed. Where the judgement comes out otherwise, a revision and the draft of a notice are sealed:
/// a supplementary notice with the difference where one was issued before. What was sealed stays as it is.
/// </summary>
/// <param name="record">The readings.</param>
/// <param name="registry">What stands beside them, in the same position sequence.</param>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">What judgements were made from.</param>
/// <param name="folder">Where documents are written.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class RevisionFlow(
    IReadingStore record, IRegistryStore registry, ILedgerStore ledger, EvidenceStore evidence, DataFolder folder,
    TimeProvider clock)
{
    private const long ZonesMax = 14 * 3_600_000;
    private const long YearMax = 366L * 24 * 3_600_000;

    /// <summary>Every chain of notices as it stands.</summary>
    public IReadOnlyList<NoticeChain> Chains() => [.. NoticeChains.Of(ledger.Entries(), registration: null).All];

    /// <summary>Revises what a chain's newest judgement says, up to the record's newest position.</summary>
    /// <returns>
    /// The draft that was sealed; null where nothing came since that changes the judgement, and where two persons have just
    /// approved the newest draft, whose notice must be sealed first.
    /// </returns>
    /// <exception cref="StoreUnusableException">Evidence is missing or was changed.</exception>
    public SealedNotice? Revise(NoticeChain chain)
    {
        if (chain.IsBeingIssued) return null;
        string key = $"revision/{chain.Subject}/{Round(chain)}";
        LedgerEntry former = ledger.At(chain.Newest.Notice.Assessment)!;
        if (!HasNewer(chain.Newest.Notice, former.Position!.Value) && ledger.Find(key) is null) return null;
        // Killed between the revision and its draft: the draft is of what was sealed, whatever came in since.
        LedgerEntry? revised = ledger.Find(key) ?? Judge(key, former);
        if (revised is null) return null;
        (_, RiverAssessment assessment, JudgementInputs inputs) = new SealedInputs(evidence).Whole(revised);
        long position = former.Position!.Value;
        return Draft(
            chain.Subject, assessment, revised, NoticePrinting.Of(assessment, inputs),
            inputs.Readings.Count(r => r.Position > position), inputs.Records.Count(r => r.Position > position));
    }

    // Null where the bytes are the same: what came since changes nothing.
    private LedgerEntry? Judge(string key, LedgerEntry former)
    {
        (EvidenceHeader header, SealedRiver terms) = new SealedInputs(evidence).Terms(former);
        long position = record.LastPosition;
        JudgementInputs inputs = JudgementInputs.Read(
            record, registry, terms.Programme, terms.Section, terms.Period, position);
        byte[] bytes = CanonicalAssessment.Write(
            RiverJudgement.Assess(terms.Programme, terms.Section, terms.Period, inputs));
        if (former.Body.Span.SequenceEqual(bytes)) return null;
        string hash = evidence.Put(AssessmentEvidence.Write(header with { Position = position }, inputs));
        return ledger.Append(
            key, _ => new LedgerDraft(LedgerKinds.Revision, key, SealingDesk.Software, position, hash, bytes),
            Instant.From(clock.GetUtcNow()));
    }

    // Asked of every judged year each midnight, so before any evidence is read: by the period in any zone, with the year before
    // it, which may be the baseline.
    private bool HasNewer(SealedNotice notice, long position)
    {
        if (!Period.TryParse(notice.Period, TimeZoneInfo.Utc, out Period? period)) return false;
        var query = new ReadingQuery(
            notice.Section, Statistic.Hour, new Instant(period.Start.UnixMilliseconds - ZonesMax - YearMax),
            new Instant(period.End.UnixMilliseconds + ZonesMax), long.MaxValue);
        return record.HasNewer(query, position)
            || new[] { $"series/{notice.Section}", $"section/{notice.Section}" }.Any(subject => registry
                .Read(new RecordQuery { Subject = subject }).Any(r => r.Position > position));
    }

    private SealedNotice? Draft(
        string subject, RiverAssessment assessment, LedgerEntry revised, NoticePrinting printing, int readings, int records)
    {
        Instant now = Instant.From(clock.GetUtcNow());
        string key = $"notice/{revised.Key["revision/".Length..]}";
        LedgerEntry? made = ledger.Append(key, head =>
        {
            // Read under the ledger's lock: what stands cannot change before the draft is there.
            NoticeChain chain = NoticeChains.Of(ledger.Entries(), registration: null).Find(subject)!;
            if (chain.IsBeingIssued) return null;
            NoticeRevision revision = NoticeRevision.After(
                chain, assessment.Direction.Name(), CanonicalAssessment.Plain(assessment.AmountYuan), readings, records);
            // By the very terms of the former notice, and so adopted as they were.
            (Bilingual? caution, NoticeTerms? terms) = (chain.Newest.Notice.Caution, chain.Newest.Notice.Terms);
            string file = SealingDesk.FileOf(assessment.Section.Id, assessment.Period.Label, revision, isIssued: false);
            byte[] document = NoticePrint.Draft(
                assessment, revised, PlaceInLedger.After(head, now, SealingDesk.Software), caution, revision, terms,
                printing);
            AtomicFile.Write(Path.Combine(folder.Root, file), document);
            SealedNotice notice = SealedNotice.Of(assessment, revised, file, document, isIssued: false, revision) with
            {
                Caution = caution,
                Terms = terms,
                Printing = printing.Version,
            };
            return new LedgerDraft(
                LedgerKinds.Notice, key, SealingDesk.Software, revised.Position, revised.Evidence, notice.Write());
        }, now);
        return made is null ? null : SealedNotice.Read(made);
    }

    private static string Round(NoticeChain chain) => (chain.Rounds + 1).ToString(CultureInfo.InvariantCulture);
}
