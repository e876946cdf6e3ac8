using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>The sums of the three covers over a run of NDVI, in fixed point; the same bits at every width.</summary>
internal static class CoverLanes
{
    internal static void Run(int width, ReadOnlySpan<float> ndvi, CoverEnds ends, ref NdviSums sums)
    {
        sums.CoverLow += Sum(width, ndvi, ends.Low);
        sums.CoverCentral += Sum(width, ndvi, ends.Central);
        sums.CoverHigh += Sum(width, ndvi, ends.High);
    }

    private static long Sum(int width, ReadOnlySpan<float> ndvi, CoverLine line)
    {
        long sum = 0;
        int done = width switch
        {
            512 when Vector512.IsHardwareAccelerated => Sum512(ndvi, line, ref sum),
            256 when Vector256.IsHardwareAccelerated => Sum256(ndvi, line, ref sum),
            128 when Vector128.IsHardwareAccelerated => Sum128(ndvi, line, ref sum),
            _ => 0,
        };
        for (int i = done; i < ndvi.Length; i++)
            if (ndvi[i] >= -1) sum += FixedPoint.From(line.Of(ndvi[i]));
        return sum;
    }

    // A pixel without NDVI lies far below soil: its ratio is clamped to 0 and adds nothing. A NaN is made 0 as well.
    // Each lane adds the bits of 1.5 × 2⁵² + units; what is too much of it is taken off once, at the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sum512(ReadOnlySpan<float> ndvi, CoverLine line, ref long sum)
    {
        ref float v0 = ref MemoryMarshal.GetReference(ndvi);
        Vector512<double> soil = Vector512.Create(line.Soil), slope = Vector512.Create(line.Slope);
        Vector512<double> one = Vector512.Create(1.0), units = Vector512.Create((double)FixedPoint.One);
        Vector512<double> magic = Vector512.Create(FixedPoint.Magic);
        bool squared = line.Model == CoverModel.CarlsonRipley;
        Vector512<long> bits = default;
        int i = 0;
        for (; i <= ndvi.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref v0, (nuint)i);
            Vector512<double> wide = Vector512.Create(Vector256.WidenLower(v), Vector256.WidenUpper(v));
            Vector512<double> ratio = (wide - soil) * slope;
            ratio &= Vector512.GreaterThan(ratio, Vector512<double>.Zero);
            ratio = Vector512.MinNative(ratio, one);
            if (squared) ratio *= ratio;
            bits += ((ratio * units) + magic).AsInt64();
        }
        sum += Vector512.Sum(bits) - (i * FixedPoint.MagicBits);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sum256(ReadOnlySpan<float> ndvi, CoverLine line, ref long sum)
    {
        ref float v0 = ref MemoryMarshal.GetReference(ndvi);
        Vector256<double> soil = Vector256.Create(line.Soil), slope = Vector256.Create(line.Slope);
        Vector256<double> one = Vector256.Create(1.0), units = Vector256.Create((double)FixedPoint.One);
        Vector256<double> magic = Vector256.Create(FixedPoint.Magic);
        bool squared = line.Model == CoverModel.CarlsonRipley;
        Vector256<long> bits = default;
        int i = 0;
        for (; i <= ndvi.Length - 4; i += 4)
        {
            Vector128<float> v = Vector128.LoadUnsafe(ref v0, (nuint)i);
            Vector256<double> wide = Vector256.Create(Vector128.WidenLower(v), Vector128.WidenUpper(v));
            Vector256<double> ratio = (wide - soil) * slope;
            ratio &= Vector256.GreaterThan(ratio, Vector256<double>.Zero);
            ratio = Vector256.MinNative(ratio, one);
            if (squared) ratio *= ratio;
            bits += ((ratio * units) + magic).AsInt64();
        }
        sum += Vector256.Sum(bits) - (i * FixedPoint.MagicBits);
        return i;
    }

    private static int Sum128(ReadOnlySpan<float> ndvi, CoverLine line, ref long sum)
    {
        Vector128<double> soil = Vector128.Create(line.Soil), slope = Vector128.Create(line.Slope);
        Vector128<double> one = Vector128.Create(1.0), units = Vector128.Create((double)FixedPoint.One);
        Vector128<double> magic = Vector128.Create(FixedPoint.Magic);
        bool squared = line.Model == CoverModel.CarlsonRipley;
        Vector128<long> bits = default;
        int i = 0;
        for (; i <= ndvi.Length - 2; i += 2)
        {
            Vector128<double> ratio = (Vector128.Create(ndvi[i], (double)ndvi[i + 1]) - soil) * slope;
            ratio &= Vector128.GreaterThan(ratio, Vector128<double>.Zero);
            ratio = Vector128.ConditionalSelect(Vector128.LessThan(ratio, one), ratio, one);
            if (squared) ratio *= ratio;
            bits += ((ratio * units) + magic).AsInt64();
        }
        sum += Vector128.Sum(bits) - (i * FixedPoint.MagicBits);
        return i;
    }
}
