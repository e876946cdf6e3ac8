using Monitor.Domain.Places;
using Monitor.Domain.Readings;
using Monitor.Imagery.Tiles;
using Monitor.Programmes.Definitions;
using Monitor.Server.Scenes;

namespace Monitor.Server.Api;

/// <summary><c>/api/v1/wetlands/{id}/scenes</c>: a bank's outline and its scenes, as a map needs them.</summary>
internal static class ScenesApi
{
    internal static void MapScenes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/wetlands/{id}/scenes", Read).Produces<SiteScenes>();

    private static IResult Read(
        string id, HttpContext http, ProgrammeShelf programmes, IReadingStore record, SceneShelf shelf)
    {
        WetlandProgramme? programme = programmes.Wetlands.FirstOrDefault(p => p.FindBank(id) is not null);
        if (programme is null) return ApiAnswer.Missing(
            $"No programme has a bank '{id}'.",
            $"There are: {string.Join(", ", programmes.Wetlands.SelectMany(p => p.Banks).Select(b => b.Id))}.");
        // Not by tag: files come and go while the record and the ledger stay.
        return ApiAnswer.Now(http, SiteScenes.Of(programme, programme.FindBank(id)!, record, shelf));
    }
}

/// <summary>A bank's site on the map.</summary>
/// <remarks>
/// <c>Outline</c>: rings in longitude and latitude, for drawing only.
/// <c>Bounds</c>: west, south, east, north in degrees.
/// <c>Layers</c>: names for <c>{layer}</c>.
/// <c>Unread</c>: folders among the taken scenes that cannot be shown.
/// </remarks>
internal sealed record SiteScenes(
    string Bank, IReadOnlyList<IReadOnlyList<double[]>> Outline, double[] Bounds, IReadOnlyList<string> Layers,
    IReadOnlyList<MapScene> Scenes, IReadOnlyList<UnreadScene> Unread)
{
    internal static SiteScenes Of(WetlandProgramme programme, WetlandBank bank, IReadingStore record, SceneShelf shelf)
    {
        Polygon outline = GeographicOutline.Of(bank.Outline, bank.Crs);
        BankScenes here = shelf.Of(programme, bank);
        return new SiteScenes(
            bank.Id, [.. outline.Parts.SelectMany(p => p.Holes.Prepend(p.Outer)).Select(RingOf)],
            BoxOf(GeographicOutline.BoundsOf(outline)), TileLayers.Names,
            [.. SceneAnswer.All(record, programme, bank).Select(scene => MapScene.Of(scene, here))],
            [.. here.Lost.Select(l => new UnreadScene(l.Name, l.Reason))]);
    }

    internal static double[] BoxOf(GeographicBounds b) => [b.West, b.South, b.East, b.North];

    private static IReadOnlyList<double[]> RingOf(IReadOnlyList<Point> ring) => [.. ring.Select(p => new[] { p.X, p.Y })];
}

/// <summary>A folder that cannot be shown, and why.</summary>
internal sealed record UnreadScene(string Name, string Reason);

/// <summary>A scene that was taken, with the addresses of its pictures.</summary>
/// <remarks>
/// <c>Id</c>: identity by content; null where the files are not here.
/// <c>Time</c>: Unix milliseconds.
/// <c>IsUsable</c>: whether enough of the site was clear for the scene to be judged by.
/// <c>IsAsStored</c>: whether the files give the identity under which the figures were stored; not so when the terms or the
/// files were changed since.
/// <c>Bounds</c>: west, south, east, north in degrees.
/// <c>Tiles</c>, <c>Picture</c>: addresses with <c>{layer}</c> and <c>{z}</c>, <c>{x}</c>, <c>{y}</c> to be filled in.
/// <c>Missing</c>: why there are no pictures; null where there are.
/// </remarks>
internal sealed record MapScene(
    string? Id, string? Name, long Time, string ClearFraction, bool IsUsable, bool IsAsStored, double[]? Bounds,
    string? Tiles, string? Picture, string? Missing)
{
    internal static MapScene Of(SceneAnswer scene, BankScenes here)
    {
        TakenScene[] sameTime = [.. here.Scenes.Where(s => s.Taken.UnixMilliseconds == scene.Time)];
        TakenScene? found = Array.Find(sameTime, s => s.Id == scene.Identity) ?? sameTime.FirstOrDefault();
        if (found is not null)
        {
            return new MapScene(
                found.Id, found.Name, scene.Time, scene.ClearFraction, scene.IsUsable, found.Id == scene.Identity,
                SiteScenes.BoxOf(found.Footprint.Bounds), TilesApi.TemplateOf(found), TilesApi.PictureOf(found), null);
        }
        LostScene? lost = here.Lost.FirstOrDefault(s => s.Taken?.UnixMilliseconds == scene.Time);
        return new MapScene(
            null, lost?.Name, scene.Time, scene.ClearFraction, scene.IsUsable, false, null, null, null,
            lost?.Reason ?? "Its files are not in scenes/taken.");
    }
}
