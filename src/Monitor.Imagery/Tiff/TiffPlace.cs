using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// Where a GeoTIFF lies, by its own tags; by GDAL where they do not say it all (a world file, ground control points).
/// </summary>
internal sealed class TiffPlace(BandReference reference, TiffDirectory tags)
{
    private readonly Lazy<GeoReference?> value = new(() => Read(reference, tags));

    internal GeoReference? Value => value.Value;

    private static GeoReference? Read(BandReference reference, TiffDirectory tags)
    {
        (GeoKeys Keys, bool IsPoint)? system = GeoKeys.Of(tags);
        if (Six(tags) is not double[] six) return GdalBand.PlaceOf(reference);
        if (system?.IsPoint == true)
        {
            six[0] -= (six[1] + six[2]) * 0.5;
            six[3] -= (six[4] + six[5]) * 0.5;
        }
        return new GeoReference(six, new GeoSystem(
            system?.Keys, () => GdalBand.PlaceOf(reference)?.Wkt ?? ""));
    }

    // GeoTIFF 1.1, section 7.5: one tiepoint and a scale, or a matrix.
    private static double[]? Six(TiffDirectory tags)
    {
        if (tags.Has(TiffTag.PixelScale) && tags.Has(TiffTag.Transformation)) return null;
        if (tags.Doubles(TiffTag.Transformation) is { Length: 16 } m) return [m[3], m[0], m[1], m[7], m[4], m[5]];
        if (tags.Doubles(TiffTag.PixelScale) is not [> 0 and double x, > 0 and double y, ..]) return null;
        if (tags.Doubles(TiffTag.Tiepoint) is not { Length: 6 } tie) return null;
        return [tie[3] - (tie[0] * x), x, 0, tie[4] + (tie[1] * y), 0, -y];
    }
}
