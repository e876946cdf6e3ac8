using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>
/// What a scene says of one polygon. Where nothing clear was found, the count is 0 and the NDVI null.
/// </summary>
/// <param name="Count">Clear pixels, parts of pixels counted as such.</param>
/// <param name="AreaHa">
/// Ground of the clear pixels, in hectares; where coordinates are angles, on the ellipsoid by the pixel's row. Null when
/// the scene's system is not named.
/// </param>
/// <param name="ClearFraction">
/// Count ÷ pixels that are not nodata; null when all are, or the polygon lies outside.
/// </param>
/// <param name="Mean">Mean NDVI.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
/// <param name="StandardDeviation">Of the population.</param>
/// <param name="Cover">Mean covers; null without ends or when nothing clear was found.</param>
/// <param name="WaterHa">Ground of the clear pixels of open water (NDWI of 0 or more); null without a green band.</param>
public sealed record ZoneFigures(
    double Count, double? AreaHa, double? ClearFraction,
    double? Mean, double? Min, double? Max, double? StandardDeviation, CoverFigures? Cover,
    double? WaterHa = null);
