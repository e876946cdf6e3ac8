using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>A scene's size and its tally.</summary>
/// <param name="Width">Columns of the red band.</param>
/// <param name="Height">Rows.</param>
/// <param name="Tally">Counts, NDVI, percentiles and cover.</param>
public sealed record SceneFigures(int Width, int Height, RasterTally Tally);
