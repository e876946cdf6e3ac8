using System.Globalization;
using System.Text.Json;

namespace Monitor.Imagery.Products;

/// <summary>One band of an asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Index">Its place in the file, from 0.</param>
internal sealed record StacBand(StacAsset Asset, int Index)
{
    /// <summary>As red or nir08; null where the item does not say.</summary>
    internal string? CommonName => Text("eo:common_name") ?? Text("common_name");

    internal string? Name => Text("name");

    internal double? Scale => Number("raster:scale", "scale");

    internal double? Offset => Number("raster:offset", "offset");

    internal double? NoData => Number("nodata", "raster:nodata");

    internal double? Number(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Asset.Property(Index, name) is not var (value, field)) continue;
            if (value.ValueKind == JsonValueKind.Null) continue;
            if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
            string text = value.ToString();
            // Nodata may be written "nan", "inf" or "-inf": not finite, and so never a measurement anyway.
            if (name.EndsWith("nodata", StringComparison.Ordinal) && text is "nan" or "inf" or "-inf") return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n)) return n;
            throw Asset.Fault($"'{text}' is not a number.", "Correct the item.", field);
        }
        return null;
    }

    private string? Text(string name) =>
        Asset.Property(Index, name) is var (value, _) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
