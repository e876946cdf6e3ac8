using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Places;

namespace Monitor.Imagery.Gdal;

/// <summary>
/// Polygons of a GeoJSON file whose coordinates are the raster's own: read without OGR, whose start takes longer than a
/// province's polygons do. Only what is plain to the last member is read here; of anything else OGR says what it is.
/// </summary>
internal static class PlainGeoJson
{
    private const long BytesMax = 64 << 20;

    private static readonly string[] Prefixes = ["urn:ogc:def:crs:EPSG::", "EPSG:"];

    /// <summary>The features in the file's order, not yet checked; null where OGR is to read the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="idField">Property that names each; null for the feature's number.</param>
    /// <param name="epsg">The raster's system, which the file must name.</param>
    internal static List<ZonePolygon>? TryRead(string path, string? idField, int epsg)
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.Length > BytesMax || info.Extension is not (".geojson" or ".json")) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return IsOf(document.RootElement, epsg) ? Features(document.RootElement.GetProperty("features"), idField) : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException
            or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Not plain, or not readable: OGR tells which, in words that do not depend on who read first.
            return null;
        }
    }

    private static bool IsOf(JsonElement root, int epsg)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.GetProperty("type").ValueEquals("FeatureCollection")) return false;
        if (!root.TryGetProperty("crs", out JsonElement crs) || !crs.GetProperty("type").ValueEquals("name")) return false;
        string name = crs.GetProperty("properties").GetProperty("name").GetString() ?? "";
        string code = epsg.ToString(CultureInfo.InvariantCulture);
        foreach (string prefix in Prefixes)
            if (name.Length == prefix.Length + code.Length && name.StartsWith(prefix, StringComparison.Ordinal)
                && name.EndsWith(code, StringComparison.Ordinal)) return true;
        return false;
    }

    private static List<ZonePolygon>? Features(JsonElement features, string? idField)
    {
        var zones = new List<ZonePolygon>(features.GetArrayLength());
        JsonValueKind? kind = null;
        foreach (JsonElement feature in features.EnumerateArray())
        {
            // An id of its own becomes the feature's number, by rules of OGR's.
            if (!feature.GetProperty("type").ValueEquals("Feature") || feature.TryGetProperty("id", out _)) return null;
            if (idField is null && HasIdProperty(feature)) return null;
            string id = zones.Count.ToString(CultureInfo.InvariantCulture);
            if (idField is not null)
            {
                if (IdOf(feature, idField) is not JsonElement value) return null;
                // Of mixed values OGR chooses one type for all.
                if ((kind ??= value.ValueKind) != value.ValueKind) return null;
                id = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            }
            if (ShapeOf(feature.GetProperty("geometry")) is not Polygon shape) return null;
            zones.Add(new ZonePolygon(id, kind != JsonValueKind.String && id.Length > 0, shape));
        }
        return zones.Count > 0 ? zones : null;
    }

    // A property of that name becomes the number too, where all have one.
    private static bool HasIdProperty(JsonElement feature)
    {
        JsonElement properties = feature.GetProperty("properties");
        if (properties.ValueKind != JsonValueKind.Object) return false;
        foreach (JsonProperty property in properties.EnumerateObject())
            if (property.Name.Equals("id", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static JsonElement? IdOf(JsonElement feature, string field)
    {
        JsonElement properties = feature.GetProperty("properties");
        if (properties.ValueKind != JsonValueKind.Object || !properties.TryGetProperty(field, out JsonElement value)) return null;
        // Digits alone, as they are printed again: 1.0, 1e3 and 007 are OGR's to read; so is a text that may be a date.
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt32(out int n)
                && value.GetRawText() == n.ToString(CultureInfo.InvariantCulture) ? value : null,
            JsonValueKind.String => IsName(value.GetString()!) ? value : null,
            _ => null,
        };
    }

    private static bool IsName(string text) => text.Length > 0 && char.IsLetter(text[0]);

    private static Polygon? ShapeOf(JsonElement geometry)
    {
        if (geometry.ValueKind == JsonValueKind.Null) return new Polygon([]);
        JsonElement type = geometry.GetProperty("type");
        bool isOne = type.ValueEquals("Polygon");
        if (!isOne && !type.ValueEquals("MultiPolygon")) return null;
        JsonElement coordinates = geometry.GetProperty("coordinates");
        var parts = new List<PolygonPart>();
        if (isOne) parts.Add(PartOf(coordinates));
        else foreach (JsonElement part in coordinates.EnumerateArray()) parts.Add(PartOf(part));
        return new Polygon(parts);
    }

    private static PolygonPart PartOf(JsonElement rings)
    {
        var holes = new List<IReadOnlyList<Point>>();
        List<Point>? outer = null;
        foreach (JsonElement ring in rings.EnumerateArray())
        {
            List<Point> points = Ring(ring);
            if (outer is null) outer = points;
            else holes.Add(points);
        }
        return outer is null ? throw new FormatException("A polygon without rings.") : new PolygonPart(outer, holes);
    }

    private static List<Point> Ring(JsonElement ring)
    {
        var points = new List<Point>(ring.GetArrayLength() + 1);
        foreach (JsonElement pair in ring.EnumerateArray())
        {
            if (pair.GetArrayLength() is not (2 or 3)) throw new FormatException("Neither two numbers nor three.");
            (double x, double y) = (pair[0].GetDouble(), pair[1].GetDouble());
            if (!double.IsFinite(x) || !double.IsFinite(y)) throw new FormatException("No finite number.");
            points.Add(new Point(x, y));
        }
        if (points.Count < 4) throw new FormatException("A ring of fewer than four points.");
        if (points[0] != points[^1]) points.Add(points[0]);
        return points;
    }
}
