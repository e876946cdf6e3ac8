using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>An approval that a result rests on.</summary>
/// <param name="Entry">Number of the approval's entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Person">Who approved.</param>
/// <param name="Role">The role's word.</param>
public sealed record ApprovalReference(long Entry, string Hash, string Person, string Role)
{
    /// <summary>Of a case's approvals, in ledger order.</summary>
    public static IReadOnlyList<ApprovalReference> Of(DecisionCase decided) => [.. decided.Approvals.Select(
        a => new ApprovalReference(a.Number, a.EntryHash, a.Decision.Person.Name, PersonRoleWord(a)))];

    private static string PersonRoleWord(SealedDecision a) => Domain.People.PersonRoles.Name(a.Decision.Person.Role);
}

/// <summary>Credits awarded to a bank, and how they were determined. The body of an award's entry.</summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Definition">SHA-256 of the programme's text.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Credits">Credits awarded, with four decimals: the most that can ever be released.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Method">How they were determined.</param>
/// <param name="Area">The area.</param>
/// <param name="Scores">The functional scores.</param>
/// <param name="Completes">The proposal.</param>
/// <param name="CompletesHash">Its hash.</param>
/// <param name="Approvals">Who approved it.</param>
public sealed record CreditAward(
    string Programme, string Version, string Definition, string Bank, string Credits, string Unit, string Method,
    string Area, IReadOnlyList<string> Scores, long Completes, string CompletesHash,
    IReadOnlyList<ApprovalReference> Approvals)
{
    /// <summary>Says that the data are made up, where they are.</summary>
    public Bilingual? Caution { get; init; }

    /// <summary>The key of a bank's award: there is one.</summary>
    public static string Key(string programme, string bank) => $"award/{programme}/{bank}";

    /// <summary>The award that a decided proposal leads to.</summary>
    public static CreditAward Of(WetlandProgramme programme, WetlandBank bank, BankProposal proposal, DecisionCase decided) =>
        new(
            programme.Id, programme.Version, programme.Text.Sha256, bank.Id, proposal.Credits, proposal.Unit,
            bank.Method.Words,
            CanonicalAssessment.Plain(bank.Area)!, [.. bank.Scores.Select(s => CanonicalAssessment.Plain(s)!)],
            decided.Entry, decided.Hash, ApprovalReference.Of(decided))
        {
            Caution = proposal.Caution,
        };

    /// <summary>The entry's body.</summary>
    public byte[] Write() => BankJson.Write(this);

    /// <summary>Reads an entry of kind award.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static CreditAward Read(LedgerEntry entry) => BankJson.Read<CreditAward>(entry);

    /// <summary>Credits as they are written: four decimals.</summary>
    public static string Text(decimal credits) => CanonicalAssessment.Fixed(credits, ReleaseSchedule.CreditDigits)!;

    /// <summary>Reads credits as they are written.</summary>
    /// <exception cref="FormatException">Not a plain decimal.</exception>
    public static decimal Number(string credits) =>
        decimal.Parse(credits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
