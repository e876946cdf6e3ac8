using System.Numerics;
using System.Runtime.CompilerServices;

namespace Monitor.Raster.Zones;

/// <summary>Which pixels were measured at all, masked or not.</summary>
public static class DataPixels
{
    /// <summary>Writes 1 where neither band is nodata and both are finite, else 0.</summary>
    /// <typeparam name="T"><see cref="ushort"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mark<T>(
        ReadOnlySpan<T> red, ReadOnlySpan<T> nir, in BandCalibration redBand, in BandCalibration nirBand, Span<byte> data)
        where T : unmanaged, INumberBase<T>
    {
        if (nir.Length != red.Length || data.Length != red.Length)
            throw new ArgumentException("Lengths differ.", nameof(nir));
        double redNone = redBand.NoDataOrNaN, nirNone = nirBand.NoDataOrNaN;
        for (int i = 0; i < data.Length; i++)
        {
            double r = double.CreateTruncating(red[i]), n = double.CreateTruncating(nir[i]);
            data[i] = double.IsFinite(r) && double.IsFinite(n) && r != redNone && n != nirNone ? (byte)1 : (byte)0;
        }
    }
}
