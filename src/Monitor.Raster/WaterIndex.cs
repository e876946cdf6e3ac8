namespace Monitor.Raster;

/// <summary>NDWI = (green − NIR) / (green + NIR) (McFeeters 1996) and what it says.</summary>
public static class WaterIndex
{
    /// <summary>A pixel whose NDWI is this or more is open water (McFeeters 1996).</summary>
    public const float OpenWaterFrom = 0;
}
