using System.Security.Cryptography;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Storage;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/api/v1/notices</c>, <c>/api/v1/notices/{entry}</c>, and the documents themselves under <c>/documents/</c>.
/// </summary>
internal static class NoticesApi
{
    private const string DocumentFolder = "documents";

    internal static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/notices", List).Produces<ApiPage<NoticeItem>>();
        routes.MapGet("/api/v1/notices/{entry:long}", One).Produces<NoticeAnswer>();
        routes.MapGet("/documents/{name}", Document).ExcludeFromDescription();
    }

    private static IResult List(
        HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, LedgerViews views) =>
        ApiAnswer.Of(http, record, ledger, () =>
        {
            (string? section, string? status) = (ApiAnswer.Text(http.Request, "section"), ApiAnswer.Text(http.Request, "status"));
            LedgerView view = views.Now();
            return ApiPage<NoticeItem>.Of(http.Request, [.. view.Entries
                .Where(e => e.Kind == LedgerKinds.Notice)
                .Select(e => NoticeItem.Of(e, SealedNotice.Read(e), shelf, view.Chains))
                .Where(n => (section ?? n.Section) == n.Section && (status ?? n.Status) == n.Status)
                .Reverse()]);
        });

    private static IResult One(
        long entry, HttpContext http, ProgrammeShelf shelf, DataFolder folder, LedgerViews views)
    {
        LedgerView view = views.Now();
        if (view.At(entry) is not { Kind: LedgerKinds.Notice } found)
        {
            return ApiAnswer.Missing($"Entry {entry} is no notice.", "GET /api/v1/notices lists them.");
        }
        // Not by tag: the document's bytes are hashed anew each time, and a file can change while the ledger does not.
        SealedNotice notice = SealedNotice.Read(found);
        string file = Path.Combine(folder.Root, notice.File);
        string? actual = File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : null;
        DecisionCase? decided = view.Decisions.Find(notice.Completes ?? entry);
        return ApiAnswer.Now(http, new NoticeAnswer(
            NoticeItem.Of(found, notice, shelf, view.Chains), found.Hash, found.Previous, notice.Assessment,
            notice.AssessmentHash, found.Position, found.Evidence, "/" + notice.File, notice.DocumentSha256, actual,
            actual == notice.DocumentSha256, notice.Completes, decided?.State ?? "open", decided?.Result,
            [.. (decided?.Approvals ?? []).Select(a => new SignerAnswer(
                a.Number, a.EntryHash, a.Decision.Person.Name, Domain.People.PersonRoles.Name(a.Decision.Person.Role)))],
            notice.Caution is Bilingual caution ? BilingualName.Of(caution) : null));
    }

    private static IResult Document(string name, DataFolder folder)
    {
        // A name only: nothing outside the folder can be meant.
        bool isName = name == Path.GetFileName(name) && name.EndsWith(".html", StringComparison.Ordinal)
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        string file = Path.GetFullPath(Path.Combine(folder.Root, DocumentFolder, name));
        return isName && File.Exists(file)
            ? Results.Bytes(File.ReadAllBytes(file), "text/html; charset=utf-8")
            : ApiAnswer.Missing($"There is no document '{name}'.", "GET /api/v1/notices names those of notices.");
    }
}

/// <summary>A notice as the list has it.</summary>
/// <remarks>
/// <c>Entry</c>: The ledger entry that sealed it.
/// <c>Status</c>: <c>draft</c> or <c>issued</c>.
/// <c>Revises</c>: Entry of the notice before it, on data that came later; null on the first of its section and period.
/// <c>Difference</c>: Of a supplement to an issued notice, the yuan that it settles: what upstream owes downstream; negative,
/// the other way round. Null where it is no supplement, or where the new result gives no amount.
/// <c>SupersededBy</c>: Entry of the notice that holds instead; null where this one does.
/// </remarks>
internal sealed record NoticeItem(
    long Entry, string Number, string Section, BilingualName Name, string Period, string? Index, string? Class,
    string TargetClass, string Direction, string? Amount, string Status, string SealedAt, long? Revises,
    string? Difference, long? SupersededBy)
{
    internal static NoticeItem Of(LedgerEntry entry, SealedNotice n, ProgrammeShelf shelf, NoticeChains chains)
    {
        RiverSection? section = shelf.Rivers.Select(p => p.FindSection(n.Section)).FirstOrDefault(s => s is not null);
        return new NoticeItem(
            entry.Number, n.Number, n.Section,
            section is null ? new BilingualName(n.Section, n.Section) : BilingualName.Of(section.Name), n.Period, n.Index,
            n.Class, n.TargetClass, n.Direction, n.Amount, n.Status, entry.SealedAt.ToString(), n.Revision?.Former,
            n.Revision?.Difference, chains.Of(entry)?.SupersededBy(entry.Number));
    }
}

/// <summary>A notice with what proves it.</summary>
/// <remarks>
/// <c>DocumentSha256</c>: Hash that was sealed.
/// <c>ActualSha256</c>: Hash of the file as it lies there now; null where it is missing.
/// <c>IsSame</c>: Whether these are equal.
/// <c>Completes</c>: Entry of the draft it issues; null on a draft.
/// <c>State</c>: Of the decision: <c>open</c>, <c>approved</c>, <c>rejected</c>, <c>replaced</c> or <c>done</c>.
/// <c>Result</c>: Entry of the issued notice; null where it is not issued.
/// </remarks>
internal sealed record NoticeAnswer(
    NoticeItem Notice, string Hash, string Previous, long AssessmentEntry, string AssessmentHash, long? Position,
    string? Evidence, string Document, string DocumentSha256, string? ActualSha256, bool IsSame, long? Completes,
    string State, long? Result, IReadOnlyList<SignerAnswer> Signers, BilingualName? Caution);

/// <summary>An approval.</summary>
internal sealed record SignerAnswer(long Entry, string Hash, string Person, string Role);
