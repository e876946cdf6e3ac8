using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>
/// A scene opened for one thread: loads a window of bands and mask, then gives its NDVI piece by piece, so that the
/// pieces stay in the processor's cache.
/// </summary>
internal sealed class SceneReader : IDisposable
{
    // Corners of two rasters may differ by this part of a pixel: more is another grid.
    private const double ShiftMax = 0.1;

    private readonly RasterBand red, nir;
    private readonly RasterBand? mask;
    private readonly SceneSource source;
    private readonly BandCalibration redBand, nirBand;
    private readonly int factor = 1;
    private ushort[] redUInt16 = [], nirUInt16 = [], quality = [];
    private double[] redFloat64 = [], nirFloat64 = [];
    private byte[] classes = [], clear = [];

    internal SceneReader(SceneSource source)
    {
        this.source = source;
        if (!(source.Scale > 0 && double.IsFinite(source.Scale) && double.IsFinite(source.Offset)))
            throw new InputException("Scale must be above 0, and scale and offset finite.", "Give reflectance per DN.");
        red = RasterBand.Open(source.Red);
        try
        {
            nir = RasterBand.Open(source.Nir);
            RequireSameGrid(red, nir, 1);
            if (source.Mask is SceneMask m)
            {
                mask = RasterBand.Open(m.Band);
                factor = FactorOf(red, mask);
                RequireSameGrid(red, mask, factor);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        redBand = Calibration(red);
        nirBand = Calibration(nir);
    }

    internal int Width => red.Width;

    internal int Height => red.Height;

    internal GeoReference? Place => red.Place ?? nir.Place;

    internal IReadOnlyList<RasterWindow> Windows() =>
        RasterWindow.Cut(red.Width, red.Height, red.BlockWidth, red.BlockHeight);

    /// <summary>Reads the window's bands and its mask.</summary>
    internal void Load(RasterWindow window)
    {
        if (red.FitsUInt16 && nir.FitsUInt16)
        {
            red.Read(window.X, window.Y, window.Width, window.Height, Room(ref redUInt16, window.Area));
            nir.Read(window.X, window.Y, window.Width, window.Height, Room(ref nirUInt16, window.Area));
        }
        else
        {
            red.Read(window.X, window.Y, window.Width, window.Height, Room(ref redFloat64, window.Area));
            nir.Read(window.X, window.Y, window.Width, window.Height, Room(ref nirFloat64, window.Area));
        }
        if (mask is not null) LoadMask(mask, source.Mask!, window);
    }

    /// <summary>NDVI of a run of the loaded window's pixels; gives back how many are not nodata.</summary>
    internal int Ndvi(int start, Span<float> ndvi)
    {
        int length = ndvi.Length;
        ReadOnlySpan<byte> seen = mask is null ? default : clear.AsSpan(start, length);
        return red.FitsUInt16 && nir.FitsUInt16
            ? NdviKernel.Compute<ushort>(
                redUInt16.AsSpan(start, length), nirUInt16.AsSpan(start, length), seen, redBand, nirBand, ndvi)
            : NdviKernel.Compute<double>(
                redFloat64.AsSpan(start, length), nirFloat64.AsSpan(start, length), seen, redBand, nirBand, ndvi);
    }

    /// <summary>1 clear, 0 masked, nodata where a band is nodata: of a run of the loaded window's pixels.</summary>
    internal void Clear(int start, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            bool seen = mask is null || clear[start + i] != 0;
            result[i] = !HasData(start + i) ? NdviKernel.NoData : seen ? 1 : 0;
        }
    }

    /// <summary>1 where neither band is nodata, else 0: of a run of the loaded window's pixels.</summary>
    internal void Data(int start, Span<byte> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = HasData(start + i) ? (byte)1 : (byte)0;
    }

    public void Dispose()
    {
        red?.Dispose();
        nir?.Dispose();
        mask?.Dispose();
    }

    private bool HasData(int at)
    {
        bool narrow = red.FitsUInt16 && nir.FitsUInt16;
        double r = narrow ? redUInt16[at] : redFloat64[at], n = narrow ? nirUInt16[at] : nirFloat64[at];
        return double.IsFinite(r) && double.IsFinite(n) && r != redBand.NoData && n != nirBand.NoData;
    }

    private BandCalibration Calibration(RasterBand band)
    {
        double? given = source.NoData is double n && band.IsFloat32 ? (float)n : source.NoData;
        return new(source.Scale, source.Offset, given ?? band.NoData);
    }

    private void LoadMask(RasterBand band, SceneMask rule, RasterWindow window)
    {
        // The window in the mask's own grid, wider by the dilation, cut at the mask's edges.
        int x0 = Math.Max(0, (window.X / factor) - rule.Dilate), y0 = Math.Max(0, (window.Y / factor) - rule.Dilate);
        int x1 = Math.Min(band.Width, ((window.X + window.Width - 1) / factor) + 1 + rule.Dilate);
        int y1 = Math.Min(band.Height, ((window.Y + window.Height - 1) / factor) + 1 + rule.Dilate);
        int width = x1 - x0, area = width * (y1 - y0);
        band.Read(x0, y0, width, y1 - y0, Room(ref quality, area));
        Span<byte> found = Room(ref classes, area);
        MaskRule.Classify(rule.Kind, quality.AsSpan(0, area), found);
        MaskDilation.Dilate(found, width, rule.Dilate);
        Span<byte> target = Room(ref clear, window.Area);
        for (int row = 0; row < window.Height; row++)
        {
            ReadOnlySpan<byte> from = found.Slice(((((window.Y + row) / factor) - y0) * width), width);
            Span<byte> to = target.Slice(row * window.Width, window.Width);
            int column = window.X / factor, rest = window.X % factor;
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[column - x0] == MaskRule.Clear ? (byte)1 : (byte)0;
                if (++rest < factor) continue;
                (rest, column) = (0, column + 1);
            }
        }
    }

