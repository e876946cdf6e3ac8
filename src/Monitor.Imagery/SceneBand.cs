using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>
/// One reflectance band of a scene, for one thread: the window that is loaded, and what its numbers mean.
/// </summary>
internal sealed class SceneBand : IDisposable
{
    private readonly WindowBuffer<ushort> narrow = new();
    private readonly WindowBuffer<double> wide = new();

    // The window whose pixels lie in a block of the reader, which lends them; none when they are in a buffer here.
    private RasterWindow? lent;

    private SceneBand(RasterBand raster, BandCalibration calibration) => (Raster, Calibration) = (raster, calibration);

    internal RasterBand Raster { get; }

    internal BandCalibration Calibration { get; }

    internal static SceneBand Open(BandReference reference, BandScaling? own, SceneSource source)
    {
        BandScaling scaling = own ?? new BandScaling(source.Scale, source.Offset);
        if (!(scaling.Scale > 0 && double.IsFinite(scaling.Scale) && double.IsFinite(scaling.Offset)))
        {
            throw new InputException(
                "Scale must be above 0, and scale and offset finite.", "Give reflectance per DN.",
                reference.ToString());
        }
        RasterBand raster = RasterBand.Open(reference);
        double? given = source.NoData ?? scaling.NoData;
        if (raster.IsFloat32 && given is double n) given = (float)n;
        return new SceneBand(raster, new BandCalibration(scaling.Scale, scaling.Offset, given ?? raster.NoData));
    }

    /// <summary>Reads a window, as UInt16 or as Float64: all bands of a scene in the same way.</summary>
    internal void Load(RasterWindow window, bool asUInt16)
    {
        lent = asUInt16 && Raster.TryLend(window, out ReadOnlySpan<ushort> _) ? window : null;
        if (lent is not null) return;
        if (asUInt16) Raster.Read(window.X, window.Y, window.Width, window.Height, narrow.Of(window.Area));
        else Raster.Read(window.X, window.Y, window.Width, window.Height, wide.Of(window.Area));
    }

    internal ReadOnlySpan<ushort> Narrow(int start, int length) =>
        lent is RasterWindow window && Raster.TryLend(window, out ReadOnlySpan<ushort> values)
            ? values.Slice(start, length)
            : narrow.Part(start, length);

    internal ReadOnlySpan<double> Wide(int start, int length) => wide.Part(start, length);

    public void Dispose() => Raster.Dispose();
}
