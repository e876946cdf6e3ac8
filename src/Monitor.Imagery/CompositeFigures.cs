using Monitor.Imagery.Outputs;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>What a composite of several dates came to.</summary>
/// <param name="Shape">The raster that was written.</param>
/// <param name="Tally">
/// NDVI, percentiles and cover of the medians. Eligible are pixels with data on any date, clear or not, so that its
/// clear fraction is the share of pixels with enough clear dates.
/// </param>
public sealed record CompositeFigures(RasterShape Shape, RasterTally Tally);
