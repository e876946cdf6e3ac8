namespace Monitor.Imagery.Tiff;

/// <summary>The types of pixels that are read without GDAL.</summary>
internal enum PixelType
{
    /// <summary>Unsigned, 8 bits.</summary>
    Byte,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32,
}
