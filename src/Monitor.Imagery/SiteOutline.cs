using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery;

/// <summary>
/// A site's outline in the coordinate system of a scene. Satellites deliver a site that lies by the border of two UTM zones
/// in either of them: the same figures on other ground would be worse than none.
/// </summary>
public static class SiteOutline
{
    private const string Prefix = "EPSG:";

    /// <summary>
    /// The outline as a scene has it: as given where the systems are one or the scene names none, else with densified edges,
    /// each point rounded to 1 mm.
    /// </summary>
    /// <param name="outline">In its own coordinates, x to the east.</param>
    /// <param name="crs">Its system, as <c>EPSG:32650</c>.</param>
    /// <param name="band">A band of the scene.</param>
    /// <exception cref="InputException">
    /// The system is not known, the scene cannot be read, or the outline has no place in its system.
    /// </exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static Polygon In(Polygon outline, string crs, BandReference band)
    {
        using RasterBand opened = RasterBand.Open(band);
        // The usual scene is in the site's own zone of UTM, and says so itself: nothing is to be asked of PROJ's database.
        int? zone = UtmKeys.EpsgOf(opened.Place?.System.Keys);
        if (zone is not null && crs == string.Create(CultureInfo.InvariantCulture, $"{Prefix}{zone}")) return outline;
        string scene = SceneZones.SystemOf(opened, band);
        if (scene.Length == 0) return outline;
        if (!crs.StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(crs[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            throw new InputException($"'{crs}' is not an EPSG code.", "Write it as EPSG:32651.", field: "crs");
        using SpatialReference own = SpatialReference.FromWkt(SpatialReference.WktOfEpsg(code));
        using SpatialReference target = SpatialReference.FromWkt(scene);
        using PolygonWay? way = PolygonWay.Between(own, target, band.ToString());
        return way is null ? outline : new Polygon([.. outline.Parts.Select(part => new PolygonPart(
            Ring(way, part.Outer, band), [.. part.Holes.Select(hole => Ring(way, hole, band))]))]);
    }

    private static IReadOnlyList<Point> Ring(PolygonWay way, IReadOnlyList<Point> ring, BandReference band) =>
        way.Bring(ring) ?? throw new InputException(
            $"The site has no place in the scene's system: {GdalError.Text}.", "Give a scene of the site.", band.ToString());
}
