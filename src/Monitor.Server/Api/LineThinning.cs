using System.Globalization;

namespace Monitor.Server.Api;

/// <summary>
/// Thins a line for a chart: of each bucket of neighbours the first, the lowest, the highest and the last stay, so that no peak
/// is lost; a break of the line stays always.
/// </summary>
internal static class LineThinning
{
    private const int PerBucket = 4;

    /// <summary>The same line where it has no more than so many points, else one of about so many.</summary>
    internal static IReadOnlyList<ChartPoint?> Thin(IReadOnlyList<ChartPoint?> line, int points)
    {
        int count = line.Count(p => p is not null);
        if (count <= points) return line;
        int size = (int)Math.Ceiling(count / (points / (double)PerBucket));
        List<ChartPoint?> thin = [];
        List<ChartPoint> bucket = [];
        foreach (ChartPoint? point in line)
        {
            if (point is not null) bucket.Add(point);
            if (point is null || bucket.Count == size) Flush(bucket, thin);
            if (point is null) thin.Add(null);
        }
        Flush(bucket, thin);
        return thin;
    }

    private static void Flush(List<ChartPoint> bucket, List<ChartPoint?> thin)
    {
        if (bucket.Count == 0) return;
        (ChartPoint low, ChartPoint high) = (bucket.MinBy(Number)!, bucket.MaxBy(Number)!);
        thin.AddRange(new[] { bucket[0], low, high, bucket[^1] }.Distinct().OrderBy(p => p.Time));
        bucket.Clear();
    }

    private static decimal Number(ChartPoint point) =>
        decimal.Parse(point.Value.TrimStart('<', '>'), CultureInfo.InvariantCulture);
}
