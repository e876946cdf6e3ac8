using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Server.Jobs;

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

    /// <summary>The draft of a judgement's notice.</summary>
    public static SealedNotice Of(RiverAssessment a, LedgerEntry judged, string file, ReadOnlySpan<byte> document) => new(
        NoticeDocument.Number(a, isIssued: false), a.Section.Id, a.Period.Label,
        CanonicalAssessment.Fixed(a.Index, a.Programme.Index.Digits), a.MeasuredClass?.Name(), a.Section.Target.Name(),
        a.Direction.Name(), CanonicalAssessment.Plain(a.AmountYuan), judged.Number, judged.Hash, file,
        Convert.ToHexStringLower(SHA256.HashData(document)), "draft");

    /// <summary>The entry's body, in the order of the parameters.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads an entry of kind notice.</summary>
    /// <exception cref="JsonException">The body is of another shape.</exception>
    public static SealedNotice Read(LedgerEntry entry) =>
        JsonSerializer.Deserialize<SealedNotice>(entry.Body.Span, Options)
        ?? throw new JsonException($"Entry {entry.Number} holds no notice.");
}

/// <summary>The body of a proposal to release credits.</summary>
internal static class ProposalBody
{
    internal static byte[] Write(MilestoneAssessment a, LedgerEntry judged)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var relaxed = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, relaxed))
        {
            json.WriteStartObject();
            json.WriteString("proposes", "release");
            json.WriteString("bank", a.Bank.Id);
            json.WriteString("milestone", a.Milestone.Id);
            json.WriteString("credits", CanonicalAssessment.Fixed(
                a.Programme.CreditsOf(a.Bank, a.Milestone), Rules.Credits.ReleaseSchedule.CreditDigits));
            json.WriteString("unit", a.Programme.CreditUnit);
            json.WriteNumber("assessment", judged.Number);
            json.WriteString("assessmentHash", judged.Hash);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
