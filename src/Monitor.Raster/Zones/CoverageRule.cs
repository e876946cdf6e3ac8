namespace Monitor.Raster.Zones;

/// <summary>How much of a pixel belongs to a polygon.</summary>
public enum CoverageRule
{
    /// <summary>The part of its area that lies inside.</summary>
    Exact,

    /// <summary>All of it when its centre lies inside, else nothing.</summary>
    Centre,
}
