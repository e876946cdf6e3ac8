using System.Diagnostics;
using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Products;
using Monitor.Imagery.Tiff;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Products;

/// <summary>
/// Products of our own making: 4 × 4 pixels of 10 m with one DN in each band, and a mask of 2 × 2 pixels.
/// </summary>
internal static class ProductFolder
{
    internal const string Granule = "GRANULE/L2A_T51RUQ_A000001_20250715T023000/IMG_DATA";
    internal const string Tile = "T51RUQ_20250715T023000";

    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
    private static readonly GeoReference Coarse = Place with { PixelWidth = 20, PixelHeight = -20 };

    /// <summary>The metadata of a Sentinel-2 product, as short as they may be.</summary>
    /// <param name="baseline">As 05.09.</param>
    /// <param name="offsets">Band id and offset.</param>
    internal static string Metadata(string baseline, params (int Id, int Offset)[] offsets)
    {
        string list = string.Concat(offsets.Select(o => string.Create(
            CultureInfo.InvariantCulture, $"""<BOA_ADD_OFFSET band_id="{o.Id}">{o.Offset}</BOA_ADD_OFFSET>""")));
        string[] images = ["R10m/{0}_B03_10m", "R10m/{0}_B04_10m", "R10m/{0}_B08_10m", "R20m/{0}_SCL_20m"];
        string names = string.Concat(images.Select(i =>
            $"<IMAGE_FILE>{Granule}/{string.Format(CultureInfo.InvariantCulture, i, Tile)}</IMAGE_FILE>"));
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <n1:Level-2A_User_Product xmlns:n1="urn:test">
              <n1:General_Info>
                <PRODUCT_START_TIME>2025-07-15T02:30:00.024Z</PRODUCT_START_TIME>
                <PRODUCT_URI>S2A_MSIL2A_20250715T023000_TEST.SAFE</PRODUCT_URI>
                <PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE>
                {names}
                <BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
                {list}
              </n1:General_Info>
            </n1:Level-2A_User_Product>
            """;
    }

    /// <summary>Writes the images that Sentinel-2 metadata name, each of one DN.</summary>
    internal static void WriteImages(
        string folder, IEnumerable<string> stems, ushort green, ushort red, ushort nir, byte[] scl)
    {
        foreach (string stem in stems)
        {
            string path = Path.Combine(folder, stem + ".tif");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (stem.EndsWith("_SCL_20m", StringComparison.Ordinal))
                GeoTiffWriter.WriteAll<byte>(path, scl, 2, 2, Coarse);
            else
            {
                ushort dn = stem.EndsWith("_B03_10m", StringComparison.Ordinal) ? green
                    : stem.EndsWith("_B04_10m", StringComparison.Ordinal) ? red : nir;
                WriteBand(path, dn);
            }
        }
    }

    internal static void WriteBand(string path, ushort dn) =>
        GeoTiffWriter.WriteAll<ushort>(path, [.. Enumerable.Repeat(dn, 16)], 4, 4, Place);

    internal static void WriteMask<T>(string path, params T[] four) where T : unmanaged =>
        GeoTiffWriter.WriteAll<T>(path, four, 2, 2, Coarse);

    /// <summary>Turns a GeoTIFF into JPEG 2000 without loss, by GDAL's own program, and takes it away.</summary>
    internal static async Task ToJpeg2000Async(string path)
    {
        string target = Path.ChangeExtension(path, ".jp2");
        string[] arguments = ["-q", "-of", "JP2OpenJPEG", "-co", "QUALITY=100", "-co", "REVERSIBLE=YES", path, target];
        using Process process = Process.Start("gdal_translate", arguments);
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(ceiling.Token);
        Assert.Equal(0, process.ExitCode);
        File.Delete(path);
    }

    internal static RasterTally Tally(SceneSource source) =>
        SceneStatistics.Compute(source, null, 1, TestContext.Current.CancellationToken).Tally;

    internal static InputException Refused(string path) =>
        Assert.Throws<InputException>(() => SceneProduct.Open(path));
}
