namespace Monitor.Raster;

/// <summary>The quality bands understood; each has its own rule of what is not clear.</summary>
public enum MaskKind
{
    /// <summary>Sentinel-2 scene classification: all but 4 (vegetation), 5 (bare) and 6 (water) is invalid.</summary>
    Scl,

    /// <summary>Landsat Collection 2 QA_PIXEL: bits 0–5 (fill, dilated cloud, cirrus, cloud, shadow, snow).</summary>
    QaPixel,

    /// <summary>Landsat Collection 1 BQA: fill, cloud, or high confidence of cloud, shadow, snow or cirrus.</summary>
    Bqa,

    /// <summary>
    /// Landsat BQA before the collections: fill, cloud from medium, snow and cirrus at high confidence.
    /// </summary>
    BqaPre,
}

/// <summary>Kinds of mask by the words of the command line and of files.</summary>
public static class MaskKindName
{
    /// <summary>As <c>qa-pixel</c>.</summary>
    public static string Name(this MaskKind kind) => kind switch
    {
        MaskKind.Scl => "scl",
        MaskKind.QaPixel => "qa-pixel",
        MaskKind.Bqa => "bqa",
        _ => "bqa-pre",
    };

    /// <summary>The kind of that name; null for none.</summary>
    public static MaskKind? Of(string? name) => name switch
    {
        "scl" => MaskKind.Scl,
        "qa-pixel" => MaskKind.QaPixel,
        "bqa" => MaskKind.Bqa,
        "bqa-pre" => MaskKind.BqaPre,
        _ => null,
    };
}
