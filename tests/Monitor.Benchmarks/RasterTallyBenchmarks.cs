using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Monitor.Raster;

namespace Monitor.Benchmarks;

/// <summary>
/// Count, mean, extremes, squares, histogram and three covers of one 512 × 512 tile of NDVI, a quarter of it masked.
/// </summary>
[MemoryDiagnoser]
public class RasterTallyBenchmarks
{
    private const int Pixels = 512 * 512, Run = 2048;

    private readonly float[] ndvi = new float[Pixels], clear = new float[Pixels], cover = new float[Pixels];
    private readonly CoverEnds ends = new(0.05, 0.10, 0.20, 0.80, 0.86, 0.90);
    private readonly int[] histogram = new int[RasterTally.Bins];

    /// <summary>Fills the tile; the same in each run.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(20250715);
        for (int i = 0; i < Pixels; i++)
            ndvi[i] = random.Next(4) == 0 ? NdviKernel.NoData : (float)((random.NextDouble() * 1.2) - 0.2);
    }

    /// <summary>The tally with the widest vectors.</summary>
    [Benchmark(Baseline = true)]
    public double? Tally() => Fill(Lanes.Width);

    /// <summary>The tally without vectors: the same bits.</summary>
    [Benchmark]
    public double? ScalarTwin() => Fill(64);

    /// <summary>The same figures by passes of TensorPrimitives over the clear pixels, in float32.</summary>
    [Benchmark]
    public float TensorPasses()
    {
        int count = 0;
        foreach (float v in ndvi)
            if (v >= -1) clear[count++] = v;
        ReadOnlySpan<float> seen = clear.AsSpan(0, count);
        Span<float> part = cover.AsSpan(0, count);
        float figures = TensorPrimitives.Sum(seen) + TensorPrimitives.SumOfSquares(seen)
            + TensorPrimitives.Min(seen) + TensorPrimitives.Max(seen);
        foreach (CoverLine line in (CoverLine[])[ends.Low, ends.Central, ends.High])
        {
            TensorPrimitives.Subtract(seen, (float)line.Soil, part);
            TensorPrimitives.Divide(part, (float)(line.Veg - line.Soil), part);
            TensorPrimitives.Clamp(part, 0f, 1f, part);
            figures += TensorPrimitives.Sum<float>(part);
        }
        foreach (float v in seen) histogram[Math.Min((int)((v + 1) * (RasterTally.Bins / 2)), RasterTally.Bins - 1)]++;
        return figures;
    }

    private double? Fill(int width)
    {
        var tally = new RasterTally(ends);
        for (int at = 0; at < Pixels; at += Run) tally.Add(width, ndvi.AsSpan(at, Run), Run);
        return tally.Mean;
    }
}
