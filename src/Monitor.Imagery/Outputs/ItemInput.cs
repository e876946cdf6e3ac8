using System.Text.Json;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Products;
using Monitor.Raster;

namespace Monitor.Imagery.Outputs;

/// <summary>One scene among the inputs that an Item names.</summary>
internal static class ItemInput
{
    internal static void Write(Utf8JsonWriter json, SceneProduct scene, DerivedRaster raster)
    {
        SceneSource source = scene.Source;
        json.WriteStartObject();
        json.WriteString("scene", scene.Id);
        if (scene.Taken is { } taken) json.WriteString("datetime", taken.ToString());
        if (scene.Sidecar is string sidecar) WriteFile(json, "sidecar", sidecar, raster);
        WriteBand(json, "red", source.Red, Scaling(source, source.RedScaling), source, raster);
        WriteBand(json, "nir", source.Nir, Scaling(source, source.NirScaling), source, raster);
        if (source.Mask is SceneMask mask)
        {
            WriteBand(json, "mask", mask.Band, null, source, raster, () =>
            {
                json.WriteString("kind", mask.Kind.Name());
                json.WriteNumber("dilate", mask.Dilate);
            });
        }
        if (source.Saturation is BandReference saturation) WriteBand(json, "saturation", saturation, null, source, raster);
        json.WriteEndObject();
    }

    internal static string Relative(DerivedRaster raster, string file)
    {
        if (file.StartsWith("/vsi", StringComparison.Ordinal)) return file;
        string folder = Path.GetDirectoryName(Path.GetFullPath(raster.File))!;
        string relative = Path.GetRelativePath(folder, Path.GetFullPath(file)).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? relative : "./" + relative;
    }

    private static BandScaling Scaling(SceneSource source, BandScaling? own) =>
        own ?? new BandScaling(source.Scale, source.Offset);

    private static void WriteBand(
        Utf8JsonWriter json, string role, BandReference band, BandScaling? scaling, SceneSource source,
        DerivedRaster raster, Action? more = null)
    {
        json.WriteStartObject(role);
        WriteMembers(json, band.File, raster);
        if (band.Band != 1) json.WriteNumber("band", band.Band);
        if (scaling is BandScaling s)
        {
            json.WriteNumber("scale", s.Scale);
            json.WriteNumber("offset", s.Offset);
            if ((source.NoData ?? s.NoData) is double none) json.WriteNumber("nodata", none);
        }
        more?.Invoke();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string role, string file, DerivedRaster raster)
    {
        json.WriteStartObject(role);
        WriteMembers(json, file, raster);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, string file, DerivedRaster raster)
    {
        InputDigest digest = raster.Digests[file];
        json.WriteString("href", Relative(raster, file));
        if (digest.Sha256 is string sha) json.WriteString("sha256", sha);
        if (digest.Bytes is long bytes) json.WriteNumber("bytes", bytes);
    }
}
