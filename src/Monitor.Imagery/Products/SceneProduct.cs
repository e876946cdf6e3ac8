using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Imagery.Products;

/// <summary>A scene as its own metadata describe it.</summary>
/// <param name="Id">The product's or item's own name.</param>
/// <param name="Taken">When it was taken; null where the metadata do not say.</param>
/// <param name="Source">
/// Files, mask (not dilated) and each band's scaling. The green band is named where there is one: take it away where
/// NDWI is not wanted.
/// </param>
public sealed record SceneProduct(string Id, Instant? Taken, SceneSource Source)
{
    /// <summary>The metadata file or Item that all this was read from; null where the files were named by hand.</summary>
    public string? Sidecar { get; init; }

    /// <summary>
    /// Reads a product folder, or its metadata file: Landsat Collection 2 Level 2 (<c>*_MTL.json</c> or
    /// <c>*_MTL.txt</c>) or Sentinel-2 L2A (<c>MTD_MSIL2A.xml</c>).
    /// </summary>
    /// <exception cref="InputException">
    /// No such folder, no or several metadata files, a field that is missing or cannot be, another level or collection,
    /// a band file that is not there; with file and field.
    /// </exception>
    public static SceneProduct Open(string path)
    {
        string metadata = File.Exists(path) ? path : Find(path);
        string name = Path.GetFileName(metadata);
        if (name.Equals(Sentinel2Product.MetadataName, StringComparison.OrdinalIgnoreCase))
            return Sentinel2Product.Read(metadata) with { Sidecar = metadata };
        if (IsLandsat(name)) return LandsatProduct.Read(metadata) with { Sidecar = metadata };
        throw new InputException(
            "It is no metadata file of a product.", "Give a folder with MTD_MSIL2A.xml or *_MTL.json.", path);
    }

    private static string Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException("There is no such folder.", "Give the folder of a product.", folder);
        string sentinel = Path.Combine(folder, Sentinel2Product.MetadataName);
        if (File.Exists(sentinel)) return sentinel;
        // A product has its metadata in JSON, in text, or in both.
        List<string> found = [.. Directory.EnumerateFiles(folder)
            .Where(f => IsLandsat(Path.GetFileName(f)))
            .GroupBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.OrdinalIgnoreCase)
            .Select(g => g.Order(StringComparer.OrdinalIgnoreCase).First())
            .Order(StringComparer.Ordinal)];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new InputException(
                "It holds neither MTD_MSIL2A.xml nor a *_MTL.json or *_MTL.txt.",
                "Give the folder of a Sentinel-2 L2A or a Landsat Collection 2 Level 2 product.", folder),
            _ => throw new InputException(
                $"It holds {found.Count} products ({string.Join(", ", found.Select(Path.GetFileName))}).",
                "Name the one *_MTL file.", folder),
        };
    }

    private static bool IsLandsat(string name) =>
        name.EndsWith("_MTL.json", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_MTL.txt", StringComparison.OrdinalIgnoreCase);
}
