using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>
/// A scene opened for one thread: loads a window of bands and mask, then gives its NDVI piece by piece, so that the
/// pieces stay in the processor's cache.
/// </summary>
internal sealed class SceneReader : IDisposable
{
    private readonly SceneBand red = null!, nir = null!;
    private readonly SceneBand? green;
    private readonly SceneMaskReader mask = null!;
    private readonly bool narrow;

    /// <summary>Opens the scene's files.</summary>
    /// <param name="source">The files.</param>
    /// <param name="values">Collects the numbers of the mask for <see cref="RequireMaskKind"/>; null for none.</param>
    /// <param name="withGreen">Opens the green band too, which the source must name.</param>
    /// <param name="census">
    /// Counts what masks the windows that are loaded, each pixel once if no window is loaded twice; null for none.
    /// </param>
    internal SceneReader(
        SceneSource source, MaskValues? values = null, bool withGreen = false, MaskCensus? census = null)
    {
        Census = census;
        try
        {
            red = SceneBand.Open(source.Red, source.RedScaling, source);
            nir = SceneBand.Open(source.Nir, source.NirScaling, source);
            SceneGrid.RequireSame(red.Raster, nir.Raster);
            if (withGreen)
            {
                green = SceneBand.Open(source.Green!, source.GreenScaling, source);
                SceneGrid.RequireSame(red.Raster, green.Raster);
            }
            mask = new SceneMaskReader(source, red.Raster, values, census);
            narrow = red.Raster.FitsUInt16 && nir.Raster.FitsUInt16 && green?.Raster.FitsUInt16 != false;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What masked the windows loaded so far; null where that was not asked for.</summary>
    internal MaskCensus? Census { get; }

    internal int Width => red.Raster.Width;

    internal int Height => red.Raster.Height;

    internal GeoReference? Place => red.Raster.Place ?? nir.Raster.Place;

    /// <summary>Windows that together are the scene, each along the stored blocks.</summary>
    internal IReadOnlyList<RasterWindow> Windows() => [.. Groups().SelectMany(static group => group)];

    /// <summary>
    /// The same windows, those together that share a block of the bands or of the mask: one thread's work.
    /// </summary>
    /// <param name="unit">Sides that the groups' borders are multiples of, as the tiles of a file to be written.</param>
    internal IReadOnlyList<RasterWindow[]> Groups(int unit = 1) => WindowGroups.Cut(
        red.Raster.Width, red.Raster.Height, red.Raster.BlockWidth, red.Raster.BlockHeight,
        unit == 1 && red.Raster.HasFreeRows && nir.Raster.HasFreeRows,
        (mask.Band?.BlockWidth ?? 0) * mask.Factor, (mask.Band?.BlockHeight ?? 0) * mask.Factor, unit);

    /// <summary>Refuses a mask whose numbers, as far as they were read, are those of another kind.</summary>
    /// <exception cref="InputException">They are.</exception>
    internal static void RequireMaskKind(SceneSource source, MaskValues values)
    {
        if (source.Mask is not SceneMask mask || values.Refusal(mask.Kind) is not var (fault, other)) return;
        string remedy = other is MaskKind kind
            ? $"They are those of {kind.Name()}: give --mask-kind {kind.Name()}, or the band of the kind you named."
            : "Give the quality band, or name its kind.";
        throw new InputException($"{fault} It was to be read as {mask.Kind.Name()}.", remedy, mask.Band.ToString());
    }

    /// <summary>Reads the window's bands and its mask.</summary>
    internal void Load(RasterWindow window)
    {
        red.Load(window, narrow);
        nir.Load(window, narrow);
        green?.Load(window, narrow);
        mask.Load(window);
    }

    /// <summary>NDVI of a run of the loaded window's pixels; gives back how many are not nodata.</summary>
    internal int Ndvi(int start, Span<float> ndvi) => Index(red, nir, start, ndvi);

    /// <summary>
    /// NDWI = (green − NIR) / (green + NIR), above 0 mostly open water; gives back how many are not nodata.
    /// </summary>
    internal int Ndwi(int start, Span<float> ndwi) => Index(nir, green!, start, ndwi);

    /// <summary>1 clear, 0 masked, nodata where a band is nodata: of a run of the loaded window's pixels.</summary>
    internal void Clear(int start, Span<float> result)
    {
        ReadOnlySpan<byte> seen = mask.Clear(start, result.Length);
        for (int i = 0; i < result.Length; i++)
            result[i] = !HasData(start + i) ? NdviKernel.NoData : seen.IsEmpty || seen[i] != 0 ? 1 : 0;
    }

    /// <summary>1 where neither band is nodata, else 0: of a run of the loaded window's pixels.</summary>
    internal void Data(int start, Span<byte> result)
    {
        int length = result.Length;
        if (narrow)
        {
            DataPixels.Mark(
                red.Narrow(start, length), nir.Narrow(start, length), red.Calibration, nir.Calibration, result);
        }
        else
        {
            DataPixels.Mark(red.Wide(start, length), nir.Wide(start, length), red.Calibration, nir.Calibration, result);
        }
    }

    public void Dispose()
    {
        red?.Dispose();
        nir?.Dispose();
        green?.Dispose();
        mask?.Dispose();
    }

    private int Index(SceneBand less, SceneBand more, int start, Span<float> index)
    {
        int length = index.Length;
        ReadOnlySpan<byte> seen = mask.Clear(start, length);
        return narrow
            ? NdviKernel.Compute(
                less.Narrow(start, length), more.Narrow(start, length), seen, less.Calibration, more.Calibration, index)
            : NdviKernel.Compute(
                less.Wide(start, length), more.Wide(start, length), seen, less.Calibration, more.Calibration, index);
    }

    private bool HasData(int at)
    {
        double r = narrow ? red.Narrow(at, 1)[0] : red.Wide(at, 1)[0];
        double n = narrow ? nir.Narrow(at, 1)[0] : nir.Wide(at, 1)[0];
        return double.IsFinite(r) && double.IsFinite(n)
            && r != red.Calibration.NoData && n != nir.Calibration.NoData;
    }
}
