using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Server.Api;

/// <summary><c>/api/v1/overview</c>: the figures of the first page; the chain is verified anew at each call.</summary>
internal static class OverviewApi
{
    internal static void MapOverview(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/v1/overview",
        (HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, LedgerViews views,
            TimeProvider clock) =>
            ApiAnswer.Now(http, Overview.Read(
                shelf, record, views.Now(), ledger.Verify(), Instant.From(clock.GetUtcNow()))))
        .Produces<Overview>();
}
