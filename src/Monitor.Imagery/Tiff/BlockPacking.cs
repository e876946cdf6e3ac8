namespace Monitor.Imagery.Tiff;

/// <summary>How the bytes of a block are packed; what else there is, GDAL reads.</summary>
internal enum BlockPacking
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Deflate in a zlib stream.</summary>
    Deflate,

    /// <summary>LZW as of TIFF 6.0, high bits first.</summary>
    Lzw,

    /// <summary>One Zstandard frame.</summary>
    Zstd,
}
