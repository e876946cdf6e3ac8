using System.CommandLine;

namespace Monitor.Cli.Verbs;

/// <summary>`monitor scene`: figures and rasters of satellite scenes.</summary>
internal static class SceneVerb
{
    internal static Command Create() => new("scene", "Figures and rasters of a satellite scene.")
    {
        SceneStatsVerb.Create(),
        SceneRasterVerb.Create("ndvi", "Write the NDVI of a scene as a GeoTIFF."),
        SceneRasterVerb.Create("cover", "Write the central vegetation cover of a scene as a GeoTIFF."),
        SceneRasterVerb.Create("mask", "Write 1 clear, 0 masked, -9999 nodata as a GeoTIFF."),
        SceneCompositeVerb.Create(),
        ScenePictureVerb.Create(),
        SceneZonesVerb.Create(),
    };
}
