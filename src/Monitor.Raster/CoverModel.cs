namespace Monitor.Raster;

/// <summary>How NDVI becomes cover of vegetation.</summary>
public enum CoverModel
{
    /// <summary>The clamped ratio itself (the dimidiate pixel model).</summary>
    Linear,

    /// <summary>The square of the clamped ratio (Carlson and Ripley 1997).</summary>
    CarlsonRipley,
}
