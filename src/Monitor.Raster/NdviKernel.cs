using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// NDVI = (NIR − red) / (NIR + red) of reflectances, over spans. The arithmetic is double at every vector width,
/// without fused operations, and rounded once to float32: the same bits on every machine.
/// </summary>
public static class NdviKernel
{
    /// <summary>What stands where there is no NDVI.</summary>
    public const float NoData = -9999f;

    /// <summary>
    /// Writes the NDVI of each pixel, or <see cref="NoData"/> where either band is nodata or not finite, where the
    /// mask is 0, or where red + NIR is 0. Nodata is tested before scale and offset; a negative reflectance counts as
    /// 0.
    /// </summary>
    /// <typeparam name="T"><see cref="ushort"/> or <see cref="double"/>: the type in which the band was
    /// read.</typeparam>
    /// <param name="red">DN of red.</param>
    /// <param name="nir">DN of near infrared; as long as <paramref name="red"/>.</param>
    /// <param name="clear">1 clear, 0 masked; empty when nothing is masked.</param>
    /// <param name="redBand">Calibration of red.</param>
    /// <param name="nirBand">Calibration of near infrared.</param>
    /// <param name="ndvi">Receives as many values.</param>
    /// <returns>The number of pixels that are not nodata, masked or not.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or T is another type.</exception>
    public static int Compute<T>(
        ReadOnlySpan<T> red, ReadOnlySpan<T> nir, ReadOnlySpan<byte> clear,
        in BandCalibration redBand, in BandCalibration nirBand, Span<float> ndvi)
        where T : unmanaged, INumberBase<T>
    {
        return Compute(Lanes.Width, red, nir, clear, redBand, nirBand, ndvi);
    }

