using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Tiles;
using Monitor.Server.Scenes;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/tiles/{scene}/{layer}/{z}/{x}/{y}.png</c>: a taken scene as XYZ tiles, and <c>/tiles/{scene}/{layer}/site.png</c>: a
/// small picture of the bank's site. With <c>?minus=</c> an earlier scene, how much the scene has more than that one.
/// </summary>
internal static class TilesApi
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const int SiteWidth = 192, SiteHeight = 112;
    private const double SiteMargin = 0.2;

    /// <summary>
    /// The address of a scene's tiles, with <c>{layer}</c>, <c>{z}</c>, <c>{x}</c>, <c>{y}</c> to be filled in.
    /// </summary>
    internal static string TemplateOf(TakenScene scene) =>
        $"/tiles/{scene.Id}/{{layer}}/{{z}}/{{x}}/{{y}}.png?v={Drawing}";

    /// <summary>The address of a scene's small picture, with <c>{layer}</c> to be filled in.</summary>
    internal static string PictureOf(TakenScene scene) => $"/tiles/{scene.Id}/{{layer}}/site.png?v={Drawing}";

    internal static void MapTiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tiles/{scene}/{layer}/{z}/{x}/{y}.png", Tile).ExcludeFromDescription();
        routes.MapGet("/tiles/{scene}/{layer}/site.png", Site).ExcludeFromDescription();
        routes.MapGet("/tiles/{**rest}", (string? rest) => ApiAnswer.Missing(
            $"There is no /tiles/{rest}.", "Tiles are /tiles/{scene}/{layer}/{z}/{x}/{y}.png.")).ExcludeFromDescription();
    }

    private static string Drawing { get; } = SceneTile.Version.ToString(CultureInfo.InvariantCulture);

    private static Task<IResult> Tile(
        string scene, string layer, string z, string x, string y, HttpContext http, SceneShelf shelf, TileDesk desk)
    {
        var tile = new TileAddress(Number(z, "z"), Number(x, "x"), Number(y, "y"));
        if (!tile.IsValid) throw NoTile("z", $"{z}/{x}/{y}");
        return DrawAsync(scene, layer, $"{tile.Z}/{tile.X}/{tile.Y}", _ => tile.Frame, http, shelf, desk);
    }

    private static Task<IResult> Site(string scene, string layer, HttpContext http, SceneShelf shelf, TileDesk desk) =>
        DrawAsync(scene, layer, "site", SiteOf, http, shelf, desk);

    private static MercatorFrame SiteOf(TakenScene scene) => MercatorFrame.Around(
        GeographicOutline.BoundsOf(GeographicOutline.Of(scene.Bank.Outline, scene.Bank.Crs)), SiteWidth, SiteHeight,
        SiteMargin);

    private static async Task<IResult> DrawAsync(
        string id, string layerName, string name, Func<TakenScene, MercatorFrame> frame, HttpContext http,
        SceneShelf shelf, TileDesk desk)
    {
        if (TileLayers.Find(layerName) is not TileLayer layer)
        {
            return ApiAnswer.Missing($"There is no layer '{layerName}'.", $"There are: {string.Join(", ", TileLayers.Names)}.");
        }
        // Looked up before the cache: a scene whose files are gone has no pictures either.
        if (shelf.Find(id) is not TakenScene scene) return Unknown(id);
        TakenScene? earlier = null;
        if (ApiAnswer.Text(http.Request, "minus") is string minus)
        {
            if (layer == TileLayer.Mask)
                throw new InputException("A mask has no difference.", "Ask for ndvi or cover.", field: "minus");
            earlier = shelf.Find(minus);
            if (earlier is null) return Unknown(minus);
        }
        // The identities cover every byte that the picture is made of, and the version how it is made.
        string tag = $"\"{scene.Id}-{earlier?.Id}-{layerName}-{name}-{Drawing}\"";
        http.Response.Headers.ETag = tag;
        // Kept for ever only under an address that names both.
        http.Response.Headers.CacheControl = http.Request.Query["v"] == Drawing ? Forever : "no-cache";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
        try
        {
            byte[] picture = await desk.DrawAsync(scene, earlier, layer, name, frame(scene), http.RequestAborted);
            return Results.Bytes(picture, "image/png");
        }
        catch (Exception e) when (e is InputException or ImageryUnavailableException)
        {
            // The asker is not to blame: the scene's files were good when it was taken.
            http.Response.Headers.Remove("ETag");
            http.Response.Headers.CacheControl = "no-store";
            return ApiAnswer.Problem(
                StatusCodes.Status503ServiceUnavailable, "The scene cannot be read now.", e.Message, "scene");
        }
    }

    private static IResult Unknown(string id) => ApiAnswer.Missing(
        $"No scene here has the identity '{id}'.",
        "GET /api/v1/wetlands/{bank}/scenes lists them; files that were changed or taken away are another scene.");

    private static int Number(string text, string field) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw NoTile(field, text);

    private static InputException NoTile(string field, string what) => new(
        $"'{what}' is no tile.",
        string.Create(CultureInfo.InvariantCulture, $"z goes from 0 to {TileAddress.ZMax}, x and y from 0 to 2^z - 1."),
        field: field);
}
