using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Documents;

/// <summary>What a notice's ledger entry holds.</summary>
/// <param name="Number">The notice's number.</param>
/// <param name="Section">Section id.</param>
/// <param name="Period">Label of the period.</param>
/// <param name="Index">The index as compared; null when suspended.</param>
/// <param name="Class">Measured class; null where it cannot be given.</param>
/// <param name="TargetClass">Target class.</param>
/// <param name="Direction">Name of the result.</param>
/// <param name="Amount">Yuan; "0" for none, null when undefined or suspended.</param>
/// <param name="Assessment">Entry that sealed the judgement.</param>
/// <param name="AssessmentHash">That entry's hash.</param>
/// <param name="File">The document, relative to the data folder, with forward slashes.</param>
/// <param name="DocumentSha256">Hash of its bytes.</param>
/// <param name="Status"><c>draft</c> or <c>issued</c>.</param>
public sealed record SealedNotice(
    string Number, string Section, string Period, string? Index, string? Class, string TargetClass, string Direction,
    string? Amount, long Assessment, string AssessmentHash, string File, string DocumentSha256, string Status)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Says that the data are made up, where they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bilingual? Caution { get; init; }

    /// <summary>Entry of the draft that was approved; null on a draft.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Completes { get; init; }

    /// <summary>That entry's hash; null on a draft.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CompletesHash { get; init; }

    /// <summary>Who approved the draft; null on a draft.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ApprovalReference>? Approvals { get; init; }

    /// <summary>How its terms came into force; null on notices of before there were adoptions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NoticeTerms? Terms { get; init; }

    /// <summary>What it says of the notices before it; null on the first of its section and period.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NoticeRevision? Revision { get; init; }

    /// <summary>The version of its printing, see <see cref="NoticePrinting"/>; null on notices of the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Printing { get; init; }

    /// <summary>Whether it is of a month, whose judgement is preliminary: nothing is issued on it.</summary>
    [JsonIgnore]
    public bool IsPreliminary => Period.Contains('-', StringComparison.Ordinal);

    /// <summary>The notice of a judgement.</summary>
    public static SealedNotice Of(
        RiverAssessment a, LedgerEntry judged, string file, ReadOnlySpan<byte> document, bool isIssued,
        NoticeRevision? revision = null) => new(
        NoticeDocument.Number(a, isIssued, revision?.Round ?? 0), a.Section.Id, a.Period.Label,
        CanonicalAssessment.Fixed(a.Index, a.Programme.Index.Digits), a.MeasuredClass?.Name(), a.Section.Target.Name(),
        a.Direction.Name(), CanonicalAssessment.Plain(a.AmountYuan), judged.Number, judged.Hash, file,
        Convert.ToHexStringLower(SHA256.HashData(document)), isIssued ? "issued" : "draft")
    {
        Revision = revision,
    };

    /// <summary>The entry's body, in the order of the parameters.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads an entry of kind notice.</summary>
    /// <exception cref="JsonException">The body is of another shape.</exception>
    public static SealedNotice Read(LedgerEntry entry) =>
        JsonSerializer.Deserialize<SealedNotice>(entry.Body.Span, Options)
        ?? throw new JsonException($"Entry {entry.Number} holds no notice.");
}
