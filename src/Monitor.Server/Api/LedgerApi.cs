using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/api/v1/ledger?from=&amp;count=&amp;kind=&amp;q=</c>, <c>/ledger/{n}</c>, and verification, which is never remembered:
/// <c>/ledger/verify</c> of the chain, <c>/ledger/{n}/replay</c> of one judgement; <c>/ledger/{n}/bundle</c> is what the other
/// party verifies with.
/// </summary>
internal static class LedgerApi
{
    private const int CountDefault = 50;
    private const int CountMax = 500;

    internal static void MapLedger(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/ledger", List).Produces<LedgerPage>();
        routes.MapGet("/api/v1/ledger/{number:long}", One).Produces<EntryAnswer>();
        routes.MapGet("/api/v1/ledger/{number:long}/replay", Replay).Produces<ReplayAnswer>();
        routes.MapGet("/api/v1/ledger/{number:long}/bundle", Bundle)
            .Produces(StatusCodes.Status200OK, contentType: BundleArchive.ContentType);
        routes.MapGet("/api/v1/ledger/verify", Verify).Produces<VerifyAnswer>();
    }

    private static IResult List(HttpContext http, IReadingStore record, ILedgerStore ledger, LedgerViews views) =>
        ApiAnswer.Of(http, record, ledger, () =>
        {
            LedgerView view = views.Now();
            int count = (int)ApiAnswer.Number(http.Request, "count", CountDefault, 1, CountMax);
            // Newest first: `from` is the number of the first shown, and the list goes down from there.
            long from = ApiAnswer.Number(http.Request, "from", view.Head.Entries, 0, long.MaxValue);
            (string? kind, string? asked) = (ApiAnswer.Text(http.Request, "kind"), ApiAnswer.Text(http.Request, "q"));
            List<LedgerEntry> found = [.. view.Entries
                .Where(e => (kind ?? e.Kind) == e.Kind && (asked is null || Matches(e, asked))).Reverse()];
            List<EntryItem> items = [.. found.Where(e => e.Number <= from).Take(count).Select(EntryItem.Of)];
            long? next = found.SkipWhile(e => items.Count == 0 || e.Number >= items[^1].Number).FirstOrDefault()?.Number;
            return new LedgerPage(view.Head.Entries, view.Head.Hash, found.Count, items, items.Count == 0 ? null : next);
        });

    private static bool Matches(LedgerEntry entry, string asked)
    {
        string text = asked.Trim().TrimStart('#');
        if (text.Length > 0 && text.All(char.IsAsciiDigit) && long.TryParse(text, out long number) && entry.Number == number)
        {
            return true;
        }
        const int hashLeast = 6;
        string hash = new([.. text.ToLowerInvariant().Where(char.IsAsciiHexDigitLower)]);
        bool isHash = hash.Length >= hashLeast && hash.Length == text.Count(c => c is not ('-' or ' '));
        return (isHash && (entry.Hash.StartsWith(hash, StringComparison.Ordinal)
                || entry.Evidence?.StartsWith(hash, StringComparison.Ordinal) == true
                || Encoding.UTF8.GetString(entry.Body.Span).Contains(hash, StringComparison.Ordinal)))
            || entry.Key.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static IResult One(long number, HttpContext http, IReadingStore record, ILedgerStore ledger, LedgerViews views)
    {
        if (views.Now().At(number) is not LedgerEntry entry) return Missing(number, ledger);
        return ApiAnswer.Of(http, record, ledger, () => new EntryAnswer(
            EntryItem.Of(entry), entry.Previous, entry.Software, entry.Position, entry.Evidence, entry.Bytes.Length,
            Encoding.UTF8.GetString(entry.Body.Span)));
    }

    private static IResult Missing(long number, ILedgerStore ledger) =>
        ApiAnswer.Missing($"The ledger has no entry {number}.", $"It has 1 to {ledger.Head.Entries}.");

    private static IResult Verify(
        HttpContext http, ILedgerStore ledger, DataFolder folder, IRegistryStore registry, TimeProvider clock)
    {
        long began = clock.GetTimestamp();
        LedgerVerdict chain = ledger.Verify();
        long chained = clock.GetTimestamp();
        LedgerVerdict audit = new LedgerAudit(
            ledger, folder, new PersonRegister(registry, clock).Registration()).Verify();
        long audited = clock.GetTimestamp();
        Dictionary<string, long> kinds = new(StringComparer.Ordinal);
        foreach (StoredLedgerLine line in ledger.Lines())
        {
            if (!LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _)) continue;
            kinds[entry.Kind] = kinds.GetValueOrDefault(entry.Kind) + 1;
        }
        LedgerVerdict worst = chain.Intact ? audit : chain;
        return ApiAnswer.Now(http, new VerifyAnswer(
            worst.Intact, worst.Entries, worst.Hash, worst.BrokenAt, worst.Reason,
            Instant.From(clock.GetUtcNow()).ToString(), clock.GetElapsedTime(began, audited).TotalMilliseconds,
            [
                new VerifyStep("chain", chain.Intact, chain.Reason, clock.GetElapsedTime(began, chained).TotalMilliseconds),
                new VerifyStep("audit", audit.Intact, audit.Reason, clock.GetElapsedTime(chained, audited).TotalMilliseconds),
            ],
            kinds));
    }

