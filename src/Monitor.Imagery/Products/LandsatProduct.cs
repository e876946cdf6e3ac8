using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery.Products;

/// <summary>Landsat Collection 2 Level 2, surface reflectance, of Landsat 4 to 9.</summary>
internal static class LandsatProduct
{
    private const string Contents = "PRODUCT_CONTENTS", Image = "IMAGE_ATTRIBUTES";
    private const string Scaling = "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS";

    // Fill of all reflectance bands of level 2.
    private const double Fill = 0;

    internal static SceneProduct Read(string file)
    {
        LandsatMetadata metadata = LandsatMetadata.Read(file);
        Require(metadata, file, "COLLECTION_NUMBER", ["02", "2"]);
        Require(metadata, file, "PROCESSING_LEVEL", ["L2SP", "L2SR"]);
        (int red, int nir, int green) = Bands(metadata, file);
        var source = new SceneSource(Band(metadata, file, red), Band(metadata, file, nir))
        {
            Green = Band(metadata, file, green, isOptional: true),
            RedScaling = ScalingOf(metadata, file, red),
            NirScaling = ScalingOf(metadata, file, nir),
            GreenScaling = ScalingOf(metadata, file, green),
            Mask = new SceneMask(
                Existing(metadata, file, "FILE_NAME_QUALITY_L1_PIXEL", isOptional: false)!, MaskKind.QaPixel),
            Saturation = Existing(
                metadata, file, "FILE_NAME_QUALITY_L1_RADIOMETRIC_SATURATION", isOptional: true),
        };
        return new SceneProduct(metadata.Get(Contents, "LANDSAT_PRODUCT_ID"), Taken(metadata, file), source);
    }

    // OLI counts its bands from coastal blue, TM and ETM+ from blue.
    private static (int Red, int Nir, int Green) Bands(LandsatMetadata metadata, string file)
    {
        const string Name = "SPACECRAFT_ID";
        string craft = metadata.Get(Image, Name);
        return craft switch
        {
            "LANDSAT_8" or "LANDSAT_9" => (4, 5, 3),
            "LANDSAT_4" or "LANDSAT_5" or "LANDSAT_7" => (3, 4, 2),
            _ => throw new InputException(
                $"'{craft}' is not a satellite whose bands are known.", "Give a product of Landsat 4 to 9.",
                file, field: $"{Image}/{Name}"),
        };
    }

    private static BandScaling ScalingOf(LandsatMetadata metadata, string file, int band)
    {
        string mult = string.Create(CultureInfo.InvariantCulture, $"REFLECTANCE_MULT_BAND_{band}");
        string add = string.Create(CultureInfo.InvariantCulture, $"REFLECTANCE_ADD_BAND_{band}");
        return new BandScaling(
            SidecarText.Scale(metadata.Get(Scaling, mult), file, $"{Scaling}/{mult}"),
            SidecarText.Number(metadata.Get(Scaling, add), file, $"{Scaling}/{add}"), Fill);
    }

    private static BandReference Band(LandsatMetadata metadata, string file, int band) =>
        Band(metadata, file, band, isOptional: false)!;

    private static BandReference? Band(LandsatMetadata metadata, string file, int band, bool isOptional) => Existing(
        metadata, file, string.Create(CultureInfo.InvariantCulture, $"FILE_NAME_BAND_{band}"), isOptional);

    private static BandReference? Existing(LandsatMetadata metadata, string file, string name, bool isOptional)
    {
        string? named = isOptional ? metadata.Find(Contents, name) : metadata.Get(Contents, name);
        if (named is null) return null;
        // Only the name counts: the files of a product lie beside its metadata.
        string path = Path.Combine(Path.GetDirectoryName(file) ?? "", Path.GetFileName(named));
        if (File.Exists(path)) return new BandReference(path);
        if (isOptional) return null;
        throw new InputException(
            $"The file {named} that it names is not beside it.", "Fetch the whole product.",
            file, field: $"{Contents}/{name}");
    }

    private static Instant? Taken(LandsatMetadata metadata, string file)
    {
        string? date = metadata.Find(Image, "DATE_ACQUIRED"), time = metadata.Find(Image, "SCENE_CENTER_TIME");
        return date is null || time is null
            ? null : SidecarText.Time($"{date}T{time}", file, $"{Image}/SCENE_CENTER_TIME");
    }

    private static void Require(LandsatMetadata metadata, string file, string name, string[] allowed)
    {
        string value = metadata.Get(Contents, name);
        if (allowed.Contains(value)) return;
        throw new InputException(
            $"'{value}' is not {allowed[0]}.", "Give a Landsat Collection 2 Level 2 product.",
            file, field: $"{Contents}/{name}");
    }
}
