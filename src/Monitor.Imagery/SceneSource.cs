using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Which files make a scene, and what their numbers mean.</summary>
/// <param name="Red">The red band.</param>
/// <param name="Nir">The near infrared band, of the same size.</param>
public sealed record SceneSource(BandReference Red, BandReference Nir)
{
    /// <summary>The green band, of the same size, for NDWI; null when that is not asked for.</summary>
    public BandReference? Green { get; init; }

    /// <summary>
    /// Whether open water (NDWI of 0 or more, by the green band) is left out of the denominator of a polygon's cover; else it
    /// counts as what its NDVI says.
    /// </summary>
    public bool LeavesOutWater { get; init; }

    /// <summary>The quality band, as large or coarser by a whole factor; null when nothing is masked.</summary>
    public SceneMask? Mask { get; init; }

    /// <summary>
    /// A band of the same size in which all but 0 is saturated, and masked (Landsat's QA_RADSAT); null for none.
    /// </summary>
    public BandReference? Saturation { get; init; }

    /// <summary>Reflectance per DN, of the bands that have no scaling of their own.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Reflectance at DN 0, of the bands that have no scaling of their own.</summary>
    public double Offset { get; init; }

    /// <summary>Nodata in place of the sidecar's and the files' own; null leaves each its own.</summary>
    public double? NoData { get; init; }

    /// <summary>Red's own scaling, in place of <see cref="Scale"/> and <see cref="Offset"/>.</summary>
    public BandScaling? RedScaling { get; init; }

    /// <summary>Near infrared's own scaling.</summary>
    public BandScaling? NirScaling { get; init; }

    /// <summary>Green's own scaling.</summary>
    public BandScaling? GreenScaling { get; init; }

    /// <summary>
    /// The files that the figures come from: red, near infrared, mask, saturation, and green where it tells what is left
    /// out.
    /// </summary>
    public IEnumerable<string> Files =>
        new[] { Red, Nir, Mask?.Band, Saturation, LeavesOutWater ? Green : null }.OfType<BandReference>().Select(b => b.File);
}

/// <summary>A quality band and its rule.</summary>
/// <param name="Band">The file.</param>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Dilate">Pixels of its own grid by which what is masked grows; 0 for none.</param>
public sealed record SceneMask(BandReference Band, MaskKind Kind, int Dilate = 0);
