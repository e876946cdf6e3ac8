namespace Monitor.Imagery.Tiles;

/// <summary>What a tile shows of a scene.</summary>
public enum TileLayer
{
    /// <summary>NDVI in the map's ramp.</summary>
    Ndvi,

    /// <summary>Vegetation cover by the central ends of a programme.</summary>
    Cover,

    /// <summary>Which pixels are clear and which are masked.</summary>
    Mask,
}

/// <summary>The layers' names in addresses.</summary>
public static class TileLayers
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ndvi", "cover", "mask"];

    /// <summary>The layer of a name; null for another word.</summary>
    public static TileLayer? Find(string name) => name switch
    {
        "ndvi" => TileLayer.Ndvi,
        "cover" => TileLayer.Cover,
        "mask" => TileLayer.Mask,
        _ => null,
    };
}
