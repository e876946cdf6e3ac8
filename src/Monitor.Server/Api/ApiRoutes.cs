namespace Monitor.Server.Api;

/// <summary>Everything under <c>/api/v1</c>: reading only. <c>/api/v1/openapi.json</c> describes it.</summary>
internal static class ApiRoutes
{
    private const string Document = "v1";

    internal static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<LedgerViews>();
        services.AddSingleton<SectionYears>();
        services.AddEndpointsApiExplorer();
        services.AddOpenApi(Document);
    }

    internal static void MapApi(this WebApplication host)
    {
        host.MapOpenApi("/api/{documentName}/openapi.json").ExcludeFromDescription();
        host.MapHealth();
        host.MapOverview();
        host.MapSections();
        host.MapReadings();
        host.MapWetlands();
        host.MapNotices();
        host.MapLedger();
        host.MapEvents();
    }
}
