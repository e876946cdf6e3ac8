using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Seals judgements and the documents made of them. One at a time, since a notice prints the number and the previous hash
/// of the entry that seals it. Sealing the same judgement again is a no-op.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where inputs and definitions are kept.</param>
/// <param name="folder">Where documents are written.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class SealingDesk(ILedgerStore ledger, EvidenceStore evidence, DataFolder folder, TimeProvider clock)
{
    private readonly Lock gate = new();

    /// <summary>Name and version that entries carry.</summary>
    public static string Software { get; } =
        $"monitor {typeof(SealingDesk).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Seals a river judgement with what it was made from, and the draft of its notice.</summary>
    /// <param name="assessment">The judgement.</param>
    /// <param name="inputs">The readings and records as they were read.</param>
    /// <param name="position">Position up to which they were read.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    public SealedNotice Seal(
        RiverAssessment assessment, JudgementInputs inputs, long position, Bilingual? caution)
    {
        lock (gate)
        {
            RiverProgramme programme = assessment.Programme;
            evidence.Put(programme.Text.Bytes.Span);
            evidence.Put(programme.Standard.Text.Bytes.Span);
            EvidenceHeader header = AssessmentEvidence.Header(
                programme, assessment.Section.Id, assessment.Period.Label, position);
            string hash = evidence.Put(AssessmentEvidence.Write(header, inputs));
            string subject = $"{programme.Id}/{programme.Version}/{assessment.Section.Id}/{assessment.Period.Label}";
            LedgerEntry judged = Append(
                LedgerKinds.Assessment, $"assessment/{subject}", position, hash, CanonicalAssessment.Write(assessment));
            return Notice(assessment, judged, $"notice/{subject}", caution);
        }
    }

    /// <summary>Seals a milestone's judgement and, where it passes, the proposal to release its credits.</summary>
    /// <returns>The proposal's entry; null where the milestone is not passed.</returns>
    public LedgerEntry? Seal(MilestoneAssessment assessment, IReadOnlyList<StoredReading> readings, long position)
    {
        lock (gate)
        {
            WetlandProgramme programme = assessment.Programme;
            evidence.Put(programme.Text.Bytes.Span);
            var header = new EvidenceHeader(
                programme.Id, programme.Version, programme.Text.Sha256, programme.Text.Sha256,
                assessment.Bank.Id, assessment.Time.ToString(), position);
            string hash = evidence.Put(AssessmentEvidence.Write(header, new JudgementInputs(readings, [])));
            string subject = $"{programme.Id}/{programme.Version}/{assessment.Bank.Id}/{assessment.Milestone.Id}";
            byte[] body = MilestoneJudgement.Write(assessment);
            LedgerEntry judged = Append(
                LedgerKinds.Assessment, $"assessment/{subject}/{assessment.Time}", position, hash, body);
            return assessment.Outcome == Rules.Credits.CriterionOutcome.Pass
                ? Append(LedgerKinds.Proposal, $"proposal/{subject}", position, hash, ProposalBody.Write(assessment, judged))
                : null;
        }
    }

    private SealedNotice Notice(RiverAssessment assessment, LedgerEntry judged, string key, Bilingual? caution)
    {
        LedgerEntry? existing = ledger.Find(key);
        if (existing is not null) return SealedNotice.Read(existing);
        Instant now = Instant.From(clock.GetUtcNow());
        LedgerHead head = ledger.Head;
        byte[] document = NoticeDocument.Render(assessment, new NoticeContext
        {
            Entry = head.Entries + 1,
            PreviousHash = head.Hash,
            AssessmentEntry = judged.Number,
            AssessmentHash = judged.Hash,
            Evidence = judged.Evidence!,
            Position = judged.Position!.Value,
            Software = Software,
            Date = Period.DayOf(now, assessment.Programme.Zone),
            IsIssued = false,
            Caution = caution,
        });
        string file = $"documents/notice-{assessment.Section.Id}-{assessment.Period.Label}.html";
        // The document first: an entry whose document is missing would not verify, a document without entry is a draft
        // of a draft, and is written over when the seal is tried again.
        AtomicFile.Write(Path.Combine(folder.Root, file), document);
        SealedNotice notice = SealedNotice.Of(assessment, judged, file, document);
        Append(LedgerKinds.Notice, key, judged.Position, judged.Evidence, notice.Write(), now);
        return notice;
    }

    private LedgerEntry Append(
        string kind, string key, long? position, string? evidenceHash, byte[] body, Instant? at = null) =>
        ledger.Find(key) ?? ledger.Append(
            new LedgerDraft(kind, key, Software, position, evidenceHash, body),
            at ?? Instant.From(clock.GetUtcNow()));
}
