using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Seals judgements and the documents made of them; a notice is printed under the ledger's lock, since it bears the number and
/// the previous hash of the entry that seals it. Sealing the same judgement again is a no-op.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where inputs and definitions are kept.</param>
/// <param name="folder">Where documents are written.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class SealingDesk(ILedgerStore ledger, EvidenceStore evidence, DataFolder folder, TimeProvider clock)
{
    private readonly Lock gate = new();
    private AdoptedTerms? adopted;

    /// <summary>Name and version that entries carry.</summary>
    public static string Software { get; } =
        $"monitor {typeof(SealingDesk).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>The draft of a section's notice over a period; null where none is sealed yet.</summary>
    public SealedNotice? Drafted(RiverProgramme programme, RiverSection section, Period period) =>
        ledger.Find($"notice/{SubjectOf(programme, section, period)}") is LedgerEntry entry ? SealedNotice.Read(entry) : null;

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
            if (Drafted(programme, assessment.Section, assessment.Period) is SealedNotice drafted) return drafted;
            string subject = SubjectOf(programme, assessment.Section, assessment.Period);
            // Killed between the judgement and its draft: the draft is of what was sealed, whatever came in since.
            if (ledger.Find($"assessment/{subject}") is LedgerEntry begun)
            {
                (_, RiverAssessment then, JudgementInputs sealedInputs) = new SealedInputs(evidence).Whole(begun);
                return Notice(then, sealedInputs, begun, $"notice/{subject}", caution);
            }
            evidence.Put(programme.Text.Bytes.Span);
            evidence.Put(programme.Standard.Text.Bytes.Span);
            EvidenceHeader header = AssessmentEvidence.Header(
                programme, assessment.Section.Id, assessment.Period.Label, position);
            string hash = evidence.Put(AssessmentEvidence.Write(header, inputs));
            LedgerEntry judged = Append(
                LedgerKinds.Assessment, $"assessment/{subject}", position, hash, CanonicalAssessment.Write(assessment));
            return Notice(assessment, inputs, judged, $"notice/{subject}", caution);
        }
    }

    /// <summary>Seals a milestone's judgement and, where it passes, the proposal to release its credits.</summary>
    /// <param name="assessment">The judgement.</param>
    /// <param name="inputs">What it was made from, the scenes with the hashes of their files.</param>
    /// <param name="position">Position up to which it was read.</param>
    /// <returns>
    /// The proposal's entry; null where the milestone is not passed, or where its release is proposed already.
    /// </returns>
    public LedgerEntry? Seal(MilestoneAssessment assessment, JudgementInputs inputs, long position)
    {
        lock (gate)
        {
            WetlandProgramme programme = assessment.Programme;
            string subject = JudgedParts.SubjectOf(programme, assessment.Bank, assessment.Part);
            string key = $"assessment/{subject}/{assessment.Time}";
            LedgerEntry? judged = ledger.Find(key);
            if (judged is null)
            {
                evidence.Put(programme.Text.Bytes.Span);
                var header = new EvidenceHeader(
                    programme.Id, programme.Version, programme.Text.Sha256, programme.Text.Sha256,
                    assessment.Bank.Id, assessment.Time.ToString(), position);
                string hash = evidence.Put(AssessmentEvidence.Write(header, inputs));
                judged = Append(LedgerKinds.Assessment, key, position, hash, MilestoneJudgement.Write(assessment));
            }
            bool releases = assessment.Outcome == Rules.Credits.CriterionOutcome.Pass && assessment.Part.IsWhole;
            if (!releases) return null;
            BankAccount account = BankAccounts.Read(ledger, programme, assessment.Bank);
            return account.StandingProposal(assessment.Part.Path) is null
                ? new BankProposals(ledger, clock).Propose(
                    programme, assessment.Bank, account, BankProposal.OfRelease(
                        programme, assessment.Bank, account, assessment.Part.Milestone, judged, preparer: null),
                    judged.Position, judged.Evidence)
                : null;
        }
    }

    /// <summary>
    /// Whether nothing is left to do on a scene for a milestone: it is judged, and where it passed, a proposal stood then or
    /// followed. A proposal that persons reject is not made again out of the same scene.
    /// </summary>
    internal bool IsSettled(WetlandProgramme programme, WetlandBank bank, MilestonePart part, Instant taken)
    {
        string subject = JudgedParts.SubjectOf(programme, bank, part);
        if (ledger.Find($"assessment/{subject}/{taken}") is not LedgerEntry judged) return false;
        return !part.IsWhole || !MilestoneJudgement.IsPass(judged.Body)
            || BankAccounts.Read(ledger, programme, bank).Proposals.Any(p =>
                p.Proposal.Milestone == part.Milestone.Id
                && (p.Case.Entry > judged.Number || p.Case.Rejection is null || p.Case.Rejection.Number > judged.Number));
    }

    /// <summary>Whether a milestone's credits are released, so that scenes no longer bear on it.</summary>
    public bool IsReleased(WetlandProgramme programme, WetlandBank bank, Milestone milestone) =>
        ledger.Find(CreditRelease.Key(programme.Id, bank.Id, milestone.Id)) is not null;

    /// <summary>Where a notice's document lies, relative to the data folder; each revision's beside the former.</summary>
    internal static string FileOf(string section, string period, NoticeRevision? revision, bool isIssued)
    {
        string round = revision is null ? "" : string.Create(CultureInfo.InvariantCulture, $"-r{revision.Round}");
        return $"documents/notice-{section}-{period}{round}{(isIssued ? "-issued" : "")}.html";
    }

    private SealedNotice Notice(
        RiverAssessment assessment, JudgementInputs inputs, LedgerEntry judged, string key, Bilingual? caution)
    {
        // Reckoned before the ledger is locked: it takes as long as judging several times.
        var printing = NoticePrinting.Of(assessment, inputs);
        Instant now = Instant.From(clock.GetUtcNow());
        string file = FileOf(assessment.Section.Id, assessment.Period.Label, revision: null, isIssued: false);
        LedgerEntry sealedNotice = ledger.Append(key, head =>
        {
            adopted ??= new AdoptedTerms(ledger);
            NoticeTerms terms = adopted.For(assessment.Programme.Id, assessment.Programme.Text.Sha256);
            byte[] document = NoticePrint.Draft(
                assessment, judged, PlaceInLedger.After(head, now, Software), caution, revision: null, terms, printing);
            // The document first: an entry whose document is missing would not verify, a document without entry is a
            // draft of a draft, and is written over when the seal is tried again.
            AtomicFile.Write(Path.Combine(folder.Root, file), document);
            SealedNotice notice = SealedNotice.Of(assessment, judged, file, document, isIssued: false) with
            {
                Caution = caution,
                Terms = terms,
                Printing = printing.Version,
            };
            return new LedgerDraft(LedgerKinds.Notice, key, Software, judged.Position, judged.Evidence, notice.Write());
        }, now)!;
        return SealedNotice.Read(sealedNotice);
    }

    private static string SubjectOf(RiverProgramme programme, RiverSection section, Period period) =>
        $"{programme.Id}/{programme.Version}/{section.Id}/{period.Label}";

    private LedgerEntry Append(string kind, string key, long? position, string? evidenceHash, byte[] body) =>
        ledger.Find(key) ?? ledger.Append(
            new LedgerDraft(kind, key, Software, position, evidenceHash, body), Instant.From(clock.GetUtcNow()));
}
