using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>
/// Prints notices from what the ledger holds, so that a notice that is sealed, or one in the hands of the other party, is
/// printed again byte for byte.
/// </summary>
public static class NoticePrint
{
    /// <summary>A draft.</summary>
    /// <param name="assessment">The judgement.</param>
    /// <param name="judged">The entry that sealed it.</param>
    /// <param name="place">The draft's own entry.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    /// <param name="revision">What stood before; null on the first notice.</param>
    /// <param name="terms">How the terms came into force; null prints nothing of it.</param>
    /// <param name="printing">What the notice's entry names; null for the first printing.</param>
    public static byte[] Draft(
        RiverAssessment assessment, LedgerEntry judged, PlaceInLedger place, Bilingual? caution,
        NoticeRevision? revision = null, NoticeTerms? terms = null, NoticePrinting? printing = null) =>
        NoticeDocument.Render(assessment, Context(assessment, judged, place, caution) with
        {
            Revision = revision,
            Terms = terms,
            Printing = printing,
        });

    /// <summary>The notice that two persons issued.</summary>
    /// <param name="assessment">The judgement.</param>
    /// <param name="judged">The entry that sealed it.</param>
    /// <param name="place">The notice's own entry.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    /// <param name="decided">The approved draft.</param>
    /// <param name="at">Finds entries by number.</param>
    /// <param name="revision">What stood before; null on the first notice.</param>
    /// <param name="terms">How the terms came into force; null prints nothing of it.</param>
    /// <param name="printing">What the notice's entry names; null for the first printing.</param>
    public static byte[] Issued(
        RiverAssessment assessment, LedgerEntry judged, PlaceInLedger place, Bilingual? caution, DecisionCase decided,
        Func<long, LedgerEntry?> at, NoticeRevision? revision = null, NoticeTerms? terms = null,
        NoticePrinting? printing = null) =>
        NoticeDocument.Render(assessment, Context(assessment, judged, place, caution) with
        {
            IsIssued = true,
            Revision = revision,
            Terms = terms,
            Printing = printing,
            Draft = new DraftReference(decided.Entry, decided.Hash),
            Signers = DocumentSigner.Of(decided, at, assessment.Programme.Zone),
        });

    private static NoticeContext Context(
        RiverAssessment assessment, LedgerEntry judged, PlaceInLedger place, Bilingual? caution) => new()
    {
        Entry = place.Entry,
        PreviousHash = place.PreviousHash,
        AssessmentEntry = judged.Number,
        AssessmentHash = judged.Hash,
        Evidence = judged.Evidence!,
        Position = judged.Position!.Value,
        Software = place.Software,
        Date = Period.DayOf(place.SealedAt, assessment.Programme.Zone),
        IsIssued = false,
        Caution = caution,
    };
}
