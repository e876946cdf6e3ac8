using System.Text.Json;
using Monitor.Domain;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Products;

/// <summary>
/// An asset of a STAC Item. What its bands are is said in <c>eo:bands</c> and <c>raster:bands</c> (STAC 1.0) or in
/// <c>bands</c> (1.1), where a band takes over what the asset says of all its bands.
/// </summary>
internal sealed class StacAsset
{
    // Pictures made for looking at: their numbers are no reflectance, though they name red, green and blue.
    private static readonly string[] Pictures = ["thumbnail", "overview", "visual"];

    private static readonly string[] Lists = ["bands", "raster:bands", "eo:bands"];

    private readonly string file, key;
    private readonly JsonElement asset;

    internal StacAsset(string file, string key, JsonElement asset)
    {
        (this.file, this.key, this.asset) = (file, key, asset);
        int bands = Lists.Max(n => Array(asset, n)?.GetArrayLength() ?? 0);
        Bands = [.. Enumerable.Range(0, Math.Max(1, bands)).Select(i => new StacBand(this, i))];
        Roles = Array(asset, "roles") is JsonElement roles ? [.. roles.EnumerateArray().Select(r => r.ToString())] : [];
        Href = Text("href") ?? throw new InputException(
            "It is missing.", "Every asset has a href.", file, field: $"assets/{key}/href");
        Location = Locate();
    }

    internal string Key => key;

    internal string Href { get; }

    /// <summary>The file's path, or /vsicurl/ and its address; an unsupported address stays as it is.</summary>
    internal string Location { get; }

    internal IReadOnlyList<string> Roles { get; }

    internal IReadOnlyList<StacBand> Bands { get; }

    internal bool IsPicture => Roles.Any(r => Pictures.Contains(r, StringComparer.OrdinalIgnoreCase));

    internal bool IsHere => File.Exists(Location);

    /// <summary>Metres on the ground; largest where the asset does not say, so that others come first.</summary>
    internal double Resolution => Bands[0].Number("gsd", "spatial_resolution", "raster:spatial_resolution")
        ?? double.MaxValue;

    /// <summary>Where the field of a band, or of the asset, lies in the item: for messages.</summary>
    internal string Field(string name) => $"assets/{key}/{name}";

    /// <summary>One band as the reader wants it; refuses what cannot be reached.</summary>
    internal BandReference Reference(int band)
    {
        if (IsHere || Location.StartsWith("/vsi", StringComparison.Ordinal)) return new(Location, band + 1);
        throw new InputException(
            Href.Contains("://", StringComparison.Ordinal)
                ? $"{Href} cannot be fetched." : $"The file {Href} does not exist.",
            "Fetch it, and name it relative to the item.", file, field: Field("href"));
    }

    /// <summary>The value of a band's property: its own, or what the asset says of all its bands.</summary>
    internal (JsonElement Value, string Field)? Property(int band, string name)
    {
        foreach (string list in Lists)
        {
            if (Array(asset, list) is not JsonElement bands || bands.GetArrayLength() <= band) continue;
            if (bands[band].ValueKind == JsonValueKind.Object && bands[band].TryGetProperty(name, out JsonElement own))
                return (own, Field($"{list}/{band}/{name}"));
        }
        return asset.TryGetProperty(name, out JsonElement all) ? (all, Field(name)) : null;
    }

    internal InputException Fault(string fault, string remedy, string field) => new(fault, remedy, file, field: field);

    private string? Text(string name) =>
        asset.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static JsonElement? Array(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value : null;

    private string Locate()
    {
        if (Uri.TryCreate(Href, UriKind.Absolute, out Uri? uri) && Href.Contains("://", StringComparison.Ordinal))
        {
            if (uri.IsFile) return uri.LocalPath;
            return uri.Scheme is "http" or "https" ? $"/vsicurl/{Href}" : Href;
        }
        string folder = Path.GetDirectoryName(file) ?? "";
        string plain = Path.Combine(folder, Href), decoded = Path.Combine(folder, Uri.UnescapeDataString(Href));
        return !File.Exists(plain) && File.Exists(decoded) ? decoded : plain;
    }
}
