using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery.Outputs;

/// <summary>A raster that was written.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Place">Where it lies; null where its inputs do not say.</param>
/// <param name="Sums">Its statistics.</param>
public sealed record RasterShape(int Width, int Height, GeoReference? Place, RasterSums Sums);
