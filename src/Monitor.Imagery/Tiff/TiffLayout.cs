namespace Monitor.Imagery.Tiff;

/// <summary>
/// What a TIFF directory says of its pixels, where every word of it is one that is understood here.
/// </summary>
internal sealed record TiffLayout
{
    // A block above this is no tile of a scene; GDAL decides what to do with it.
    private const long BlockBytesMax = 64L << 20;

    internal required int Width { get; init; }

    internal required int Height { get; init; }

    internal required int BlockWidth { get; init; }

    internal required int BlockHeight { get; init; }

    internal required bool IsTiled { get; init; }

    internal required int Samples { get; init; }

    /// <summary>Samples of a pixel stand together, and not in planes of their own.</summary>
    internal required bool IsInterleaved { get; init; }

    internal required PixelType Type { get; init; }

    internal required BlockPacking Packing { get; init; }

    internal required int Predictor { get; init; }

    internal required bool IsBigEndian { get; init; }

    internal required long[] Offsets { get; init; }

    internal required long[] ByteCounts { get; init; }

    internal int SampleBytes => Type switch { PixelType.Byte => 1, PixelType.Float32 => 4, _ => 2 };

    /// <summary>Samples in one decoded block that stand together: all of a pixel, or one.</summary>
    internal int Step => IsInterleaved ? Samples : 1;

    internal int Across => ((Width - 1) / BlockWidth) + 1;

    internal int Down => ((Height - 1) / BlockHeight) + 1;

    /// <summary>Rows of a block: a tile is always whole, the last strip may be shorter.</summary>
    internal int RowsOf(int blockRow) =>
        IsTiled ? BlockHeight : Math.Min(BlockHeight, Height - (blockRow * BlockHeight));

    /// <summary>The layout; null where anything is odd, and GDAL should judge it.</summary>
    internal static TiffLayout? Of(TiffDirectory tags)
    {
        if (tags.Number(TiffTag.SubfileType, 0) != 0 || tags.Number(TiffTag.FillOrder, 1) != 1
            || tags.Number(TiffTag.Orientation, 1) != 1 || tags.Number(TiffTag.Photometric) is not (>= 0 and <= 3))
        {
            return null;
        }
        bool tiled = tags.Has(TiffTag.TileWidth);
        if (Side(tags, TiffTag.Width) is not int width || Side(tags, TiffTag.Height) is not int height) return null;
        int? blockWidth = tiled ? Side(tags, TiffTag.TileWidth) : width;
        int? blockHeight = tiled ? Side(tags, TiffTag.TileHeight) : StripRows(tags, height);
        if (tags.Number(TiffTag.SamplesPerPixel, 1) is not (>= 1 and <= ushort.MaxValue and long samples)) return null;
        if (tags.Number(TiffTag.Planar, 1) is not (1 or 2) || TypeOf(tags, samples) is not PixelType type) return null;
        if (PackingOf(tags) is not BlockPacking packing || PredictorOf(tags, packing, type) is not int predictor)
            return null;
        if (blockWidth is null || blockHeight is null) return null;
        long[]? offsets = tags.Numbers(tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
        long[]? counts = tags.Numbers(tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts);
        if (offsets is null || counts is null) return null;
        var layout = new TiffLayout
        {
            Width = width,
            Height = height,
            BlockWidth = blockWidth.Value,
            BlockHeight = blockHeight.Value,
            IsTiled = tiled,
            Samples = (int)samples,
            IsInterleaved = samples == 1 || tags.Number(TiffTag.Planar, 1) == 1,
            Type = type,
            Packing = packing,
            Predictor = predictor,
            IsBigEndian = tags.IsBigEndian,
            Offsets = offsets,
            ByteCounts = counts,
        };
        return layout.HoldsTogether() ? layout : null;
    }

    private bool HoldsTogether()
    {
        long planes = IsInterleaved ? 1 : Samples;
        long blocks = (long)Across * Down * planes;
        long bytes = (long)BlockWidth * BlockHeight * Step * SampleBytes;
        return Offsets.Length == blocks && ByteCounts.Length == blocks && bytes <= BlockBytesMax;
    }

    // Columns and rows of a raster, or of a block of it.
    private static int? Side(TiffDirectory tags, ushort tag) =>
        tags.Number(tag) is >= 1 and <= int.MaxValue and long side ? (int)side : null;

    private static int? StripRows(TiffDirectory tags, int height) =>
        tags.Number(TiffTag.RowsPerStrip, height) is >= 1 and long rows ? (int)Math.Min(rows, height) : null;

    private static PixelType? TypeOf(TiffDirectory tags, long samples)
    {
        long[] bits = tags.Numbers(TiffTag.BitsPerSample) ?? [], formats = tags.Numbers(TiffTag.SampleFormat) ?? [1];
        if (bits.Length != samples || (tags.Has(TiffTag.SampleFormat) && formats.Length != samples)) return null;
        if (!AreAlike(bits) || !AreAlike(formats)) return null;
        return (bits[0], formats[0]) switch
        {
            (8, 1) => PixelType.Byte,
            (16, 1) => PixelType.UInt16,
            (16, 2) => PixelType.Int16,
            (32, 3) => PixelType.Float32,
            _ => null,
        };
    }

    // A plain loop: the BCL's searches over Int64 are compiled at the first call, and take longer than all of this.
    private static bool AreAlike(long[] numbers)
    {
        foreach (long number in numbers)
            if (number != numbers[0]) return false;
        return true;
    }

    private static BlockPacking? PackingOf(TiffDirectory tags) => tags.Number(TiffTag.Compression, 1) switch
    {
        1 => BlockPacking.None,
        5 => BlockPacking.Lzw,
        8 or 32946 => BlockPacking.Deflate,
        50000 => BlockPacking.Zstd,
        _ => null,
    };

    // Unpacked data has no predictor, whatever its tag says.
    private static int? PredictorOf(TiffDirectory tags, BlockPacking packing, PixelType type) =>
        (packing, tags.Number(TiffTag.Predictor, 1)) switch
        {
            (BlockPacking.None, _) or (_, 1) => 1,
            (_, 2) => 2,
            (_, 3) when type == PixelType.Float32 => 3,
            _ => null,
        };
}
