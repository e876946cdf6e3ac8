using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Server.People;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>What a person asks for a bank: its award, and the release of milestones that documents show.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where documents and programmes' texts are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class BankDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Proposes the award of a bank's credits: area × mean of its scores. Asked again, a no-op.</summary>
    /// <returns>The proposal's entry.</returns>
    public LedgerEntry ProposeAward(
        WetlandProgramme programme, WetlandBank bank, Signatory who, Bilingual? caution = null)
    {
        BankAccount account = BankAccounts.Read(ledger, programme, bank);
        if (account.StandingProposal(null) is ProposedPart standing) return ledger.At(standing.Case.Entry)!;
        string definition = evidence.Put(programme.Text.Bytes.Span);
        BankProposal proposal = BankProposal.OfAward(programme, bank, PreparedBy.Of(who.Person), caution);
        return new BankProposals(ledger, clock).Propose(programme, bank, account, proposal, who.Position, definition);
    }

    /// <summary>Files a document for a whole milestone, as the overload does for it or a part of it.</summary>
    public LedgerEntry File(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, string name, ReadOnlySpan<byte> document,
        Signatory who) => File(programme, bank, MilestonePart.Whole(milestone), name, document, who);

    /// <summary>
    /// Files a document: what shows a milestone, the monitoring report of a yearly one, or what a person says of a judgement
    /// that was left to people. A release that follows is proposed. The same document again is a no-op.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="part">A milestone or a part of one.</param>
    /// <param name="name">The document's name, for people.</param>
    /// <param name="document">Its bytes; kept in the evidence folder.</param>
    /// <param name="who">Who files it, and so prepares the proposal.</param>
    /// <returns>The proposal's entry; where nothing is proposed, the filing's.</returns>
    /// <exception cref="InputException">
    /// Documents do not show it, its year is not over, this person may not accept it, or a proposal of it stands or is done.
    /// </exception>
    public LedgerEntry File(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, string name, ReadOnlySpan<byte> document,
        Signatory who)
    {
        RequireYearIsOver(programme, bank, part);
        FiledDocument kept = FiledDocument.Of(name, document);
        LedgerEntry? reviewed = RequireShownByDocuments(programme, bank, part, who);
        BankAccount account = BankAccounts.Read(ledger, programme, bank);
        var filing = new BankFiling(programme.Id, programme.Version, bank.Id)
        {
            Milestone = part.Path,
            Reviews = reviewed?.Number,
            ReviewsHash = reviewed?.Hash,
            Document = kept,
        };
        string key = filing.Key();
        LedgerEntry? filed = ledger.Find(key);
        ProposedPart? standing = account.StandingProposal(part.Milestone.Id);
        bool isOpen = filed is not null && IsOfYear(part);
        if (standing is not null && !isOpen && !Reopens(part, reviewed, standing, who.Person))
        {
            if (filed?.Number == standing.Proposal.Assessment) return ledger.At(standing.Case.Entry)!;
            throw new InputException(
                $"{part.Milestone.Id} of {bank.Id} is {Words(standing)} (proposal {standing.Case.Entry}).",
                "Another document can be filed after a rejection only.", field: "MILESTONE");
        }
        // A document that was rejected may not come back as it was: the rejection was about these bytes. One that is filed
        // and not proposed is what a program left that ended in between: it is proposed now.
        bool wasRejected = filed is not null && account.Proposals.Any(p => p.Proposal.Assessment == filed.Number);
        if (wasRejected) throw new InputException(
            $"This document was filed before (entry {filed!.Number}) and its proposal was rejected.",
            "File one that answers the reason of the rejection.", field: "--document");
        evidence.Put(programme.Text.Bytes.Span);
        evidence.Put(document);
        byte[] body = filing.Write(who.Person, who.Sign);
        filed = ledger.Append(
            key, _ => new LedgerDraft(LedgerKinds.Assessment, key, SealingDesk.Software, who.Position, kept.Sha256, body), Now)!;
        if (!IsOfYear(part)) return new BankProposals(ledger, clock).Propose(
            programme, bank, account,
            BankProposal.OfRelease(programme, bank, account, part.Milestone, filed, PreparedBy.SignerOf(filed)),
            filed.Position, kept.Sha256);
        return new YearFlow(ledger, evidence, clock).JudgeAll(programme, bank)
            .LastOrDefault(e => e.Kind == LedgerKinds.Proposal) ?? filed;
    }

    // What is filed of a year is weighed with the rest of it.
    private static bool IsOfYear(MilestonePart part) => !part.IsWhole || part.Criterion is ByYear;

    // What is approved cannot be rejected: where later data leave a part of its year to people, only their finding lets it go on.
    // It is not one of the two who approved it that finds so.
    private static bool Reopens(MilestonePart part, LedgerEntry? reviewed, ProposedPart standing, Person person)
    {
        bool isLater = !part.IsWhole && reviewed is not null && reviewed.Number > standing.Proposal.Assessment
            && standing.Case is { IsApproved: true, Result: null };
        if (!isLater) return false;
        bool hasApproved = standing.Case.Approvals.Any(
            a => a.Decision.Person.Name == person.Name || a.Decision.Person.Key == person.Key);
        if (hasApproved) throw new InputException(
            $"{person.Name} approved entry {standing.Case.Entry}, which rests on it.", "Another person must say what is found.",
            field: "--key");
        return true;
    }

    // A year's report tells of the whole year, and its milestone is judged on it.
    private void RequireYearIsOver(WetlandProgramme programme, WetlandBank bank, MilestonePart part)
    {
        if (part.Criterion is not ByYear { Stage: int stage } || bank.Monitoring is not MonitoringTerms monitoring) return;
        int year = monitoring.YearOf(stage);
        if (Now < Period.OfYear(year, programme.Zone).End) throw new InputException(
            $"The year {year} is not over.", $"File the report of {part.Path} from {year + 1}-01-01 on.", field: "MILESTONE");
    }

    // The judgement that the document accepts; null where the criterion is a document or a year's report.
    private LedgerEntry? RequireShownByDocuments(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, Signatory who)
    {
        if (part.Criterion is ByDocument or ByYear) return null;
        LedgerEntry? newest = JudgedParts.Newest(programme, bank, part, ledger.Entries());
        bool isLeftToPeople = newest is not null
            && MilestoneJudgement.OutcomeOf(newest.Body) == MilestoneJudgement.Name(CriterionOutcome.Review);
        if (!isLeftToPeople) throw new InputException(
            $"{part.Path} is {Shown(part.Criterion)}, not from documents.", "Name a milestone of documents.", field: "MILESTONE");
        if (who.Person.Role is not (PersonRole.Reviewer or PersonRole.Approver)) throw new InputException(
            $"Entry {newest!.Number} is left to people, and {who.Person.Name} is a {who.Person.Role.Name()}.",
            "A reviewer or an approver files what is found of it.", field: "--key");
        return newest;
    }

    private static string Shown(Criterion criterion) => criterion switch
    {
        ByCover => "judged from scenes",
        ByHydrology => "judged from wells",
        _ => "judged from surveys",
    };

    private static string Words(ProposedPart standing) => standing.Case.State switch
    {
        "done" => "released already",
        "approved" => "approved already and waits",
        _ => "proposed already and not decided",
    };

    private Instant Now => Instant.From(clock.GetUtcNow());
}
