using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// One <see cref="CoverLine"/> over four lanes, in fixed point; the same operations as its scalar twin.
/// </summary>
internal readonly struct CoverLanes256(CoverLine line)
{
    private readonly Vector256<double> soil = Vector256.Create(line.Soil);
    private readonly Vector256<double> slope = Vector256.Create(line.Slope);
    private readonly bool squared = line.Model == CoverModel.CarlsonRipley;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<long> Of(Vector256<double> ndvi)
    {
        Vector256<double> ratio = (ndvi - soil) * slope;
        ratio &= Vector256.GreaterThan(ratio, Vector256<double>.Zero);
        Vector256<double> one = Vector256.Create(1.0);
        ratio = Vector256.ConditionalSelect(Vector256.LessThan(ratio, one), ratio, one);
        return Units(squared ? ratio * ratio : ratio);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<long> Units(Vector256<double> value) =>
        ((value * Vector256.Create((double)FixedPoint.One)) + Vector256.Create(FixedPoint.Magic)).AsInt64()
        - Vector256.Create(FixedPoint.MagicBits);
}

/// <summary>One <see cref="CoverLine"/> over two lanes.</summary>
internal readonly struct CoverLanes128(CoverLine line)
{
    private readonly Vector128<double> soil = Vector128.Create(line.Soil);
    private readonly Vector128<double> slope = Vector128.Create(line.Slope);
    private readonly bool squared = line.Model == CoverModel.CarlsonRipley;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector128<long> Of(Vector128<double> ndvi)
    {
        Vector128<double> ratio = (ndvi - soil) * slope;
        ratio &= Vector128.GreaterThan(ratio, Vector128<double>.Zero);
        Vector128<double> one = Vector128.Create(1.0);
        ratio = Vector128.ConditionalSelect(Vector128.LessThan(ratio, one), ratio, one);
        return Units(squared ? ratio * ratio : ratio);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<long> Units(Vector128<double> value) =>
        ((value * Vector128.Create((double)FixedPoint.One)) + Vector128.Create(FixedPoint.Magic)).AsInt64()
        - Vector128.Create(FixedPoint.MagicBits);
}
