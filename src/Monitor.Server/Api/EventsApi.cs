using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Server.Api;

/// <summary>
/// <c>GET /api/v1/events</c>: server-sent events. An event <c>state</c> comes at once and whenever the record's position or
/// the ledger's head moved, at most once a second, whichever process moved it; a comment in between keeps the line open.
/// </summary>
internal static class EventsApi
{
    private const int StreamsMax = 64;
    private const int BeatsOfSilence = 15;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static int streams;

    internal static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/events", StreamAsync).ExcludeFromDescription();

    private static async Task StreamAsync(
        HttpContext http, IReadingStore record, ILedgerStore ledger, TimeProvider clock, IHostApplicationLifetime life)
    {
        if (Interlocked.Increment(ref streams) > StreamsMax)
        {
            Interlocked.Decrement(ref streams);
            await ApiAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Too many listen already.",
                $"At most {StreamsMax} can. Close a page, or ask /api/v1/health now and then.", null).ExecuteAsync(http);
            return;
        }
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await SendAsync(http, record, ledger, clock, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page has gone or the service stops: the stream ends here, and a page asks again by itself.
            return;
        }
        finally
        {
            Interlocked.Decrement(ref streams);
        }
    }

    private static async Task SendAsync(
        HttpContext http, IReadingStore record, ILedgerStore ledger, TimeProvider clock, CancellationToken ends)
    {
        using var beat = new PeriodicTimer(Beat, clock);
        (string told, int silence) = ("", 0);
        do
        {
            string state = State(record, ledger);
            if (state != told)
            {
                await http.Response.WriteAsync($"event: state\ndata: {state}\n\n", ends);
                (told, silence) = (state, 0);
            }
            else if (++silence >= BeatsOfSilence)
            {
                await http.Response.WriteAsync(": still here\n\n", ends);
                silence = 0;
            }
            await http.Response.Body.FlushAsync(ends);
        }
        while (await beat.WaitForNextTickAsync(ends));
    }

    private static string State(IReadingStore record, ILedgerStore ledger)
    {
        try
        {
            LedgerHead head = ledger.Head;
            return string.Create(CultureInfo.InvariantCulture,
                $"{{\"position\":{record.LastPosition},\"entries\":{head.Entries},\"head\":\"{head.Hash}\"}}");
        }
        catch (StoreUnavailableException)
        {
            // Told to the page as what it is; the stream stays, and tells when the store is back.
            return "{\"position\":null,\"entries\":null,\"head\":null}";
        }
    }
}
