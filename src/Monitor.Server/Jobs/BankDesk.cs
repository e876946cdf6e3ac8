using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.People;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>What a person asks for a bank: its award, and the release of milestones that documents show.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where documents and programmes' texts are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class BankDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Most bytes of a filed document.</summary>
    public const int DocumentBytesMax = 64 * 1024 * 1024;

    private const int NameLengthMax = 200;

    /// <summary>Proposes the award of a bank's credits: area × mean of its scores. Asked again, a no-op.</summary>
    /// <returns>The proposal's entry.</returns>
    public LedgerEntry ProposeAward(
        WetlandProgramme programme, WetlandBank bank, Signatory who, Bilingual? caution = null)
    {
        BankAccount account = BankAccounts.Read(ledger, programme, bank);
        if (account.StandingProposal(null) is ProposedPart standing) return ledger.At(standing.Case.Entry)!;
        string definition = evidence.Put(programme.Text.Bytes.Span);
        var proposal = new BankProposal(
            BankProposal.Award, programme.Id, programme.Version, definition, bank.Id, null,
            CreditAward.Text(bank.Credits), programme.CreditUnit, null, null, PreparedBy.Of(who.Person))
        {
            Caution = caution,
        };
        return new BankProposals(ledger, clock).Propose(programme, bank, account, proposal, who.Position, definition);
    }

    /// <summary>Files a document that shows a milestone, and proposes the release. The same document again is a no-op.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="milestone">A milestone whose criterion is a document.</param>
    /// <param name="name">The document's name, for people.</param>
    /// <param name="document">Its bytes; kept in the evidence folder.</param>
    /// <param name="who">Who files it, and so prepares the proposal.</param>
    /// <returns>The proposal's entry.</returns>
    /// <exception cref="InputException">
    /// The milestone is not shown by documents, or a proposal of it stands or is done.
    /// </exception>
    public LedgerEntry File(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, string name, ReadOnlySpan<byte> document,
        Signatory who)
    {
        Require(milestone, name, document);
        BankAccount account = BankAccounts.Read(ledger, programme, bank);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(document));
        string key = $"filing/{programme.Id}/{bank.Id}/{milestone.Id}/{sha256}";
        LedgerEntry? filed = ledger.Find(key);
        ProposedPart? standing = account.StandingProposal(milestone.Id);
        if (standing is not null)
        {
            if (filed?.Number == standing.Proposal.Assessment) return ledger.At(standing.Case.Entry)!;
            throw new InputException(
                $"{milestone.Id} of {bank.Id} is {Words(standing)} (proposal {standing.Case.Entry}).",
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
        byte[] body = Statement(programme, bank, milestone, name, document.Length, sha256, who);
        filed = ledger.Append(
            key, _ => new LedgerDraft(LedgerKinds.Assessment, key, SealingDesk.Software, who.Position, sha256, body), Now)!;
        return new BankProposals(ledger, clock).Propose(
            programme, bank, account,
            BankProposals.OfRelease(programme, bank, account, milestone, filed, PreparedBy.Of(who.Person)),
            who.Position, sha256);
    }

    private static byte[] Statement(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, string name, int bytes, string sha256,
        Signatory who)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("statement", "filing/1");
            json.WriteString("programme", programme.Id);
            json.WriteString("version", programme.Version);
            json.WriteString("bank", bank.Id);
            json.WriteString("milestone", milestone.Id);
            json.WriteStartObject("document");
            json.WriteString("name", name);
            json.WriteString("sha256", sha256);
            json.WriteNumber("bytes", bytes);
            json.WriteEndObject();
            SignedStatement.WriteSigner(json, who.Person);
            json.WriteEndObject();
        }
        return SignedStatement.Sign(buffer.WrittenSpan.ToArray(), who.Sign);
    }

    private static string Words(ProposedPart standing) => standing.Case.State switch
    {
        "done" => "released already",
        "approved" => "approved already and waits",
        _ => "proposed already and not decided",
    };

    private static void Require(Milestone milestone, string name, ReadOnlySpan<byte> document)
    {
        if (milestone.CoverAtLeast is not null) throw new InputException(
            $"{milestone.Id} is judged from scenes, not from documents.", "Name a milestone of documents.", field: "MILESTONE");
        if (document.IsEmpty) throw new InputException(
            "The document is empty.", "Name the file that shows the milestone.", name, field: "--document");
        if (document.Length > DocumentBytesMax) throw new InputException(
            $"The document has {document.Length} bytes.", $"At most {DocumentBytesMax} are kept.", name, field: "--document");
        if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl)) throw new InputException(
            "The document's name is empty, too long, or holds control characters.", "Rename it.", field: "--document");
    }

    private Instant Now => Instant.From(clock.GetUtcNow());
}
