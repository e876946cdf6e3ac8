using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiles;

/// <summary>Web Mercator (EPSG:3857): the sphere of WGS 84's equator, as map tiles have it.</summary>
public static class WebMercator
{
    private const double Radius = 6_378_137;

    /// <summary>Metres of the projection from its middle to any edge.</summary>
    public const double Half = Math.PI * Radius;

    private static readonly Lazy<string> Text = new(() => SpatialReference.WktOfEpsg(3857));

    /// <summary>The system in WKT; read from PROJ's database once.</summary>
    internal static string Wkt => Text.Value;

    /// <summary>From degrees to metres of the projection.</summary>
    public static (double X, double Y) From(double longitude, double latitude) => (
        longitude * Half / 180,
        Math.Log(Math.Tan((90 + latitude) * Math.PI / 360)) * Radius);

    /// <summary>From metres of the projection to degrees.</summary>
    public static (double Longitude, double Latitude) ToDegrees(double x, double y) => (
        x / Half * 180,
        (Math.Atan(Math.Exp(y / Radius)) * 360 / Math.PI) - 90);
}
