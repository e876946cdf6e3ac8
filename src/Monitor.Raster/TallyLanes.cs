using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Monitor.Raster;

/// <summary>
/// The inner loop of <see cref="RasterTally"/>: NDVI in float32 to sums in fixed point and bins. An NDVI times 2³⁰ is
/// exact in float32 and rounded once, to the nearest integer, half to even; all that follows is integers.
/// </summary>
internal static class TallyLanes
{
    private const int LowBits = (1 << BinScatter.UnitBits) - 1;

    internal static void Run(int width, ReadOnlySpan<float> ndvi, BinScatter bins, ref NdviSums sums)
    {
        int done = 0;
        if (width == 512 && Avx512F.IsSupported) done = Run512(ndvi, ref bins.First, ref sums);
        else if (width == 256 && Avx2.IsSupported) done = Run256(ndvi, ref bins.First, ref sums);
        else if (width == 128 && Vector128.IsHardwareAccelerated) done = Run128(ndvi, bins, ref sums);
        ulong low = 0, high = 0;
        for (int i = done; i < ndvi.Length; i++)
        {
            float v = ndvi[i];
            if (!(v >= -1)) continue;
            long units = FixedPoint.From(v);
            sums.Count++;
            sums.Min = v < sums.Min ? v : sums.Min;
            sums.Max = v > sums.Max ? v : sums.Max;
            Scatter(units, bins, ref sums, ref low, ref high);
        }
        sums.AddSquares(low, high);
    }