    private static Span<T> Room<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length) buffer = GC.AllocateUninitializedArray<T>(length);
        return buffer.AsSpan(0, length);
    }

    private static int FactorOf(RasterBand red, RasterBand mask)
    {
        int whole = Math.Max(1, red.Width / mask.Width);
        if (mask.Width * (long)whole == red.Width && mask.Height * (long)whole == red.Height) return whole;
        throw new InputException(
            $"The mask is {Size(mask)} and red is {Size(red)}: not the same, nor coarser by a whole factor.",
            "Give the quality band of the same scene.", mask.Reference.ToString());
    }

    private static void RequireSameGrid(RasterBand red, RasterBand other, int factor)
    {
        if (factor == 1 && (red.Width != other.Width || red.Height != other.Height))
        {
            throw new InputException(
                $"It is {Size(other)}, but red ({red.Reference}) is {Size(red)}.",
                "Give bands of one scene at one resolution.", other.Reference.ToString());
        }
        if (red.Place is not GeoReference a || other.Place is not GeoReference b) return;
        double allowX = Math.Abs(a.PixelWidth) * ShiftMax, allowY = Math.Abs(a.PixelHeight) * ShiftMax;
        bool same = Math.Abs(a.OriginX - b.OriginX) <= allowX && Math.Abs(a.OriginY - b.OriginY) <= allowY
            && Math.Abs((a.PixelWidth * factor) - b.PixelWidth) * other.Width <= allowX
            && Math.Abs((a.PixelHeight * factor) - b.PixelHeight) * other.Height <= allowY;
        if (same && (a.Wkt.Length == 0 || b.Wkt.Length == 0 || a.Wkt == b.Wkt || IsSameSystem(a, b))) return;
        throw new InputException(
            $"It does not lie on the same ground as red ({red.Reference}).",
            "Give bands of one scene on one grid; warp the other first.", other.Reference.ToString());
    }

    private static bool IsSameSystem(GeoReference a, GeoReference b)
    {
        using SpatialReference one = SpatialReference.FromWkt(a.Wkt), two = SpatialReference.FromWkt(b.Wkt);
        return one.IsSame(two);
    }

    private static string Size(RasterBand band) =>
        string.Create(CultureInfo.InvariantCulture, $"{band.Width} x {band.Height}");
}
