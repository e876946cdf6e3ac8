using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Which files make a scene, and what their numbers mean.</summary>
/// <param name="Red">The red band.</param>
/// <param name="Nir">The near infrared band, of the same size.</param>
public sealed record SceneSource(BandReference Red, BandReference Nir)
{
    /// <summary>The quality band, as large or coarser by a whole factor; null when nothing is masked.</summary>
    public SceneMask? Mask { get; init; }

    /// <summary>Reflectance per DN, of both bands.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Reflectance at DN 0, of both bands.</summary>
    public double Offset { get; init; }

    /// <summary>Nodata in place of the files' own; null leaves each file its own.</summary>
    public double? NoData { get; init; }
}

/// <summary>A quality band and its rule.</summary>
/// <param name="Band">The file.</param>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Dilate">Pixels of its own grid by which what is masked grows; 0 for none.</param>
public sealed record SceneMask(BandReference Band, MaskKind Kind, int Dilate = 0);
