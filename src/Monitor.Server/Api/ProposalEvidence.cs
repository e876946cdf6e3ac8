using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Api;

/// <summary>What a proposal rests on, by hash, each hashed again just now.</summary>
/// <remarks>
/// <c>What</c>: <c>readings</c>, <c>programme</c>, <c>standard</c>, <c>assessment</c>, <c>filing</c> or <c>document</c>.
/// <c>Count</c>: Readings in it; null where nothing is counted.
/// <c>Source</c>: Agents, a name and version, a file, or an entry's number.
/// <c>Sha256</c>: The hash that was sealed.
/// <c>IsSame</c>: Whether the bytes here have it.
/// </remarks>
internal sealed record EvidenceAnswer(string What, int? Count, string Source, string Sha256, bool IsSame);

/// <summary>Lists the evidence of a proposal and checks it.</summary>
/// <param name="evidence">The evidence folder.</param>
/// <param name="folder">Where documents are.</param>
/// <param name="view">The ledger.</param>
internal sealed class ProposalEvidence(EvidenceStore evidence, DataFolder folder, LedgerView view)
{
    /// <summary>Hash of a document as it lies there now; null where it is missing.</summary>
    internal static string? HashOf(DataFolder folder, string file)
    {
        string path = Path.Combine(folder.Root, file);
        return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;
    }

    /// <summary>All of it, from the raw to the document.</summary>
    internal IReadOnlyList<EvidenceAnswer> Of(LedgerEntry entry)
    {
        if (entry.Kind == LedgerKinds.Notice)
        {
            SealedNotice notice = SealedNotice.Read(entry);
            return
            [
                .. Judged(view.At(notice.Assessment)),
                new("document", null, notice.File, notice.DocumentSha256,
                    HashOf(folder, notice.File) == notice.DocumentSha256),
            ];
        }
        if (AdoptionProposal.Is(entry))
        {
            AdoptionProposal adoption = AdoptionProposal.Read(entry);
            EvidenceAnswer text = Kept("programme", $"{adoption.Programme} {adoption.Version}", adoption.Definition);
            return adoption.Standard is string standard ? [text, Kept("standard", "", standard)] : [text];
        }
        if (TriggerProposal.Read(entry) is TriggerProposal trigger)
        {
            EvidenceAnswer terms = Kept("programme", $"{trigger.Programme} {trigger.Version}", trigger.Definition);
            LedgerEntry? shows = trigger.Shows is long n ? view.At(n) : null;
            if (shows is null) return [terms];
            return IsFiled(shows) ? [.. Filed(shows), terms] : [Entry("assessment", shows), terms];
        }
        if (BankProposal.Read(entry) is not BankProposal proposal) return [];
        LedgerEntry? shown = proposal.Assessment is long number ? view.At(number) : null;
        List<EvidenceAnswer> rows = [.. shown is null ? [] : IsFiled(shown) ? Filed(shown) : Judged(shown)];
        if (rows.All(r => r.Sha256 != proposal.Definition))
        {
            rows.Add(Kept("programme", $"{proposal.Programme} {proposal.Version}", proposal.Definition));
        }
        return rows;
    }

    /// <summary>Whether a person filed a document, so that nothing is computed.</summary>
    internal static bool IsFiled(LedgerEntry shown) => shown.Key.StartsWith("filing/", StringComparison.Ordinal);

    private IEnumerable<EvidenceAnswer> Judged(LedgerEntry? judged)
    {
        if (judged is null) yield break;
        if (judged.Evidence is not string hash)
        {
            // A year of surveys and documents: it rests on entries alone.
            yield return Entry("assessment", judged);
            yield break;
        }
        if (Bytes(hash) is byte[] bytes)
        {
            (EvidenceHeader header, JudgementInputs inputs) = AssessmentEvidence.Read(bytes, hash);
            string agents = string.Join(", ", inputs.Readings.Select(r => r.Agent).Distinct().Order(StringComparer.Ordinal));
            yield return new EvidenceAnswer("readings", inputs.Readings.Count, agents, hash, true);
            yield return Kept("programme", $"{header.Programme} {header.Version}", header.DefinitionSha256);
            if (header.StandardSha256 != header.DefinitionSha256) yield return Kept("standard", "", header.StandardSha256);
        }
        else
        {
            yield return new EvidenceAnswer("readings", null, "", hash, false);
        }
        yield return Entry("assessment", judged);
    }

    private IEnumerable<EvidenceAnswer> Filed(LedgerEntry filed)
    {
        using JsonDocument json = JsonDocument.Parse(filed.Body);
        JsonElement document = json.RootElement.GetProperty("document");
        yield return Kept("filing", document.GetProperty("name").GetString()!, document.GetProperty("sha256").GetString()!);
        yield return Entry("assessment", filed);
    }

    // The hash that the line bears was compared with its bytes when the view was read.
    private static EvidenceAnswer Entry(string what, LedgerEntry entry) => new(
        what, null, string.Create(CultureInfo.InvariantCulture, $"#{entry.Number}"), entry.Hash,
        Convert.ToHexStringLower(SHA256.HashData(entry.Bytes.Span)) == entry.Hash);

    private EvidenceAnswer Kept(string what, string source, string hash) =>
        new(what, null, source, hash, Bytes(hash) is not null);

    private byte[]? Bytes(string hash)
    {
        try
        {
            return evidence.Find(hash);
        }
        catch (StoreUnusableException)
        {
            // Changed: told in the row, and nothing is approved on it.
            return null;
        }
    }
}
