using System.Text.Json.Serialization;
using Monitor.Server.Scenes;

namespace Monitor.Server.Api;

/// <summary>
/// Everything under <c>/api/v1</c>: reading, and what signed-in persons decide. <c>/api/v1/openapi.json</c> describes it.
/// </summary>
internal static class ApiRoutes
{
    private const string Document = "v1";

    internal static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<LedgerViews>();
        services.AddSingleton<SectionYears>();
        services.AddSingleton<YearsDesk>();
        services.AddSingleton<SceneShelf>();
        services.AddSingleton<TileDesk>();
        services.AddSingleton<ProposalReader>();
        // Numbers are numbers and figures that judge are strings: the description must not offer both for one.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddEndpointsApiExplorer();
        services.AddOpenApi(Document, description => description.AddDocumentTransformer((document, _, _) =>
        {
            // No address: the same description wherever it is served, so that a test can compare it.
            (document.Info.Title, document.Servers) = ("Monitor", []);
            return Task.CompletedTask;
        }));
    }

    internal static void MapApi(this WebApplication host)
    {
        host.MapOpenApi("/api/{documentName}/openapi.json").ExcludeFromDescription();
        host.MapHealth();
        host.MapOverview();
        host.MapSections();
        host.MapAhead();
        host.MapYears();
        host.MapReadings();
        host.MapReconciliation();
        host.MapWetlands();
        host.MapCredits();
        host.MapScenes();
        host.MapTiles();
        host.MapNotices();
        host.MapLedger();
        host.MapSession();
        host.MapProposals();
        host.MapEvents();
    }
}
