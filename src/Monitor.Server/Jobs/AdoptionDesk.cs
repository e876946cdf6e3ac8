using System.Globalization;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Definitions;
using Monitor.Server.People;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>Proposes definitions for adoption, and seals what two persons adopted.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where texts are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class AdoptionDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Proposes a river programme's text. The same text again while its proposal stands is a no-op.</summary>
    /// <returns>The proposal's entry.</returns>
    /// <exception cref="InputException">The role will not do, the text is in force, or another one is being decided.</exception>
    public LedgerEntry Propose(RiverProgramme programme, Signatory who) => Propose(
        programme.Id, programme.Version, RiverProgrammeReader.Kind, programme.Text, programme.Standard.Text, who);

    /// <summary>Proposes a wetland programme's text.</summary>
    /// <inheritdoc cref="Propose(RiverProgramme, Signatory)"/>
    public LedgerEntry Propose(WetlandProgramme programme, Signatory who) => Propose(
        programme.Id, programme.Version, WetlandProgrammeReader.Kind, programme.Text, null, who);

    /// <summary>Seals an adopted text; what is sealed already is returned.</summary>
    /// <exception cref="Storage.StoreUnusableException">A text is not in the evidence folder.</exception>
    internal LedgerEntry Complete(DecisionCase decided, Instant now)
    {
        AdoptionProposal proposal = AdoptionProposal.Read(ledger.At(decided.Entry)!);
        string key = AdoptedDefinition.Key(proposal.Programme, decided.Entry);
        byte[] text = Kept(proposal.Definition, decided.Entry);
        byte[] standard = proposal.Standard is string hash ? Kept(hash, decided.Entry) : [];
        AdoptedDefinition adopted = AdoptedDefinition.Of(proposal, decided, text, standard);
        return ledger.Append(
            key,
            _ => new LedgerDraft(
                LedgerKinds.DefinitionAdopted, key, SealingDesk.Software, null, proposal.Definition, adopted.Write()),
            now)!;
    }

    private LedgerEntry Propose(
        string programme, string version, string kind, DefinitionText text, DefinitionText? standard, Signatory who)
    {
        Require(text, standard, who);
        evidence.Put(text.Bytes.Span);
        if (standard is not null) evidence.Put(standard.Bytes.Span);
        var proposal = new AdoptionProposal(programme, version, kind, text.Sha256, standard?.Sha256, who.Person);
        List<LedgerEntry> entries = [.. ledger.Entries()];
        DecisionBook book = DecisionBook.Of(entries);
        List<LedgerEntry> former = [.. entries.Where(AdoptionProposal.Is)
            .Where(e => AdoptionProposal.Read(e).Programme == programme)];
        foreach (LedgerEntry one in former.Where(e => book.Find(e.Number) is { Rejection: null, Result: null }))
        {
            if (AdoptionProposal.Read(one).Definition == text.Sha256) return one;
            throw new InputException(
                $"Entry {one.Number} proposes another text of {programme} and is not decided.", "Decide it first.", text.File);
        }
        RequireNew(entries, programme, version, text);
        string key = string.Create(CultureInfo.InvariantCulture, $"proposal/{programme}/definition/{former.Count + 1}");
        LedgerEntry made = ledger.Append(
            key,
            _ => new LedgerDraft(
                LedgerKinds.Proposal, key, SealingDesk.Software, who.Position, text.Sha256, proposal.Write(who.Sign)),
            Instant.From(clock.GetUtcNow()))!;
        return AdoptionProposal.Read(made).Definition == text.Sha256 ? made : throw new InputException(
            $"Entry {made.Number} proposes another text of {programme}, made meanwhile.", "Decide it first.", text.File);
    }

    private static void RequireNew(
        IReadOnlyList<LedgerEntry> entries, string programme, string version, DefinitionText text)
    {
        foreach (LedgerEntry entry in entries.Where(e => e.Kind == LedgerKinds.DefinitionAdopted))
        {
            AdoptedDefinition adopted = AdoptedDefinition.Read(entry);
            if (adopted.Programme != programme || adopted.Version != version) continue;
            throw adopted.Definition == text.Sha256
                ? new InputException(
                    $"This text was adopted before (entry {entry.Number}).", "Nothing is to do.", text.File)
                : new InputException(
                    $"Another text of {programme} was adopted as version {version} (entry {entry.Number}).",
                    "Give the changed text a version of its own.", text.File, field: "version");
        }
    }

    private static void Require(DefinitionText text, DefinitionText? standard, Signatory who)
    {
        if (who.Person.Role == PersonRole.Sponsor) throw new InputException(
            $"{who.Person.Name} is registered as sponsor, who proposes no terms.",
            "Sign with the key of an operator, a reviewer or an approver.", field: "--key");
        foreach (DefinitionText one in new[] { text, standard }.OfType<DefinitionText>())
        {
            // The ledger keeps the bytes in a JSON string: they must come out of it as they went in.
            if (Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(one.Bytes.Span)).AsSpan().SequenceEqual(one.Bytes.Span)) continue;
            throw new InputException("The text is no UTF-8.", "Save it as UTF-8.", one.File);
        }
    }

    private byte[] Kept(string hash, long entry) => evidence.Find(hash) ?? throw new Storage.StoreUnusableException(
        $"The text {hash} of entry {entry} is not in the evidence folder. Restore it from a backup.");
}
