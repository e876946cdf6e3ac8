using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery.Products;

/// <summary>Sentinel-2 L2A in its .SAFE folder: B04 and B08 at 10 m, the scene classification at 20 m.</summary>
internal static class Sentinel2Product
{
    internal const string MetadataName = "MTD_MSIL2A.xml";

    // As delivered, and as people convert it.
    private static readonly string[] Extensions = [".jp2", ".tif", ".tiff", ".TIF"];

    internal static SceneProduct Read(string file)
    {
        Sentinel2Metadata metadata = Sentinel2Metadata.Read(file);
        IReadOnlyList<string> images = metadata.Images;
        var source = new SceneSource(Image(file, images, "_B04_10m")!, Image(file, images, "_B08_10m")!)
        {
            Green = Image(file, images, "_B03_10m", isOptional: true),
            RedScaling = metadata.ScalingOf("B4"),
            NirScaling = metadata.ScalingOf("B8"),
            GreenScaling = metadata.ScalingOf("B3"),
            Mask = new SceneMask(Image(file, images, "_SCL_20m")!, MaskKind.Scl),
        };
        return new SceneProduct(metadata.Id, metadata.Taken, source);
    }

    private static BandReference? Image(
        string file, IReadOnlyList<string> images, string ending, bool isOptional = false)
    {
        string? named = images.FirstOrDefault(i => i.EndsWith(ending, StringComparison.Ordinal));
        if (named is null)
        {
            return isOptional ? null : throw new InputException(
                $"It names no image that ends in {ending}.", "Give a whole L2A product.", file, field: "IMAGE_FILE");
        }
        string folder = Path.GetFullPath(Path.GetDirectoryName(Path.GetFullPath(file))!);
        string stem = Path.GetFullPath(Path.Combine(folder, named));
        if (!stem.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InputException(
                $"{named} lies outside the product.", "Fetch it again.", file, field: "IMAGE_FILE");
        }
        string? found = Array.Find(Extensions.Select(e => stem + e).ToArray(), File.Exists);
        if (found is not null) return new BandReference(found);
        return isOptional ? null : throw new InputException(
            $"The image {named}.jp2 that it names is not there.", "Fetch the whole product.",
            file, field: "IMAGE_FILE");
    }
}
