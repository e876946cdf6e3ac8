using Monitor.Imagery.Tiff;

namespace Monitor.Imagery.Gdal;

/// <summary>A coordinate system as a GeoTIFF holds it: the key directory and the values that do not fit in it.</summary>
internal sealed class GeoKeys : IEquatable<GeoKeys>
{
    // GeoTIFF 1.1: GTRasterTypeGeoKey says whether a tiepoint means a pixel's corner (1) or its middle (2).
    private const ushort RasterType = 1025, IsArea = 1, IsPoint = 2;

    private GeoKeys(ushort[] directory, double[] doubles, string text) =>
        (Directory, Doubles, Text) = (directory, doubles, text);

    /// <summary>A head of four and four numbers for each key; always of a raster of areas.</summary>
    internal ushort[] Directory { get; }

    internal double[] Doubles { get; }

    internal string Text { get; }

    /// <summary>
    /// The keys of a file, and whether its tiepoints mean the middle of pixels; null where it has none.
    /// </summary>
    internal static (GeoKeys Keys, bool IsPoint)? Of(TiffDirectory tags)
    {
        if (tags.Numbers(TiffTag.GeoKeys) is not { Length: >= 4 } numbers) return null;
        if (numbers.Length < 4 + (4 * numbers[3])) return null;
        ushort[] directory = new ushort[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] > ushort.MaxValue) return null;
            directory[i] = (ushort)numbers[i];
        }
        bool isPoint = false;
        for (int at = 4; at < 4 + (4 * directory[3]); at += 4)
        {
            if (directory[at] != RasterType || directory[at + 1] != 0) continue;
            isPoint |= directory[at + 3] == IsPoint;
            directory[at + 3] = IsArea;
        }
        string text = tags.Text(TiffTag.GeoText) ?? "";
        return (new GeoKeys(directory, tags.Doubles(TiffTag.GeoDoubles) ?? [], text), isPoint);
    }

    public bool Equals(GeoKeys? other)
    {
        if (other is null || Text != other.Text) return false;
        if (Directory.Length != other.Directory.Length || Doubles.Length != other.Doubles.Length) return false;
        for (int i = 0; i < Directory.Length; i++)
            if (Directory[i] != other.Directory[i]) return false;
        for (int i = 0; i < Doubles.Length; i++)
            if (Doubles[i] != other.Doubles[i]) return false;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as GeoKeys);

    public override int GetHashCode() => HashCode.Combine(Directory.Length, Doubles.Length, Text);
}
