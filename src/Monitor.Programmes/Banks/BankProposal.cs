using System.Text.Json;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Banks;

/// <summary>Who prepared a proposal.</summary>
/// <param name="Person">The name, by the register.</param>
/// <param name="Role">The role's word.</param>
/// <param name="Key">The key's fingerprint.</param>
public sealed record PreparedBy(string Person, string Role, string Key)
{
    /// <summary>Of a registered person.</summary>
    public static PreparedBy Of(Person person) => new(person.Name, person.Role.Name(), person.Key);

    /// <summary>Who signed an entry; null where nobody did.</summary>
    public static PreparedBy? SignerOf(LedgerEntry entry) =>
        SignedStatement.SignerOf(entry.Body.Span, out _) is Person signer ? Of(signer) : null;
}

/// <summary>What two persons are asked to decide for a bank: an award or a release. The body of a proposal's entry.</summary>
/// <param name="Proposes"><c>award</c> or <c>release</c>.</param>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Definition">SHA-256 of the programme's text, which the evidence keeps.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Milestone">Milestone id; null for an award.</param>
/// <param name="Credits">Credits, with four decimals.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Assessment">Entry that the proposal rests on; null for an award.</param>
/// <param name="AssessmentHash">That entry's hash; null for an award.</param>
/// <param name="Preparer">Who prepared it; null where the service did, from readings.</param>
public sealed record BankProposal(
    string Proposes, string Programme, string Version, string Definition, string Bank, string? Milestone,
    string Credits, string Unit, long? Assessment, string? AssessmentHash, PreparedBy? Preparer)
{
    /// <summary>The word of an award.</summary>
    public const string Award = "award";

    /// <summary>The word of a release.</summary>
    public const string Release = "release";

    /// <summary>Says that the data are made up, where they are; printed on what comes of an award.</summary>
    public Bilingual? Caution { get; init; }

    /// <summary>
    /// Who signed what it rests on, where that is a year of parts: surveys, documents and the report; null where nobody did, and
    /// in proposals sealed before they were named.
    /// </summary>
    public IReadOnlyList<PreparedBy>? Preparers { get; init; }

    /// <summary>The proposal to award what a bank is worth by its method.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="preparer">Who proposes.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    public static BankProposal OfAward(
        WetlandProgramme programme, WetlandBank bank, PreparedBy? preparer, Bilingual? caution) => new(
            Award, programme.Id, programme.Version, programme.Text.Sha256, bank.Id, null, CreditAward.Text(bank.Credits),
            programme.CreditUnit, null, null, preparer)
        {
            Caution = caution,
        };

    /// <summary>
    /// The proposal to release a milestone's part of what is awarded, or before the award of what the bank is worth.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="account">The account before it.</param>
    /// <param name="milestone">A milestone of the programme.</param>
    /// <param name="shown">The entry that shows the milestone.</param>
    /// <param name="preparer">Who proposes; null where the service does, from readings.</param>
    public static BankProposal OfRelease(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, Milestone milestone, LedgerEntry shown,
        PreparedBy? preparer)
    {
        decimal total = account.Award is null ? bank.Credits : account.Awarded;
        return new BankProposal(
            Release, programme.Id, programme.Version, programme.Text.Sha256, bank.Id, milestone.Id,
            CreditAward.Text(programme.PartOf(total, milestone)), programme.CreditUnit, shown.Number, shown.Hash, preparer);
    }

    /// <summary>The entry's body.</summary>
    public byte[] Write() => BankJson.Write(this);

    /// <summary>Reads an entry; null where it proposes something that is not a bank's.</summary>
    /// <exception cref="JsonException">It is of neither shape.</exception>
    public static BankProposal? Read(LedgerEntry entry)
    {
        if (entry.Kind != LedgerKinds.Proposal) return null;
        BankProposal proposal = BankJson.Read<BankProposal>(entry);
        return proposal.Proposes is Award or Release ? proposal : null;
    }
}
