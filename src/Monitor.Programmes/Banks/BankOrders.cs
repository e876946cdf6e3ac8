using System.Text.Json;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;

namespace Monitor.Programmes.Banks;

/// <summary>
/// Responsibility for a sale's compensation passes from who builds to who runs the bank. The body of a transfer's entry.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Sale">Entry of the sale.</param>
/// <param name="From">Who was responsible.</param>
/// <param name="To">Who is from now on.</param>
/// <param name="Document">Name of the document that says so.</param>
/// <param name="DocumentSha256">Its SHA-256; its bytes lie in the evidence folder.</param>
public sealed record ResponsibilityTransfer(
    string Programme, string Bank, long Sale, string From, string To, string Document, string DocumentSha256)
{
    /// <summary>The key: responsibility for a sale passes once.</summary>
    public static string Key(long sale) => $"transfer/{sale}";

    /// <summary>Reads an entry of kind transfer.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static ResponsibilityTransfer Read(LedgerEntry entry) => BankJson.Read<ResponsibilityTransfer>(entry);
}

/// <summary>
/// A bank is suspended: nothing is released, reserved or sold until it is lifted; monitoring, filing and corrections go on.
/// The body of a suspension's entry.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Trigger">One of <see cref="Triggers"/>.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record BankSuspension(string Programme, string Bank, string Trigger, string Reason)
{
    /// <summary>What leads to a suspension (33 CFR 332.8(o)(10) and what stands around it).</summary>
    public static IReadOnlyList<string> Triggers { get; } =
    [
        "missed-standard", "late-report", "works-not-built", "missing-protection", "lapsed-assurance", "unreconciled",
        "unresponsive",
    ];

    /// <summary>
    /// The word under <c>statement</c> of a suspension that two persons decided: their approvals are its signatures.
    /// </summary>
    public const string Decided = "suspension/2";

    /// <summary><see cref="Decided"/>; null where one person ordered it and signed.</summary>
    public string? Statement { get; init; }

    /// <summary>What it concerns, by the proposal; null where one person ordered it.</summary>
    public string? Subject { get; init; }

    /// <summary>Entry of the proposal that it completes; null where one person ordered it.</summary>
    public long? Completes { get; init; }

    /// <summary>That entry's hash.</summary>
    public string? CompletesHash { get; init; }

    /// <summary>Who approved it.</summary>
    public IReadOnlyList<ApprovalReference>? Approvals { get; init; }

    /// <summary>The suspension that two persons decided.</summary>
    public static BankSuspension Of(TriggerProposal proposal, DecisionCase decided) =>
        new(proposal.Programme, proposal.Bank, proposal.Trigger, $"{proposal.Reason.Chinese} · {proposal.Reason.English}")
        {
            Statement = Decided,
            Subject = proposal.Subject,
            Completes = decided.Entry,
            CompletesHash = decided.Hash,
            Approvals = ApprovalReference.Of(decided),
        };

    /// <summary>The body of one that two persons decided.</summary>
    public byte[] Write() => BankJson.Write(this);

    /// <summary>Reads an entry of kind suspension.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static BankSuspension Read(LedgerEntry entry) => BankJson.Read<BankSuspension>(entry);
}

/// <summary>A suspension ends. The body of a lifting's entry.</summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Lifts">Entry of the suspension.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record BankLifting(string Programme, string Bank, long Lifts, string Reason)
{
    /// <summary>The key: a suspension is lifted once.</summary>
    public static string Key(long suspension) => $"lifting/{suspension}";

    /// <summary>Reads an entry of kind lifting.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static BankLifting Read(LedgerEntry entry) => BankJson.Read<BankLifting>(entry);
}

/// <summary>
/// A former entry is reversed, in whole or in part, and stays where it is: a reservation is given up; released credits that
/// are still free are taken back; a correction of credits is itself taken back. A sale is never reversed. The body of a
/// correction's entry.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Reverses">The entry.</param>
/// <param name="Credits">Credits by which the available balance rises or, with a minus, falls; with four decimals.</param>
/// <param name="Serials">Their serial numbers.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record CreditCorrection(
    string Programme, string Bank, long Reverses, string Credits, string Serials, string Reason)
{
    /// <summary>Reads an entry of kind correction.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static CreditCorrection Read(LedgerEntry entry) => BankJson.Read<CreditCorrection>(entry);
}
