using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>Credits released at a milestone. The body of a release's entry.</summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Version">Version of the terms.</param>
/// <param name="Definition">SHA-256 of the programme's text.</param>
/// <param name="Bank">Bank id.</param>
/// <param name="Milestone">Milestone id.</param>
/// <param name="Credits">Credits released, with four decimals.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Award">The award's entry.</param>
/// <param name="Awarded">Credits awarded.</param>
/// <param name="Released">Credits released with this release and before it.</param>
/// <param name="Remaining">Credits not released yet.</param>
/// <param name="Assessment">The entry that shows the milestone.</param>
/// <param name="AssessmentHash">Its hash.</param>
/// <param name="Completes">The proposal.</param>
/// <param name="CompletesHash">Its hash.</param>
/// <param name="Approvals">Who approved it.</param>
/// <param name="File">The certificate, relative to the data folder, with forward slashes.</param>
/// <param name="DocumentSha256">Hash of its bytes.</param>
public sealed record CreditRelease(
    string Programme, string Version, string Definition, string Bank, string Milestone, string Credits, string Unit,
    long Award, string Awarded, string Released, string Remaining, long Assessment, string AssessmentHash,
    long Completes, string CompletesHash, IReadOnlyList<ApprovalReference> Approvals, string File, string DocumentSha256)
{
    /// <summary>The key of a milestone's release: there is one, under whatever version of the terms.</summary>
    public static string Key(string programme, string bank, string milestone) => $"release/{programme}/{bank}/{milestone}";

    /// <summary>The entry's body.</summary>
    public byte[] Write() => BankJson.Write(this);

    /// <summary>Reads an entry of kind release.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static CreditRelease Read(LedgerEntry entry) => BankJson.Read<CreditRelease>(entry);
}
