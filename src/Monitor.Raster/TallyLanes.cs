using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// The inner loop of <see cref="RasterTally"/>: NDVI in, sums in fixed point out, and per pixel the fixed-point NDVI
/// and the bin (<see cref="RasterTally.Bins"/> where there is none), which a scalar loop then scatters.
/// </summary>
internal static class TallyLanes
{
    internal static void Run(
        int width, ReadOnlySpan<float> ndvi, CoverEnds? ends, Span<long> units, Span<long> bins, ref NdviSums sums)
    {
        int done = width switch
        {
            256 => Wide(ndvi, ends, units, bins, ref sums),
            128 => Narrow(ndvi, ends, units, bins, ref sums),
            _ => 0,
        };
        for (int i = done; i < ndvi.Length; i++)
        {
            double v = ndvi[i];
            if (!(v >= -1))
            {
                (units[i], bins[i]) = (0, RasterTally.Bins);
                continue;
            }
            units[i] = FixedPoint.From(v);
            bins[i] = BinOf(units[i]);
            sums.Count++;
            sums.Sum += units[i];
            sums.Min = v < sums.Min ? v : sums.Min;
            sums.Max = v > sums.Max ? v : sums.Max;
            if (ends is null) continue;
            sums.CoverLow += FixedPoint.From(ends.Low.Of(v));
            sums.CoverCentral += FixedPoint.From(ends.Central.Of(v));
            sums.CoverHigh += FixedPoint.From(ends.High.Of(v));
        }
    }

    // 2³¹ units over 2,048 bins are 2²⁰ units a bin; NDVI 1 itself falls in the last.
    private static long BinOf(long units)
    {
        long bin = (units + FixedPoint.One) >> 20;
        return bin < RasterTally.Bins ? bin : RasterTally.Bins - 1;
    }

    private static int Wide(
        ReadOnlySpan<float> ndvi, CoverEnds? ends, Span<long> units, Span<long> bins, ref NdviSums sums)
    {
        ref float v0 = ref MemoryMarshal.GetReference(ndvi);
        ref long u0 = ref MemoryMarshal.GetReference(units), b0 = ref MemoryMarshal.GetReference(bins);
        Vector256<double> min = Vector256.Create(sums.Min), max = Vector256.Create(sums.Max);
        Vector256<long> sum = default, low = default, central = default, high = default;
        Vector256<long> last = Vector256.Create(RasterTally.Bins - 1L), none = Vector256.Create((long)RasterTally.Bins);
        bool covers = ends is not null;
        CoverLanes256 a = covers ? new(ends!.Low) : default, b = covers ? new(ends!.Central) : default;
        CoverLanes256 c = covers ? new(ends!.High) : default;
        int i = 0;
        for (; i <= ndvi.Length - 4; i += 4)
        {
            Vector256<double> v = Lanes.Widen256(ref Unsafe.Add(ref v0, i));
            Vector256<double> valid = Vector256.GreaterThanOrEqual(v, Vector256.Create(-1.0));
            sums.Count += BitOperations.PopCount(valid.ExtractMostSignificantBits());
            Vector256<long> q = CoverLanes256.Units(v) & valid.AsInt64();
            q.StoreUnsafe(ref Unsafe.Add(ref u0, i));
            sum += q;
            Vector256<long> bin = (q + Vector256.Create(FixedPoint.One)) >>> 20;
            bin = Vector256.ConditionalSelect(Vector256.GreaterThan(bin, last), last, bin);
            Vector256.ConditionalSelect(valid.AsInt64(), bin, none).StoreUnsafe(ref Unsafe.Add(ref b0, i));
            min = Vector256.ConditionalSelect(valid & Vector256.LessThan(v, min), v, min);
            max = Vector256.ConditionalSelect(valid & Vector256.GreaterThan(v, max), v, max);
            if (!covers) continue;
            low += a.Of(v) & valid.AsInt64();
            central += b.Of(v) & valid.AsInt64();
            high += c.Of(v) & valid.AsInt64();
        }
        sums.Sum += Vector256.Sum(sum);
        sums.CoverLow += Vector256.Sum(low);
        sums.CoverCentral += Vector256.Sum(central);
        sums.CoverHigh += Vector256.Sum(high);
        for (int lane = 0; lane < 4; lane++)
        {
            sums.Min = Math.Min(sums.Min, min.GetElement(lane));
            sums.Max = Math.Max(sums.Max, max.GetElement(lane));
        }
        return i;
    }

    private static int Narrow(
        ReadOnlySpan<float> ndvi, CoverEnds? ends, Span<long> units, Span<long> bins, ref NdviSums sums)
    {
        Vector128<double> min = Vector128.Create(sums.Min), max = Vector128.Create(sums.Max);
        Vector128<long> sum = default, low = default, central = default, high = default;
        Vector128<long> last = Vector128.Create(RasterTally.Bins - 1L), none = Vector128.Create((long)RasterTally.Bins);
        bool covers = ends is not null;
        CoverLanes128 a = covers ? new(ends!.Low) : default, b = covers ? new(ends!.Central) : default;
        CoverLanes128 c = covers ? new(ends!.High) : default;
        int i = 0;
        for (; i <= ndvi.Length - 2; i += 2)
        {
            Vector128<double> v = Vector128.Create(ndvi[i], (double)ndvi[i + 1]);
            Vector128<double> valid = Vector128.GreaterThanOrEqual(v, Vector128.Create(-1.0));
            sums.Count += BitOperations.PopCount(valid.ExtractMostSignificantBits());
            Vector128<long> q = CoverLanes128.Units(v) & valid.AsInt64();
            q.CopyTo(units[i..]);
            sum += q;
            Vector128<long> bin = (q + Vector128.Create(FixedPoint.One)) >>> 20;
            bin = Vector128.ConditionalSelect(Vector128.GreaterThan(bin, last), last, bin);
            Vector128.ConditionalSelect(valid.AsInt64(), bin, none).CopyTo(bins[i..]);
            min = Vector128.ConditionalSelect(valid & Vector128.LessThan(v, min), v, min);
            max = Vector128.ConditionalSelect(valid & Vector128.GreaterThan(v, max), v, max);
            if (!covers) continue;
            low += a.Of(v) & valid.AsInt64();
            central += b.Of(v) & valid.AsInt64();
            high += c.Of(v) & valid.AsInt64();
        }
        sums.Sum += Vector128.Sum(sum);
        sums.CoverLow += Vector128.Sum(low);
        sums.CoverCentral += Vector128.Sum(central);
        sums.CoverHigh += Vector128.Sum(high);
        sums.Min = Math.Min(sums.Min, Math.Min(min.GetElement(0), min.GetElement(1)));
        sums.Max = Math.Max(sums.Max, Math.Max(max.GetElement(0), max.GetElement(1)));
        return i;
    }
}
