using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>Turns an approved draft into the issued notice: computed again from its evidence, printed with its signers.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">What the judgement was made from.</param>
/// <param name="folder">Where documents are written.</param>
internal sealed class NoticeIssue(ILedgerStore ledger, EvidenceStore evidence, DataFolder folder)
{
    /// <summary>The issued notice's entry; the one that is there where it was issued before.</summary>
    internal LedgerEntry? Complete(DecisionCase decided, Instant now)
    {
        LedgerEntry draftEntry = ledger.At(decided.Entry)!;
        string key = $"{draftEntry.Key}/issued";
        if (ledger.Find(key) is LedgerEntry existing) return existing;
        SealedNotice draft = SealedNotice.Read(draftEntry);
        LedgerEntry judged = ledger.At(draft.Assessment)!;
        (_, RiverAssessment assessment, JudgementInputs inputs) = new SealedInputs(evidence).Whole(judged);
        // As the draft that two persons approved.
        var printing = NoticePrinting.Of(draft, assessment, inputs);
        string file = SealingDesk.FileOf(draft.Section, draft.Period, draft.Revision, isIssued: true);
        return ledger.Append(key, head =>
        {
            byte[] document = NoticePrint.Issued(
                assessment, judged, PlaceInLedger.After(head, now, SealingDesk.Software), draft.Caution, decided, ledger.At,
                draft.Revision, draft.Terms, printing);
            // The document first, as with the draft: an entry whose document is missing would not verify.
            AtomicFile.Write(Path.Combine(folder.Root, file), document);
            SealedNotice issued = SealedNotice.Of(assessment, judged, file, document, isIssued: true, draft.Revision) with
            {
                Caution = draft.Caution,
                Terms = draft.Terms,
                Printing = draft.Printing,
                Completes = decided.Entry,
                CompletesHash = decided.Hash,
                Approvals = ApprovalReference.Of(decided),
            };
            return new LedgerDraft(
                LedgerKinds.Notice, key, SealingDesk.Software, judged.Position, judged.Evidence, issued.Write());
        }, now);
    }
}
