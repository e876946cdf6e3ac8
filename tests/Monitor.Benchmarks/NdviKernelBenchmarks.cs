using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Monitor.Raster;

namespace Monitor.Benchmarks;

/// <summary>
/// NDVI of one 512 × 512 tile of UInt16 with offset, nodata and mask, single-threaded: our kernel, its scalar twin, the
/// definition as one writes it, and whole-array passes of TensorPrimitives, which is what array libraries do.
/// </summary>
[MemoryDiagnoser]
public class NdviKernelBenchmarks
{
    private const int Pixels = 512 * 512;
    private const double Scale = 0.0001, Offset = -0.1;

    private readonly ushort[] red = new ushort[Pixels], nir = new ushort[Pixels];
    private readonly byte[] clear = new byte[Pixels];
    private readonly float[] ndvi = new float[Pixels], redBand = new float[Pixels], nirBand = new float[Pixels];
    private readonly float[] sum = new float[Pixels];
    private readonly BandCalibration calibration = new(Scale, Offset, 0);

    /// <summary>Fills the tile: vegetation, some nodata, a quarter under cloud; the same in each run.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(20250715);
        for (int i = 0; i < Pixels; i++)
        {
            bool none = random.Next(128) == 0;
            red[i] = none ? (ushort)0 : (ushort)random.Next(1100, 3500);
            nir[i] = none ? (ushort)0 : (ushort)random.Next(1500, 6000);
            clear[i] = (byte)(random.Next(4) == 0 ? 0 : 1);
        }
    }

    /// <summary>The widest vectors of this machine.</summary>
    [Benchmark(Baseline = true)]
    public int Kernel() => NdviKernel.Compute<ushort>(red, nir, clear, calibration, calibration, ndvi);

    /// <summary>Vectors of 128 bits.</summary>
    [Benchmark]
    public int Kernel128() => NdviKernel.Compute<ushort>(128, red, nir, clear, calibration, calibration, ndvi);

    /// <summary>The kernel's own loop without vectors, which gives the same bits.</summary>
    [Benchmark]
    public int ScalarTwin() => NdviKernel.Compute<ushort>(64, red, nir, clear, calibration, calibration, ndvi);

    /// <summary>A pass over the whole tile per operation, in float32, with an intermediate array each.</summary>
    [Benchmark]
    public float TensorPasses()
    {
        TensorPrimitives.ConvertTruncating<ushort, float>(red, redBand);
        TensorPrimitives.ConvertTruncating<ushort, float>(nir, nirBand);
        TensorPrimitives.Multiply(redBand, (float)Scale, redBand);
        TensorPrimitives.Add(redBand, (float)Offset, redBand);
        TensorPrimitives.Multiply(nirBand, (float)Scale, nirBand);
        TensorPrimitives.Add(nirBand, (float)Offset, nirBand);
        TensorPrimitives.Max(redBand, 0f, redBand);
        TensorPrimitives.Max(nirBand, 0f, nirBand);
        TensorPrimitives.Add(nirBand, redBand, sum);
        TensorPrimitives.Subtract(nirBand, redBand, ndvi);
        TensorPrimitives.Divide(ndvi, sum, ndvi);
        for (int i = 0; i < Pixels; i++)
            if (red[i] == 0 || nir[i] == 0 || clear[i] == 0 || !(sum[i] > 0)) ndvi[i] = NdviKernel.NoData;
        return ndvi[0];
    }
}
