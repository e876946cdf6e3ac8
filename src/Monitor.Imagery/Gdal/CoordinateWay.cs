using System.Runtime.InteropServices;
using Monitor.Domain;

namespace Monitor.Imagery.Gdal;

/// <summary>A way from one coordinate system to another, for one thread.</summary>
internal sealed unsafe class CoordinateWay : SafeHandle
{
    private CoordinateWay(nint way) : base(0, ownsHandle: true) => SetHandle(way);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Opens the way between two systems in WKT.</summary>
    /// <exception cref="InputException">One cannot be read, or there is no way.</exception>
    internal static CoordinateWay Between(string from, string to)
    {
        using SpatialReference source = SpatialReference.FromWkt(from), target = SpatialReference.FromWkt(to);
        GdalError.Reset();
        nint way = source.WayTo(target);
        return way != 0 ? new CoordinateWay(way) : throw new InputException(
            $"There is no way between the two coordinate systems: {GdalError.Text}.", "Give a file in a projected system.");
    }

    /// <summary>Brings points over in place; a point that has no place there becomes NaN.</summary>
    internal void Transform(Span<double> x, Span<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException("Every x needs its y.");
        if (x.IsEmpty) return;
        int[] found = new int[x.Length];
        fixed (double* px = x, py = y)
        fixed (int* ok = found)
        {
            // The result says only whether all points were brought over; each has its own answer.
            _ = GdalNative.OCTTransformEx(handle, x.Length, px, py, null, ok);
        }
        for (int i = 0; i < found.Length; i++)
            if (found[i] == 0 || !double.IsFinite(x[i]) || !double.IsFinite(y[i])) (x[i], y[i]) = (double.NaN, double.NaN);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        GdalNative.OCTDestroyCoordinateTransformation(handle);
        return true;
    }
}
