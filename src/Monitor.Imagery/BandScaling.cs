namespace Monitor.Imagery;

/// <summary>What a sidecar says of one band's numbers: reflectance = DN × scale + offset.</summary>
/// <param name="Scale">Reflectance per DN; above 0.</param>
/// <param name="Offset">Reflectance at DN 0: −0.1 for Sentinel-2 from baseline 04.00, −0.2 for Landsat.</param>
/// <param name="NoData">Nodata; null leaves the file its own.</param>
public readonly record struct BandScaling(double Scale, double Offset, double? NoData = null);
