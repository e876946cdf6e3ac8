namespace Monitor.Raster;

/// <summary>
/// Counts the pixels of a quality band by what masks them. Each pixel counts once, under the first of its kind's
/// classes that applies, so that the classes sum to all that is masked. Not thread-safe: one per thread, then
/// <see cref="Combine"/>.
/// </summary>
/// <param name="kind">What the band's numbers mean.</param>
public sealed class MaskCensus(MaskKind kind)
{
    /// <summary>Class of what only <see cref="MaskDilation"/> masks.</summary>
    public const string Grown = "dilated";

    /// <summary>Class of what only a saturation band masks.</summary>
    public const string Saturated = "saturated";

    private readonly string[] classes = kind switch
    {
        MaskKind.Scl =>
        [
            "no-data", "saturated-or-defective", "dark", "cloud-shadow", "unclassified", "cloud-medium", "cloud-high",
            "cirrus", "snow",
        ],
        MaskKind.QaPixel => ["fill", "cloud", "dilated-cloud", "cirrus", "cloud-shadow", "snow"],
        MaskKind.Bqa => ["fill", "cloud", "cloud-shadow", "snow", "cirrus"],
        _ => ["fill", "cloud", "snow", "cirrus"],
    };

    private readonly long[] numbers = new long[ushort.MaxValue + 1];
    private long grown, saturated;

    /// <summary>Counts a piece of the band, each number for so many pixels of the scene.</summary>
    public void Add(ReadOnlySpan<ushort> quality, long pixelsEach)
    {
        // Clear ground, cloud and fill lie in runs.
        while (!quality.IsEmpty)
        {
            ushort v = quality[0];
            int end = quality.IndexOfAnyExcept(v), run = end < 0 ? quality.Length : end;
            numbers[v] += run * pixelsEach;
            quality = quality[run..];
        }
    }

    /// <summary>The same of a band of bytes.</summary>
    public void Add(ReadOnlySpan<byte> quality, long pixelsEach) => ByteCensus.Add(quality, pixelsEach, numbers);

    /// <summary>Counts pixels that the band calls clear and that are masked for another reason.</summary>
    public void AddOthers(long grownPixels, long saturatedPixels)
    {
        grown += grownPixels;
        saturated += saturatedPixels;
    }

    /// <summary>Adds the other's counts, of the same kind.</summary>
    public void Combine(MaskCensus other)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] += other.numbers[i];
        AddOthers(other.grown, other.saturated);
    }

    /// <summary>Masked pixels by class, in the kind's order; classes that do not occur are left out.</summary>
    public IReadOnlyList<(string Class, long Pixels)> Masked()
    {
        string[] names = [.. classes, Grown, Saturated];
        long[] counts = new long[names.Length];
        for (int v = 0; v < numbers.Length; v++)
            if (numbers[v] > 0 && ClassOf((ushort)v) is int index) counts[index] += numbers[v];
        (counts[^2], counts[^1]) = (grown, saturated);
        // No queries here: each would be compiled for this one use, in a process that lives for a fifth of a second.
        int found = 0;
        foreach (long count in counts)
            if (count > 0) found++;
        var masked = new (string, long)[found];
        found = 0;
        for (int i = 0; i < names.Length; i++)
            if (counts[i] > 0) masked[found++] = (names[i], counts[i]);
        return masked;
    }

    // Null for a number that is clear; the same verdict as MaskRule's.
    private int? ClassOf(ushort v) => kind switch
    {
        MaskKind.Scl => v switch
        {
            4 or 5 or 6 => null,
            <= 3 => v,
            _ => Math.Min(v - 3, classes.Length - 1),
        },
        MaskKind.QaPixel => First(Bit(v, 0), Bit(v, 3), Bit(v, 1), Bit(v, 2), Bit(v, 4), Bit(v, 5)),
        MaskKind.Bqa => First(
            Bit(v, 0), Bit(v, 4) || Level(v, 5) == 3, Level(v, 7) == 3, Level(v, 9) == 3, Level(v, 11) == 3),
        _ => First(Bit(v, 0), Level(v, 14) >= 2, Level(v, 10) == 3, Level(v, 12) == 3),
    };

    private static int? First(params ReadOnlySpan<bool> applies)
    {
        int index = applies.IndexOf(true);
        return index < 0 ? null : index;
    }

    private static bool Bit(ushort v, int bit) => (v >> bit & 1) != 0;

    private static int Level(ushort v, int bit) => v >> bit & 3;
}