    // Whoever may read a notice may recompute it: a bundle holds nothing that the API does not tell.
    private static IResult Bundle(
        long number, ILedgerStore ledger, IReadingStore record, IRegistryStore registry, DataFolder folder)
    {
        if (ledger.At(number) is null) return Missing(number, ledger);
        var flow = new BundleFlow(ledger, record, registry, new EvidenceStore(folder.Evidence), folder);
        return Results.File(
            BundleArchive.Pack(flow.Make(number)), BundleArchive.ContentType,
            string.Create(CultureInfo.InvariantCulture, $"monitor-entry-{number}.zip"));
    }

    private static IResult Replay(
        long number, HttpContext http, ILedgerStore ledger, IReadingStore record, IRegistryStore registry,
        DataFolder folder, TimeProvider clock)
    {
        if (ledger.At(number) is null) return Missing(number, ledger);
        long began = clock.GetTimestamp();
        ReplayOutcome outcome = new ReplayFlow(ledger, record, registry, new EvidenceStore(folder.Evidence)).Replay(number);
        return ApiAnswer.Now(http, new ReplayAnswer(
            number, outcome.Entry.Number, outcome.IsSame, outcome.Difference, outcome.Readings,
            Instant.From(clock.GetUtcNow()).ToString(), clock.GetElapsedTime(began).TotalMilliseconds));
    }
}

/// <summary>Part of the ledger, newest first.</summary>
/// <remarks>
/// <c>Entries</c>: Entries in all.
/// <c>Head</c>: Hash of the newest; 64 zeros while there is none.
/// <c>Found</c>: How many the question matches.
/// <c>Next</c>: What to ask <c>from</c> for the next part; null at the end.
/// </remarks>
internal sealed record LedgerPage(long Entries, string Head, int Found, IReadOnlyList<EntryItem> Items, long? Next);

/// <summary>An entry as the list has it.</summary>
internal sealed record EntryItem(long Number, string Kind, string Key, string SealedAt, string Hash)
{
    internal static EntryItem Of(LedgerEntry e) => new(e.Number, e.Kind, e.Key, e.SealedAt.ToString(), e.Hash);
}

/// <summary>An entry with its body, which is JSON as it was sealed.</summary>
internal sealed record EntryAnswer(
    EntryItem Entry, string Previous, string Software, long? Position, string? Evidence, int Bytes, string Body);

/// <summary>What verification found just now.</summary>
/// <remarks>
/// <c>Milliseconds</c>: How long it took.
/// </remarks>
internal sealed record VerifyAnswer(
    bool Intact, long Entries, string Hash, long? BrokenAt, string Reason, string CheckedAt, double Milliseconds,
    IReadOnlyList<VerifyStep> Steps, IReadOnlyDictionary<string, long> Kinds);

/// <summary>One step: <c>chain</c> (hashes, links, head) or <c>audit</c> (decisions, signatures, credits, documents).</summary>
internal sealed record VerifyStep(string Step, bool Holds, string Reason, double Milliseconds);

/// <summary>What recomputing a judgement from the record gave just now.</summary>
/// <remarks>
/// <c>Assessment</c>: The judgement recomputed.
/// <c>IsSame</c>: Whether its bytes are the sealed ones.
/// </remarks>
internal sealed record ReplayAnswer(
    long Number, long Assessment, bool IsSame, string Difference, int Readings, string CheckedAt, double Milliseconds);