    /// <summary>
    /// The same, by vectors of the given number of bits: 512, 256, 128, or 64 for no vectors. What is calibrated is
    /// computed in double, which 512 bits make no faster.
    /// </summary>
    internal static int Compute<T>(
        int width, ReadOnlySpan<T> red, ReadOnlySpan<T> nir, ReadOnlySpan<byte> clear,
        in BandCalibration redBand, in BandCalibration nirBand, Span<float> ndvi)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) != typeof(ushort) && typeof(T) != typeof(double))
            throw new ArgumentException($"Bands are read as UInt16 or Float64, not {typeof(T).Name}.", nameof(red));
        if (nir.Length != red.Length || ndvi.Length != red.Length || (clear.Length != red.Length && !clear.IsEmpty))
            throw new ArgumentException("Red, NIR, mask and output must be equally long.", nameof(nir));
        int eligible = 0, done = 0;
        if (typeof(T) == typeof(ushort) && NdviPlain.Fits(redBand, nirBand))
        {
            done = NdviPlain.Run(
                width, MemoryMarshal.Cast<T, ushort>(red), MemoryMarshal.Cast<T, ushort>(nir), clear, redBand, nirBand,
                ndvi, ref eligible);
        }
        else if (width >= 256) done = Wide(red, nir, clear, redBand, nirBand, ndvi, ref eligible);
        else if (width == 128) done = Narrow(red, nir, clear, redBand, nirBand, ndvi, ref eligible);
        for (int i = done; i < red.Length; i++)
        {
            double r = double.CreateTruncating(red[i]), n = double.CreateTruncating(nir[i]);
            if (!double.IsFinite(r) || !double.IsFinite(n) || r == redBand.NoDataOrNaN || n == nirBand.NoDataOrNaN)
            {
                ndvi[i] = NoData;
                continue;
            }
            eligible++;
            r = (r * redBand.Scale) + redBand.Offset;
            n = (n * nirBand.Scale) + nirBand.Offset;
            r = r > 0 ? r : 0;
            n = n > 0 ? n : 0;
            double sum = n + r;
            bool valid = sum > 0 && sum <= double.MaxValue && (clear.IsEmpty || clear[i] != 0);
            ndvi[i] = valid ? (float)((n - r) / sum) : NoData;
        }
        return eligible;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Wide<T>(
        ReadOnlySpan<T> red, ReadOnlySpan<T> nir, ReadOnlySpan<byte> clear,
        in BandCalibration redBand, in BandCalibration nirBand, Span<float> ndvi, ref int eligible)
        where T : unmanaged
    {
        ref T r0 = ref MemoryMarshal.GetReference(red), n0 = ref MemoryMarshal.GetReference(nir);
        ref float o0 = ref MemoryMarshal.GetReference(ndvi);
        Vector256<double> redScale = Vector256.Create(redBand.Scale), redOffset = Vector256.Create(redBand.Offset);
        Vector256<double> nirScale = Vector256.Create(nirBand.Scale), nirOffset = Vector256.Create(nirBand.Offset);
        Vector256<double> redNone = Vector256.Create(redBand.NoDataOrNaN);
        Vector256<double> nirNone = Vector256.Create(nirBand.NoDataOrNaN);
        Vector256<double> max = Vector256.Create(double.MaxValue), zero = Vector256<double>.Zero;
        Vector256<double> noData = Vector256.Create((double)NoData);
        int i = 0, count = 0;
        for (; i <= red.Length - 4; i += 4)
        {
            Vector256<double> r = Lanes.Load256(ref Unsafe.Add(ref r0, i));
            Vector256<double> n = Lanes.Load256(ref Unsafe.Add(ref n0, i));
            Vector256<double> data = Vector256.LessThanOrEqual(Vector256.Abs(r), max)
                & Vector256.LessThanOrEqual(Vector256.Abs(n), max)
                & ~(Vector256.Equals(r, redNone) | Vector256.Equals(n, nirNone));
            count += BitOperations.PopCount(data.ExtractMostSignificantBits());
            r = (r * redScale) + redOffset;
            n = (n * nirScale) + nirOffset;
            r &= Vector256.GreaterThan(r, zero);
            n &= Vector256.GreaterThan(n, zero);
            Vector256<double> sum = n + r;
            Vector256<double> valid = data & Vector256.GreaterThan(sum, zero) & Vector256.LessThanOrEqual(sum, max);
            if (!clear.IsEmpty) valid &= Lanes.Mask256(clear, i);
            Vector256<double> value = Vector256.ConditionalSelect(valid, (n - r) / sum, noData);
            Vector128.Narrow(value.GetLower(), value.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref o0, i));
        }
        eligible += count;
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Narrow<T>(
        ReadOnlySpan<T> red, ReadOnlySpan<T> nir, ReadOnlySpan<byte> clear,
        in BandCalibration redBand, in BandCalibration nirBand, Span<float> ndvi, ref int eligible)
        where T : unmanaged
    {
        ref T r0 = ref MemoryMarshal.GetReference(red), n0 = ref MemoryMarshal.GetReference(nir);
        ref float o0 = ref MemoryMarshal.GetReference(ndvi);
        Vector128<double> max = Vector128.Create(double.MaxValue), zero = Vector128<double>.Zero;
        Vector128<double> redNone = Vector128.Create(redBand.NoDataOrNaN);
        Vector128<double> nirNone = Vector128.Create(nirBand.NoDataOrNaN);
        Vector128<double> noData = Vector128.Create((double)NoData);
        int i = 0, count = 0;
        for (; i <= red.Length - 2; i += 2)
        {
            Vector128<double> r = Lanes.Load128(ref Unsafe.Add(ref r0, i));
            Vector128<double> n = Lanes.Load128(ref Unsafe.Add(ref n0, i));
            Vector128<double> data = Vector128.LessThanOrEqual(Vector128.Abs(r), max)
                & Vector128.LessThanOrEqual(Vector128.Abs(n), max)
                & ~(Vector128.Equals(r, redNone) | Vector128.Equals(n, nirNone));
            count += BitOperations.PopCount(data.ExtractMostSignificantBits());
            r = (r * Vector128.Create(redBand.Scale)) + Vector128.Create(redBand.Offset);
            n = (n * Vector128.Create(nirBand.Scale)) + Vector128.Create(nirBand.Offset);
            r &= Vector128.GreaterThan(r, zero);
            n &= Vector128.GreaterThan(n, zero);
            Vector128<double> sum = n + r;
            Vector128<double> valid = data & Vector128.GreaterThan(sum, zero) & Vector128.LessThanOrEqual(sum, max);
            if (!clear.IsEmpty) valid &= Lanes.Mask128(clear, i);
            Vector128<double> value = Vector128.ConditionalSelect(valid, (n - r) / sum, noData);
            Unsafe.Add(ref o0, i) = (float)value.GetElement(0);
            Unsafe.Add(ref o0, i + 1) = (float)value.GetElement(1);
        }
        eligible += count;
        return i;
    }
}
