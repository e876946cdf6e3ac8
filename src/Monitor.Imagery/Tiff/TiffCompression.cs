namespace Monitor.Imagery.Tiff;

/// <summary>How a GeoTIFF's tiles are packed; all three lose nothing.</summary>
public enum TiffCompression
{
    /// <summary>Not at all: largest and fastest.</summary>
    None,

    /// <summary>Deflate: every reader understands it.</summary>
    Deflate,

    /// <summary>Zstandard: faster and smaller, for newer readers.</summary>
    Zstd,
}
