namespace Monitor.Imagery.Gdal;

/// <summary>
/// Whether a GeoTIFF's keys name a zone of UTM on WGS 84 and nothing besides: as Sentinel-2 and Landsat have it, and the one
/// system whose unit is known here without asking PROJ.
/// </summary>
internal static class UtmKeys
{
    // GeoTIFF 1.1: model type 1 is projected, raster type 1 of areas, 4326 and 9102 are WGS 84 and its degrees, 9001 metres.
    private const ushort ModelType = 1024, RasterType = 1025, Citation = 1026, Geographic = 2048, GeographicCitation = 2049;
    private const ushort AngularUnits = 2054, Projected = 3072, ProjectedCitation = 3073, LinearUnits = 3076;

    /// <summary>The EPSG code, 32601 to 32660 or 32701 to 32760; null for any other system.</summary>
    internal static int? EpsgOf(GeoKeys? keys)
    {
        if (keys is null) return null;
        int? code = null;
        for (int at = 4; at < 4 + (4 * keys.Directory[3]); at += 4)
        {
            (ushort key, ushort place, ushort value) = (keys.Directory[at], keys.Directory[at + 1], keys.Directory[at + 3]);
            bool isKnown = key switch
            {
                ModelType or RasterType => place == 0 && value == 1,
                Citation or GeographicCitation or ProjectedCitation => true,
                Geographic => place == 0 && value == 4326,
                AngularUnits => place == 0 && value == 9102,
                LinearUnits => place == 0 && value == 9001,
                Projected => place == 0 && IsUtm(value),
                _ => false,
            };
            if (!isKnown) return null;
            if (key == Projected) code = value;
        }
        return code;
    }

    private static bool IsUtm(int code) => code is (>= 32601 and <= 32660) or (>= 32701 and <= 32760);
}
