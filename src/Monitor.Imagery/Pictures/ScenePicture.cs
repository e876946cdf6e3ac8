using System.Globalization;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Products;
using Monitor.Raster;

namespace Monitor.Imagery.Pictures;

/// <summary>A scene as a PNG: NDVI or cover in colours, masked pixels grey, with title, legend and scale.</summary>
public static class ScenePicture
{
    // Pixels of the map along its longer side: at most, and at least by enlarging whole pixels.
    private const int SideMax = 1200, SideMin = 640;

    /// <summary>Writes the picture.</summary>
    /// <param name="scene">The scene; its id and time go into the title.</param>
    /// <param name="cover">The line whose cover is shown; null for NDVI.</param>
    /// <param name="path">The PNG; replaced when complete, untouched on any failure.</param>
    /// <param name="threads">At least 1; they do not change the picture.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">The output cannot be written, or libgdal is missing.</exception>
    public static void Write(
        SceneProduct scene, CoverLine? cover, string path, int threads, CancellationToken cancellation = default)
    {
        SceneSource source = scene.Source;
        PictureCells cells;
        IReadOnlyList<RasterWindow> windows;
        GeoReference? place;
        using (var first = new SceneReader(source))
        {
            cells = new PictureCells(first.Width, first.Height, SideMax);
            (windows, place) = (first.Windows(), first.Place);
        }
        var values = new MaskValues();
        IReadOnlyList<RasterTally> parts = ParallelWindows.Run(
            threads, windows, () => new SceneReader(source, values), _ => new RasterTally(),
            (reader, tally, window) => Collect(reader, window, cover, cells, tally), cancellation);
        SceneReader.RequireMaskKind(source, values);
        var whole = new RasterTally();
        foreach (RasterTally part in parts) whole.Combine(part);
        PngFile.Write(path, PictureLayout.Draw(cells, new PictureText
        {
            Title = cover is null ? "NDVI" : "Vegetation cover",
            Subtitle = scene.Taken is { } taken
                ? string.Create(
                    CultureInfo.InvariantCulture, $"{scene.Id} · {taken.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC")
                : scene.Id,
            Summary = Summary(cover, whole),
            Ramp = cover is null ? ColourRamp.Ndvi : ColourRamp.Cover,
            Enlarge = Math.Max(1, SideMin / Math.Max(cells.Width, cells.Height)),
            PixelMetres = MetresOf(place),
        }));
    }

    private static void Collect(
        SceneReader reader, RasterWindow window, CoverLine? cover, PictureCells cells, RasterTally tally)
    {
        reader.Load(window);
        float[] run = new float[window.Width];
        byte[] data = new byte[window.Width];
        for (int row = 0; row < window.Height; row++)
        {
            int eligible = reader.Ndvi(row * window.Width, run);
            reader.Data(row * window.Width, data);
            cover?.Of(run, run);
            tally.Add(run, eligible);
            cells.Add(window.X, window.Y + row, run, data);
        }
    }

    private static string Summary(CoverLine? cover, RasterTally tally)
    {
        if (tally.Mean is not double mean) return "nothing clear";
        string clear = string.Create(CultureInfo.InvariantCulture, $"{tally.ClearFraction * 100:F1} % clear");
        return cover is CoverLine line
            ? string.Create(CultureInfo.InvariantCulture,
                $"mean {mean:F3} · {clear} · NDVI of soil {line.Soil:0.##}, of full cover {line.Veg:0.##}")
            : string.Create(CultureInfo.InvariantCulture,
                $"mean {mean:F3} · from {tally.Min:F2} to {tally.Max:F2} · {clear}").Replace('-', '−');
    }

    // A pixel has one length on the ground only in metres and on a straight grid.
    private static double? MetresOf(GeoReference? place)
    {
        if (place is null || !place.IsStraight || place.Wkt.Length == 0) return null;
        using SpatialReference system = SpatialReference.FromWkt(place.Wkt);
        return system.IsGeographic ? null : Math.Abs(place.PixelWidth) * system.MetresPerUnit;
    }
}