    private static void Scatter(long units, BinScatter bins, ref NdviSums sums, ref ulong low, ref ulong high)
    {
        ulong square = (ulong)(units * units);
        low += square & uint.MaxValue;
        high += square >> 32;
        sums.WithinBins += (units + FixedPoint.One) & LowBits;
        bins.Count((int)((units + FixedPoint.One) >> BinScatter.UnitBits));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run512(ReadOnlySpan<float> ndvi, ref uint bins, ref NdviSums sums)
    {
        ref float v0 = ref MemoryMarshal.GetReference(ndvi);
        Vector512<float> min = Vector512.Create(sums.Min), max = Vector512.Create(sums.Max);
        Vector512<float> one = Vector512.Create((float)FixedPoint.One);
        Vector512<uint> within = default, dump = Vector512.Create((uint)BinScatter.Dump);
        Vector512<ulong> low = default, high = default;
        long count = 0;
        int i = 0;
        for (; i <= ndvi.Length - 16; i += 16)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref v0, (nuint)i);
            Vector512<float> valid = Vector512.GreaterThanOrEqual(v, Vector512.Create(-1f));
            ulong seen = valid.ExtractMostSignificantBits();
            if (seen == 0) continue;
            count += BitOperations.PopCount(seen);
            min = Vector512.MinNative(Vector512.ConditionalSelect(valid, v, min), min);
            max = Vector512.MaxNative(Vector512.ConditionalSelect(valid, v, max), max);
            Vector512<int> q = Avx512F.ConvertToVector512Int32(v * one) & valid.AsInt32();
            Vector512<uint> u = (q + Vector512.Create((int)FixedPoint.One)).AsUInt32();
            within += u & Vector512.Create((uint)LowBits);
            // Squares of the even lanes and of the odd ones: two of them are below 2⁶².
            Vector512<int> odd = (q.AsUInt64() >>> 32).AsInt32();
            Vector512<ulong> squares = (Avx512F.Multiply(q, q) + Avx512F.Multiply(odd, odd)).AsUInt64();
            low += squares & Vector512.Create((ulong)uint.MaxValue);
            high += squares >>> 32;
            Vector512<uint> bin = Vector512.ConditionalSelect(valid.AsUInt32(), u >>> BinScatter.UnitBits, dump);
            Vector256<ulong> sixteen = Avx512F.ConvertToVector256UInt16(bin).AsUInt64();
            BinScatter.Count(ref bins, sixteen.GetElement(0));
            BinScatter.Count(ref bins, sixteen.GetElement(1));
            BinScatter.Count(ref bins, sixteen.GetElement(2));
            BinScatter.Count(ref bins, sixteen.GetElement(3));
        }
        sums.Count += count;
        Extremes(min.GetLower(), max.GetLower(), ref sums);
        Extremes(min.GetUpper(), max.GetUpper(), ref sums);
        sums.WithinBins += Within(within.GetLower()) + Within(within.GetUpper());
        sums.AddSquares(Vector512.Sum(low), Vector512.Sum(high));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run256(ReadOnlySpan<float> ndvi, ref uint bins, ref NdviSums sums)
    {
        ref float v0 = ref MemoryMarshal.GetReference(ndvi);
        Vector256<float> min = Vector256.Create(sums.Min), max = Vector256.Create(sums.Max);
        Vector256<float> one = Vector256.Create((float)FixedPoint.One);
        Vector256<uint> within = default, dump = Vector256.Create((uint)BinScatter.Dump);
        Vector256<ulong> low = default, high = default;
        long count = 0;
        int i = 0;
        for (; i <= ndvi.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref v0, (nuint)i);
            Vector256<float> valid = Vector256.GreaterThanOrEqual(v, Vector256.Create(-1f));
            uint seen = valid.ExtractMostSignificantBits();
            if (seen == 0) continue;
            count += BitOperations.PopCount(seen);
            min = Vector256.MinNative(Vector256.ConditionalSelect(valid, v, min), min);
            max = Vector256.MaxNative(Vector256.ConditionalSelect(valid, v, max), max);
            Vector256<int> q = Avx.ConvertToVector256Int32(v * one) & valid.AsInt32();
            Vector256<uint> u = (q + Vector256.Create((int)FixedPoint.One)).AsUInt32();
            within += u & Vector256.Create((uint)LowBits);
            Vector256<int> odd = (q.AsUInt64() >>> 32).AsInt32();
            Vector256<ulong> squares = (Avx2.Multiply(q, q) + Avx2.Multiply(odd, odd)).AsUInt64();
            low += squares & Vector256.Create((ulong)uint.MaxValue);
            high += squares >>> 32;
            Vector256<uint> bin = Vector256.ConditionalSelect(valid.AsUInt32(), u >>> BinScatter.UnitBits, dump);
            Vector128<ulong> eight = Vector128.Narrow(bin.GetLower(), bin.GetUpper()).AsUInt64();
            BinScatter.Count(ref bins, eight.GetElement(0));
            BinScatter.Count(ref bins, eight.GetElement(1));
        }
        sums.Count += count;
        Extremes(min, max, ref sums);
        sums.WithinBins += Within(within);
        sums.AddSquares(Vector256.Sum(low), Vector256.Sum(high));
        return i;
    }

    private static int Run128(ReadOnlySpan<float> ndvi, BinScatter bins, ref NdviSums sums)
    {
        ref float v0 = ref MemoryMarshal.GetReference(ndvi);
        Vector128<float> min = Vector128.Create(sums.Min), max = Vector128.Create(sums.Max);
        ulong low = 0, high = 0;
        int i = 0;
        for (; i <= ndvi.Length - 4; i += 4)
        {
            Vector128<float> v = Vector128.LoadUnsafe(ref v0, (nuint)i);
            Vector128<float> valid = Vector128.GreaterThanOrEqual(v, Vector128.Create(-1f));
            uint seen = valid.ExtractMostSignificantBits();
            sums.Count += BitOperations.PopCount(seen);
            min = Vector128.ConditionalSelect(valid & Vector128.LessThan(v, min), v, min);
            max = Vector128.ConditionalSelect(valid & Vector128.GreaterThan(v, max), v, max);
            Vector128<int> q = Vector128.ConvertToInt32(Vector128.Round(v * Vector128.Create((float)FixedPoint.One)));
            for (int lane = 0; lane < 4; lane++)
                if ((seen >> lane & 1) != 0) Scatter(q.GetElement(lane), bins, ref sums, ref low, ref high);
        }
        for (int lane = 0; lane < 4; lane++)
        {
            sums.Min = Math.Min(sums.Min, min.GetElement(lane));
            sums.Max = Math.Max(sums.Max, max.GetElement(lane));
        }
        sums.AddSquares(low, high);
        return i;
    }

    // A chunk is short enough for its lanes to hold 32 bits; their sum may not.
    private static long Within(Vector256<uint> lanes) =>
        (long)Vector256.Sum(Vector256.WidenLower(lanes) + Vector256.WidenUpper(lanes));

    private static void Extremes(Vector256<float> min, Vector256<float> max, ref NdviSums sums)
    {
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            sums.Min = Math.Min(sums.Min, min.GetElement(lane));
            sums.Max = Math.Max(sums.Max, max.GetElement(lane));
        }
    }
}
