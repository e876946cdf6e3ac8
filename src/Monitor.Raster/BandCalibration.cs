namespace Monitor.Raster;

/// <summary>What a stored number of one band means: reflectance = DN × scale + offset.</summary>
/// <param name="Scale">Reflectance per DN; greater than 0.</param>
/// <param name="Offset">
/// Reflectance at DN 0; as STAC, GDAL and Landsat have it, so −0.1 for Sentinel-2 from 04.00.
/// </param>
/// <param name="NoData">
/// The DN that says nothing was measured, tested before the offset; null where there is none.
/// </param>
public readonly record struct BandCalibration(double Scale, double Offset, double? NoData)
{
    /// <summary>Scale 1, offset 0, no nodata.</summary>
    public static BandCalibration Plain { get; } = new(1, 0, null);

    // NaN equals nothing, so that a band without nodata needs no branch in the kernel.
    internal double NoDataOrNaN => NoData ?? double.NaN;
}
