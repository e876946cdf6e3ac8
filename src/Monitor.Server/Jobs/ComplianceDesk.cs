using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.People;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Where registered persons file what a bank owes beside its milestones: a year's report, measures that were ordered, and that
/// an instrument was voided or renewed. Filing is never blocked by a suspension. The same document again is a no-op.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where documents are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class ComplianceDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Files a year's report.</summary>
    /// <exception cref="InputException">
    /// No such report, the year is not over, the document is wrong, or this person may not.
    /// </exception>
    public LedgerEntry FileReport(
        WetlandProgramme programme, WetlandBank bank, string report, int year, string name, byte[] document, Signatory who)
    {
        CreditInput.RequireTrader(who.Person);
        CreditInput.RequireDocument(name, document);
        if (programme.Compliance.Reports.All(r => r.Id != report)) throw new InputException(
            $"{programme.Id} asks for no report '{report}'.",
            $"Use one of: {string.Join(", ", programme.Compliance.Reports.Select(r => r.Id))}.", field: "REPORT");
        int now = Period.DayOf(Now, programme.Zone).Year;
        if (year < 1900 || year >= now) throw new InputException(
            $"The year {year} is not over.", $"Name a year before {now}.", field: "--year");
        return File(
            new BankFiling(programme.Id, programme.Version, bank.Id)
            {
                Report = report, Year = year, Document = Kept(name, document),
            }, who);
    }

    /// <summary>Files the measures that two persons ordered.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="order">Entry of the approved proposal of adaptive management.</param>
    /// <param name="name">The document's name, for people.</param>
    /// <param name="document">Its bytes; kept as evidence.</param>
    /// <param name="who">Who files it.</param>
    /// <exception cref="InputException">There is no such order, the document is wrong, or this person may not.</exception>
    public LedgerEntry FileMeasures(
        WetlandProgramme programme, WetlandBank bank, long order, string name, byte[] document, Signatory who)
    {
        CreditInput.RequireTrader(who.Person);
        CreditInput.RequireDocument(name, document);
        bool isOrdered = BankAccounts.Read(ledger, programme, bank).Triggers.Any(t => t.Case.Entry == order
            && t.Case.IsApproved && t.Proposal.Proposes == TriggerProposal.Management);
        if (!isOrdered) throw new InputException(
            $"Entry {order} orders no measures of {bank.Id}.", "Look with `bank show`; two persons must have approved it.",
            field: "--order");
        return File(
            new BankFiling(programme.Id, programme.Version, bank.Id) { Order = order, Document = Kept(name, document) }, who);
    }

    /// <summary>Files that a protection or an assurance holds no more, or holds again.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="instrument">Id of a protection's milestone or of an assurance.</param>
    /// <param name="state">
    /// <see cref="BankFiling.Voided"/>, or <see cref="BankFiling.Renewed"/>, which an approver must file.
    /// </param>
    /// <param name="day">From which day on, inclusive.</param>
    /// <param name="reason">Why.</param>
    /// <param name="name">The document's name, for people.</param>
    /// <param name="document">Its bytes; kept as evidence.</param>
    /// <param name="who">Who files it.</param>
    /// <exception cref="InputException">There is no such instrument, the document is wrong, or this person may not.</exception>
    public LedgerEntry FileInstrument(
        WetlandProgramme programme, WetlandBank bank, string instrument, string state, DateOnly day, string reason, string name,
        byte[] document, Signatory who)
    {
        // That it holds again speaks for the sponsor, and so is not the sponsor's to say.
        if (state == BankFiling.Renewed) CreditInput.RequireApprover(who.Person);
        else CreditInput.RequireTrader(who.Person);
        CreditInput.RequireText(reason, "--reason");
        CreditInput.RequireDocument(name, document);
        string[] known = [.. programme.Compliance.Protection, .. bank.Assurances.Select(a => a.Id)];
        if (!known.Contains(instrument)) throw new InputException(
            $"{bank.Id} has no instrument '{instrument}'.", $"Use one of: {string.Join(", ", known)}.", field: "INSTRUMENT");
        return File(
            new BankFiling(programme.Id, programme.Version, bank.Id)
            {
                Instrument = instrument, State = state, Day = $"{day:yyyy-MM-dd}", Reason = reason,
                Document = Kept(name, document),
            }, who);
    }

    private LedgerEntry File(BankFiling filing, Signatory who) => ledger.Append(
        filing.Key(),
        _ => new LedgerDraft(
            LedgerKinds.Assessment, filing.Key(), SealingDesk.Software, who.Position, filing.Document.Sha256,
            filing.Write(who.Person, who.Sign)),
        Now)!;

    private FilingDocument Kept(string name, byte[] document)
    {
        evidence.Put(document);
        return new FilingDocument(name, Convert.ToHexStringLower(SHA256.HashData(document)), document.Length);
    }

    private Instant Now => Instant.From(clock.GetUtcNow());
}
