namespace Monitor.Imagery.Tiff;

/// <summary>The tags of a TIFF directory that are read or written; numbers as TIFF 6.0 and GeoTIFF 1.1 have them.</summary>
internal static class TiffTag
{
    internal const ushort SubfileType = 254, Width = 256, Height = 257, BitsPerSample = 258, Compression = 259;
    internal const ushort Photometric = 262, FillOrder = 266, StripOffsets = 273, Orientation = 274;
    internal const ushort SamplesPerPixel = 277, RowsPerStrip = 278, StripByteCounts = 279, Planar = 284;
    internal const ushort Predictor = 317, TileWidth = 322, TileHeight = 323, TileOffsets = 324, TileByteCounts = 325;
    internal const ushort SampleFormat = 339;

    internal const ushort PixelScale = 33550, Tiepoint = 33922, Transformation = 34264;
    internal const ushort GeoKeys = 34735, GeoDoubles = 34736, GeoText = 34737;

    internal const ushort Description = 270, Software = 305, DateTime = 306;

    // GDAL's own.
    internal const ushort Metadata = 42112, NoData = 42113;
}
