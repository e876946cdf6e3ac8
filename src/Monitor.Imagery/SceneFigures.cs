using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>A scene's size and its tally.</summary>
/// <param name="Width">Columns of the red band.</param>
/// <param name="Height">Rows.</param>
/// <param name="Tally">Counts, NDVI, percentiles and cover.</param>
/// <param name="Water">NDWI under the same mask; null when the source names no green band.</param>
/// <param name="Masked">
/// Masked pixels by class, in pixels of the red band, whose nodata is not looked at; null for a scene without a mask.
/// </param>
public sealed record SceneFigures(
    int Width, int Height, RasterTally Tally, RasterTally? Water = null,
    IReadOnlyList<(string Class, long Pixels)>? Masked = null);
