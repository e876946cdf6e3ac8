using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery.Products;

/// <summary>
/// A STAC Item: red, near infrared and green by their common names, the mask by the names <c>scl</c> and
/// <c>qa_pixel</c>. Scale and offset are the item's; without them, a Sentinel-2 item is scaled by its processing
/// baseline. Data that are already shifted (a property <c>…:boa_offset_applied</c>) are not shifted again.
/// </summary>
public static class StacItem
{
    private const string AppliedSuffix = "boa_offset_applied";
    private const decimal ShiftedFrom = 4.00m;
    private const double SentinelScale = 0.0001, SentinelShift = -0.1;

    private static readonly string[] BaselineNames =
    [
        "s2:processing_baseline", "sentinel2:processing_baseline", "sentinel:processing_baseline", "processing:version",
    ];

    /// <summary>Reads the item; relative references start at its folder.</summary>
    /// <exception cref="InputException">
    /// It is no item, names no red or no near infrared band, or a file that is not there; with file and field.
    /// </exception>
    public static SceneProduct Read(string file)
    {
        if (!File.Exists(file)) throw new InputException("There is no such file.", "Give a STAC Item.", file);
        byte[] bytes = SidecarText.ReadFile(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return Read(file, document.RootElement);
        }
        catch (JsonException fault)
        {
            int line = (int)((fault.LineNumber ?? -1) + 1);
            throw new InputException($"It is not JSON: {fault.Message}", "Give a STAC Item.", file, line);
        }
    }

