using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>One polygon over any raster.</summary>
internal static class ValueZone
{
    private const int PixelsMax = 1 << 18;

    internal static ValueTally Tally(RasterBand band, GridFrame frame, double? given, Polygon zone, CoverageRule rule)
    {
        var tally = new ValueTally();
        double? noData = given is double n && band.IsFloat32 ? (float)n : given ?? band.NoData;
        if (frame.Touched(zone) is not (int left, int right, int top, int bottom)) return tally;
        IPixelCoverage coverage = rule == CoverageRule.Centre
            ? new CentreCoverage(zone, frame) : new ExactCoverage(zone, frame);
        int width = right - left;
        // Down to the next stored block, so that a block is read for one piece only.
        int rows = Math.Max(1, PixelsMax / width);
        if (rows > band.BlockHeight) rows -= rows % band.BlockHeight;
        double[] values = [];
        int[] weights = new int[width];
        for (int y = top; y < bottom;)
        {
            int end = Math.Min(bottom, ((y / rows) + 1) * rows);
            Array.Resize(ref values, width * (end - y));
            band.Read(left, y, width, end - y, values);
            for (int row = y; row < end; row++)
                if (coverage.Weigh(row, left, weights)) tally.Add(values.AsSpan((row - y) * width, width), noData, weights);
            y = end;
        }
        return tally;
    }
}
