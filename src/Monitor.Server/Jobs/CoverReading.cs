using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Raster;

namespace Monitor.Server.Jobs;

/// <summary>A programme's cover terms as the imagery reads them.</summary>
internal static class CoverReading
{
    /// <summary>The ends, in the double of rasters.</summary>
    internal static CoverEnds Ends(this CoverTerms t) => new(
        (double)t.Soil[0], (double)t.Soil[1], (double)t.Soil[2],
        (double)t.Vegetation[0], (double)t.Vegetation[1], (double)t.Vegetation[2],
        t.IsSquared ? CoverModel.CarlsonRipley : CoverModel.Linear);

    /// <summary>The scene with its mask grown, and its water left out, as the terms ask.</summary>
    internal static SceneSource Masked(this CoverTerms t, SceneSource scene) => scene with
    {
        Mask = scene.Mask is null ? null : scene.Mask with { Dilate = t.DilatePixels },
        LeavesOutWater = t.LeavesOutWater,
        Green = t.LeavesOutWater ? scene.Green : null,
    };
}
