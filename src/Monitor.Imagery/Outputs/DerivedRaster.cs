using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Imagery.Products;
using Monitor.Raster;

namespace Monitor.Imagery.Outputs;

/// <summary>A raster that was made of scenes, as its STAC Item describes it.</summary>
/// <param name="Kind"><c>ndvi</c>, <c>cover</c>, <c>mask</c> or <c>composite</c>.</param>
/// <param name="File">The GeoTIFF.</param>
/// <param name="Shape">Its size, place and statistics.</param>
/// <param name="Scenes">What it was made of, in the order used.</param>
/// <param name="Digests">The inputs' digests, by file.</param>
/// <param name="Parameters">Writes what was asked for: the members of an object.</param>
public sealed record DerivedRaster(
    string Kind, string File, RasterShape Shape, IReadOnlyList<SceneProduct> Scenes,
    IReadOnlyDictionary<string, InputDigest> Digests, Action<Utf8JsonWriter> Parameters)
{
    /// <summary>Name of the software, as it stands in outputs.</summary>
    public const string SoftwareName = "monitor";

    /// <summary>Its version, as <c>0.1.0</c>.</summary>
    public static string SoftwareVersion { get; } =
        Assembly.GetExecutingAssembly().GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The Item that belongs to a raster: beside it, with the ending <c>.json</c>.</summary>
    public static string ItemOf(string file) => Path.ChangeExtension(file, ".json");

    /// <summary>
    /// Refuses an output that would stand in the place of one of its own inputs, or whose Item would be written over a
    /// file that no such Item is.
    /// </summary>
    /// <exception cref="InputException">So it is.</exception>
    public static void RequireFree(string file, bool withItem, IEnumerable<SceneProduct> scenes)
    {
        HashSet<string> inputs = [.. scenes.SelectMany(s => s.Source.Files.Append(s.Sidecar ?? ""))
            .Where(f => f.Length > 0).Select(Path.GetFullPath)];
        string item = ItemOf(file);
        foreach (string output in withItem ? (string[])[file, item] : [file])
        {
            if (!inputs.Contains(Path.GetFullPath(output))) continue;
            throw new InputException(
                "It is an input of what is to be written there.", "Name another file.", output, field: "--out");
        }
        if (!withItem || !System.IO.File.Exists(item) || DerivedItem.IsOurs(item)) return;
        throw new InputException(
            "It is there already, is to describe the raster, and is not of this program's making.",
            "Name another raster, or give --no-item.", item, field: "--out");
    }

    /// <summary>Statistics for the metadata of a GeoTIFF's band, in GDAL's names.</summary>
    internal static IEnumerable<(string Name, string Value)> Statistics(RasterSums sums)
    {
        if (sums.Mean is not double mean) yield break;
        yield return ("STATISTICS_MAXIMUM", Text(sums.Max!.Value));
        yield return ("STATISTICS_MEAN", Text(mean));
        yield return ("STATISTICS_MINIMUM", Text(sums.Min!.Value));
        yield return ("STATISTICS_STDDEV", Text(sums.StandardDeviation!.Value));
        double percent = 100.0 * sums.Count / sums.Pixels;
        yield return ("STATISTICS_VALID_PERCENT", percent.ToString("0.####", CultureInfo.InvariantCulture));
    }

    /// <summary>What stands in a GeoTIFF's own metadata of how it was made.</summary>
    internal static IEnumerable<(string Name, string Value)> Origin(string kind) =>
        [("TIFFTAG_SOFTWARE", $"{SoftwareName} {SoftwareVersion}"), ("TIFFTAG_IMAGEDESCRIPTION", kind)];

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
