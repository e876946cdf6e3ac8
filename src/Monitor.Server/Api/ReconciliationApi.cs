using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Server.Intake;

namespace Monitor.Server.Api;

/// <summary><c>/api/v1/sections/{id}/days/{day}/reconciliation</c>: the account of one section and civil day.</summary>
internal static class ReconciliationApi
{
    internal static void MapReconciliation(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/v1/sections/{id}/days/{day}/reconciliation", Answer).Produces<DayReconciliation>();

    // Made anew each time: what is discarded or kept apart moves neither the position nor the ledger's head.
    private static IResult Answer(
        string id, string day, HttpContext http, ProgrammeShelf shelf, IReadingStore record, LedgerViews views)
    {
        try
        {
            return ApiAnswer.Now(http, DayAccountant.Of(id, day, shelf, record, views.Now().Entries));
        }
        catch (InputException fault) when (fault.Field == "section")
        {
            return ApiAnswer.Missing(fault.Fault, fault.Remedy);
        }
    }
}