    private static SceneProduct Read(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Text(root, "type") != "Feature"
            || !root.TryGetProperty("assets", out JsonElement list) || list.ValueKind != JsonValueKind.Object)
            throw new InputException("It is no STAC Item.", "Give one Item, not a collection.", file, field: "assets");
        JsonElement properties = root.TryGetProperty("properties", out JsonElement p)
            && p.ValueKind == JsonValueKind.Object ? p : default;
        List<StacAsset> assets = [.. list.EnumerateObject().Where(a => a.Value.ValueKind == JsonValueKind.Object)
            .Select(a => new StacAsset(file, a.Name, a.Value))];
        StacBand red = Find(assets, file, "red") ?? throw Missing(file, "red");
        StacBand nir = Find(assets, file, "nir", "nir08") ?? throw Missing(file, "nir");
        StacBand? green = Find(assets, file, "green");
        var shift = new Shift(file, properties);
        var source = new SceneSource(ReferenceOf(red), ReferenceOf(nir))
        {
            // A green band that is not at hand is no fault: only NDWI needs it.
            Green = green is not null && green.Asset.IsHere ? ReferenceOf(green) : null,
            RedScaling = shift.ScalingOf(red),
            NirScaling = shift.ScalingOf(nir),
            GreenScaling = green is null ? null : shift.ScalingOf(green),
            Mask = Mask(assets),
            Saturation = Named(assets, "qa", "radsat") is { IsHere: true } found ? found.Reference(0) : null,
        };
        string? time = properties.ValueKind == JsonValueKind.Object
            ? Text(properties, "datetime") ?? Text(properties, "start_datetime") : null;
        Instant? taken = time is null ? null : SidecarText.Time(time, file, "properties/datetime");
        string id = Text(root, "id") ?? Path.GetFileNameWithoutExtension(file);
        return new SceneProduct(id, taken, source) { Sidecar = file };
    }

    private static StacBand? Find(List<StacAsset> assets, string file, params string[] names)
    {
        foreach (string name in names)
        {
            StacBand? found = Best(assets.SelectMany(a => a.Bands).Where(b => !b.Asset.IsPicture
                && string.Equals(b.CommonName, name, StringComparison.OrdinalIgnoreCase)), name);
            // Without common names, the asset's own name is all there is.
            found ??= Best(assets.Where(a => a.Bands.Count == 1 && a.Bands[0].CommonName is null
                && string.Equals(a.Key, name, StringComparison.OrdinalIgnoreCase)).Select(a => a.Bands[0]), name);
            if (found is not null) return found;
        }
        return null;
    }

    // The same band may be there twice, as GeoTIFF and JPEG 2000, at 10 m and at 60 m.
    private static StacBand? Best(IEnumerable<StacBand> bands, string name) => bands
        .OrderByDescending(b => b.Asset.IsHere)
        .ThenBy(b => b.Asset.Resolution)
        .ThenByDescending(b => string.Equals(b.Asset.Key, name, StringComparison.OrdinalIgnoreCase))
        .ThenBy(b => b.Asset.Bands.Count)
        .FirstOrDefault();

    private static SceneMask? Mask(List<StacAsset> assets) => Named(assets, "scl") is StacAsset scl
        ? new SceneMask(scl.Reference(0), MaskKind.Scl)
        : Named(assets, "qa", "pixel") is StacAsset quality
            ? new SceneMask(quality.Reference(0), MaskKind.QaPixel)
            : null;

    // By the asset's name, its band's name, a role, or the end of its file's name: SCL_20m, qa-pixel, x_QA_PIXEL.TIF.
    private static StacAsset? Named(List<StacAsset> assets, params string[] words) => assets
        .Where(a => !a.IsPicture && new[] { a.Key, a.Bands[0].Name ?? "", Path.GetFileNameWithoutExtension(a.Href) }
            .Concat(a.Roles).Any(text => HasWords(text, words)))
        .OrderByDescending(a => a.IsHere).ThenBy(a => a.Resolution).FirstOrDefault();

    private static bool HasWords(string text, string[] words)
    {
        string[] parts = text.Split('_', '-', '.', ' ', ':');
        return Enumerable.Range(0, Math.Max(0, parts.Length - words.Length + 1)).Any(i => words
            .SequenceEqual(parts.Skip(i).Take(words.Length), StringComparer.OrdinalIgnoreCase));
    }

    private static BandReference ReferenceOf(StacBand band) => band.Asset.Reference(band.Index);

    private static InputException Missing(string file, string name) => new(
        $"No asset has a {name} band.", "Name it by common_name in eo:bands or bands.", file, field: "assets");

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    /// <summary>What the item says of how its data are shifted.</summary>
    private sealed class Shift
    {
        private readonly bool? applied;
        private readonly decimal? baseline;

        internal Shift(string file, JsonElement properties)
        {
            if (properties.ValueKind != JsonValueKind.Object) return;
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                if (!property.Name.EndsWith(AppliedSuffix, StringComparison.Ordinal)) continue;
                applied = property.Value.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => throw new InputException(
                        $"'{property.Value}' is neither true nor false.", "Correct the item.",
                        file, field: $"properties/{property.Name}"),
                };
            }
            string satellite = $"{Text(properties, "platform")} {Text(properties, "constellation")}";
            if (!satellite.Contains("sentinel-2", StringComparison.OrdinalIgnoreCase)) return;
            string? name = Array.Find(BaselineNames, n => Text(properties, n) is not null);
            if (name is null) return;
            string text = Text(properties, name)!;
            const NumberStyles Style = NumberStyles.AllowDecimalPoint;
            baseline = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal n)
                ? n : throw new InputException(
                    $"'{text}' is not a baseline.", "Correct the item.", file, field: $"properties/{name}");
        }

        internal BandScaling ScalingOf(StacBand band)
        {
            // An item that names a scale and no offset means 0, unless it says itself that the shift is still in.
            bool byBaseline = baseline is not null && (band.Scale is null || applied == false);
            double scale = band.Scale ?? (baseline is null ? 1 : SentinelScale);
            if (scale <= 0)
                throw band.Asset.Fault($"'{scale}' is not above 0.", "Correct the item.", band.Asset.Field("scale"));
            double offset = band.Offset ?? (byBaseline && baseline >= ShiftedFrom ? SentinelShift : 0);
            return new BandScaling(scale, applied == true ? 0 : offset, band.NoData);
        }
    }
}
