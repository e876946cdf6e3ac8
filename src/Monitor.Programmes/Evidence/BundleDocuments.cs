using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Evidence;

/// <summary>Prints again every document of a bundle, and compares the bytes.</summary>
internal static class BundleDocuments
{
    private const string AskAgain = "Ask for the bundle again.";

    /// <summary>Checks, and says what was found.</summary>
    /// <exception cref="InputException">A document is not the one that was sealed, or is printed otherwise.</exception>
    internal static string Check(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, IReadOnlyList<LedgerEntry> entries, BundleSubject subject,
        RiverAssessment? assessment, JudgementInputs? inputs, string software, Func<string, byte[]> kept,
        BundleBook decisions, BundleAccount? account)
    {
        List<string> words = [];
        foreach ((LedgerEntry entry, string file, string sha256) in subject.Documents(entries))
        {
            if (!files.TryGetValue(file, out ReadOnlyMemory<byte> bytes))
            {
                throw new InputException($"the bundle has not the document of entry {entry.Number}.", AskAgain, file);
            }
            string actual = EvidenceBundle.HashOf(bytes);
            if (actual != sha256) throw new InputException(
                $"its bytes hash to {actual}, and {sha256} is sealed in entry {entry.Number}.", AskAgain, file);
            decisions.RequireSound(entry);
            byte[] again = entry.Kind == LedgerKinds.Sale
                ? BundleSale.Print(account!, entry)
                : Print(entry, entries, assessment, inputs, kept, decisions.Book);
            bool same = bytes.Span.SequenceEqual(again);
            // Another version of the program may set a page otherwise; the sealed hash holds all the same.
            if (!same && entry.Software == software) throw new InputException(
                $"printed again it differs from byte {bytes.Span.CommonPrefixLength(again) + 1} on: " +
                $"“{SealedBytes.Near(bytes.Span, bytes.Span.CommonPrefixLength(again))}”.", "Ask the other party.", file);
            words.Add(same
                ? $"{file} printed again: the same {bytes.Length} bytes"
                : $"{file} has the sealed hash; {entry.Software} printed it, and {software} sets it otherwise");
        }
        return words.Count == 0 ? "no document rests on it" : string.Join("; ", words);
    }

    private static byte[] Print(
        LedgerEntry entry, IReadOnlyList<LedgerEntry> entries, RiverAssessment? assessment, JudgementInputs? inputs,
        Func<string, byte[]> kept, DecisionBook book)
    {
        LedgerEntry? At(long number) => number >= 1 && number <= entries.Count ? entries[(int)number - 1] : null;
        LedgerEntry judged = JudgedEntry.RestsOn(entry) is long rests && At(rests) is LedgerEntry found
            ? found
            : throw new InputException($"entry {entry.Number} rests on no evidence.", AskAgain, EvidenceBundle.Ledger);
        if (entry.Kind == LedgerKinds.Release)
        {
            return Certificate(entry, entries.Take((int)entry.Number - 1), book, judged, kept, At);
        }
        SealedNotice notice = SealedNotice.Read(entry);
        var place = PlaceInLedger.Of(entry);
        if (assessment is null || inputs is null) throw new InputException(
            $"entry {entry.Number} is a notice that rests on no river's judgement.", AskAgain, EvidenceBundle.Ledger);
        var printing = NoticePrinting.Of(notice, assessment, inputs);
        return notice.Completes is long draft
            ? NoticePrint.Issued(
                assessment, judged, place, notice.Caution, CaseOf(book, draft, entry), At, notice.Revision, notice.Terms,
                printing)
            : NoticePrint.Draft(assessment, judged, place, notice.Caution, notice.Revision, notice.Terms, printing);
    }

    private static byte[] Certificate(
        LedgerEntry entry, IEnumerable<LedgerEntry> before, DecisionBook book, LedgerEntry judged, Func<string, byte[]> kept,
        Func<long, LedgerEntry?> at)
    {
        CreditRelease release = CreditRelease.Read(entry);
        WetlandProgramme programme = WetlandProgrammeReader.Read(
            new DefinitionText("programme.yaml", kept(release.Definition)));
        WetlandBank? bank = programme.FindBank(release.Bank);
        Milestone? milestone = programme.FindMilestone(release.Milestone);
        BankProposal? proposal = at(release.Completes) is LedgerEntry proposed ? BankProposal.Read(proposed) : null;
        BankAccount account = BankAccount.Of(release.Programme, release.Bank, before, book);
        if (bank is null || milestone is null || proposal is null || account.Award is null) throw new InputException(
            $"entry {entry.Number} releases what its programme, its proposal or its award does not know.", AskAgain,
            EvidenceBundle.Ledger, (int)entry.Number);
        return ReleaseCertificate.Render(CertificatePrint.Context(
            programme, bank, milestone, proposal, CaseOf(book, release.Completes, entry), account, judged,
            PlaceInLedger.Of(entry), at));
    }

    private static DecisionCase CaseOf(DecisionBook book, long decided, LedgerEntry entry) =>
        book.Find(decided) is DecisionCase { IsApproved: true } found
            ? found
            : throw new InputException(
                $"entry {entry.Number} rests on entry {decided}, which two persons have not approved.",
                "Ask the other party.", EvidenceBundle.Ledger, (int)entry.Number);
}
