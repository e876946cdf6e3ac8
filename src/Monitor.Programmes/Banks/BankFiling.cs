using System.Globalization;
using System.Text.Json;
using Monitor.Domain.People;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>
/// What a person files of a bank, signed: the document that shows a milestone, a year's report, the measures that were ordered,
/// or that an instrument (a protection or an assurance) was voided or renewed. The body of an assessment's entry under a key
/// that begins with <c>filing/</c>. One of milestone, report, order and instrument is set.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Bank">Bank id.</param>
public sealed record BankFiling(string Programme, string Version, string Bank)
{
    /// <summary>The word of an instrument that holds no more.</summary>
    public const string Voided = "voided";

    /// <summary>The word of an instrument that holds again.</summary>
    public const string Renewed = "renewed";

    /// <summary>Milestone id; of a yearly one with the part, as <c>first-year.survey</c>.</summary>
    public string? Milestone { get; init; }

    /// <summary>Entry of the judgement that was left to people and that the document accepts.</summary>
    public long? Reviews { get; init; }

    /// <summary>That entry's hash.</summary>
    public string? ReviewsHash { get; init; }

    /// <summary>Report id.</summary>
    public string? Report { get; init; }

    /// <summary>The civil year that the report covers.</summary>
    public int? Year { get; init; }

    /// <summary>Entry of the approved proposal that ordered measures.</summary>
    public long? Order { get; init; }

    /// <summary>Id of a protection's milestone or of an assurance.</summary>
    public string? Instrument { get; init; }

    /// <summary><see cref="Voided"/> or <see cref="Renewed"/>.</summary>
    public string? State { get; init; }

    /// <summary>From which day on, inclusive, in the programme's zone, as 2026-06-30.</summary>
    public string? Day { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>The document.</summary>
    public required FiledDocument Document { get; init; }

    /// <summary>The key under which it is sealed: the same document for the same thing is filed once.</summary>
    public string Key()
    {
        // A judgement that is left to people again can be accepted again, by the same document.
        string round = Reviews is long reviewed ? string.Create(CultureInfo.InvariantCulture, $"/{reviewed}") : "";
        string subject = Milestone is not null ? Milestone
            : Report is not null ? string.Create(CultureInfo.InvariantCulture, $"report/{Report}/{Year}")
            : Order is long order ? string.Create(CultureInfo.InvariantCulture, $"measures/{order}")
            : $"instrument/{Instrument}/{State}/{Day}";
        return $"{Prefix(Programme, Bank)}{subject}/{Document.Sha256}{round}";
    }

    /// <summary>How the keys of a bank's filings begin.</summary>
    public static string Prefix(string programme, string bank) => $"filing/{programme}/{bank}/";

    /// <summary>The signed body.</summary>
    /// <param name="person">Who files it.</param>
    /// <param name="sign">Signs with that person's key.</param>
    public byte[] Write(Person person, Func<byte[], byte[]> sign) => BankStatement.Sign("filing/1", this, person, sign);

    /// <summary>Reads an entry whose key begins with <see cref="Prefix"/>.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static BankFiling Read(LedgerEntry entry) => BankJson.Read<BankFiling>(entry);
}
