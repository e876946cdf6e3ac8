using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain.Places;
using Monitor.Domain.Readings;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Products;

namespace Monitor.Imagery.Outputs;

/// <summary>
/// The STAC 1.0 Item beside a raster: what it is, of which bytes it was made, and how. The same inputs and parameters
/// give the same bytes; the clock has no part in it.
/// </summary>
public static class DerivedItem
{
    private const string Inputs = "monitor:inputs";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };

    /// <summary>Writes the Item under the name that <see cref="DerivedRaster.ItemOf"/> gives, whole or not at all.</summary>
    /// <exception cref="ImageryUnavailableException">The disk does not take it.</exception>
    public static void Write(DerivedRaster raster)
    {
        string path = DerivedRaster.ItemOf(raster.File);
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.part");
        try
        {
            File.WriteAllBytes(temporary, Bytes(raster));
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new ImageryUnavailableException(
                $"{path}: It cannot be written ({fault.Message}). Free space or choose a folder that can be written to.",
                fault);
        }
    }

    /// <summary>Whether a file is such an Item.</summary>
    internal static bool IsOurs(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(SidecarText.ReadFile(file));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("properties", out JsonElement properties)
                && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(Inputs, out _);
        }
        catch (JsonException)
        {
            // Not JSON, so not one of ours: the caller refuses to write over it.
            return false;
        }
    }

    private static byte[] Bytes(DerivedRaster raster)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteString("stac_version", "1.0.0");
            json.WriteStartArray("stac_extensions");
            json.WriteStringValue("https://stac-extensions.github.io/projection/v1.1.0/schema.json");
            json.WriteStringValue("https://stac-extensions.github.io/raster/v1.1.0/schema.json");
            json.WriteStringValue("https://stac-extensions.github.io/processing/v1.1.0/schema.json");
            json.WriteEndArray();
            json.WriteString("id", Path.GetFileNameWithoutExtension(raster.File));
            WriteGeometry(json, Footprint.Of(raster.Shape));
            json.WriteStartObject("properties");
            WriteTimes(json, [.. raster.Scenes.Select(s => s.Taken)]);
            WriteMaking(json, raster);
            json.WriteEndObject();
            WriteLinks(json, raster);
            json.WriteStartObject("assets");
            WriteAsset(json, raster);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteGeometry(Utf8JsonWriter json, Footprint? footprint)
    {
        if (footprint is null)
        {
            // Without a place there is no bbox either (STAC 1.0, Item fields).
            json.WriteNull("geometry");
            return;
        }
        bool one = footprint.Rings.Count == 1;
        json.WriteStartObject("geometry");
        json.WriteString("type", one ? "Polygon" : "MultiPolygon");
        json.WriteStartArray("coordinates");
        foreach (IReadOnlyList<Point> ring in footprint.Rings)
        {
            if (!one) json.WriteStartArray();
            json.WriteStartArray();
            foreach (Point p in ring) WriteNumbers(json, [p.X, p.Y]);
            json.WriteEndArray();
            if (!one) json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WritePropertyName("bbox");
        WriteNumbers(json, footprint.Box);
    }

    private static void WriteTimes(Utf8JsonWriter json, IReadOnlyList<Instant?> taken)
    {
        Instant[] known = [.. taken.OfType<Instant>()];
        if (known.Length == 1 && taken.Count == 1)
        {
            json.WriteString("datetime", known[0].ToString());
            return;
        }
        // An Item without one time must name its ends. Where an input does not say its time, they are those of all time.
        bool whole = known.Length == taken.Count;
        json.WriteNull("datetime");
        json.WriteString("start_datetime", whole ? known.Min().ToString() : "0001-01-01T00:00:00Z");
        json.WriteString("end_datetime", whole ? known.Max().ToString() : "9999-12-31T23:59:59Z");
    }

    private static void WriteMaking(Utf8JsonWriter json, DerivedRaster raster)
    {
        json.WriteStartObject("processing:software");
        json.WriteString(DerivedRaster.SoftwareName, DerivedRaster.SoftwareVersion);
        json.WriteEndObject();
        if (raster.Shape.Place is GeoReference place)
        {
            if (place.Wkt.Length > 0) json.WriteString("proj:wkt2", SpatialReference.Wkt2Of(place.Wkt));
            json.WritePropertyName("proj:transform");
            WriteNumbers(json, [
                place.PixelWidth, place.RowRotation, place.OriginX, place.ColumnRotation, place.PixelHeight, place.OriginY]);
        }
        json.WritePropertyName("proj:shape");
        WriteNumbers(json, [raster.Shape.Height, raster.Shape.Width]);
        json.WriteString("monitor:kind", raster.Kind);
        json.WriteStartObject("monitor:parameters");
        raster.Parameters(json);
        json.WriteEndObject();
        json.WriteStartArray(Inputs);
        foreach (SceneProduct scene in raster.Scenes) ItemInput.Write(json, scene, raster);
        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, DerivedRaster raster)
    {
        json.WriteStartArray("links");
        foreach (string sidecar in raster.Scenes.Select(s => s.Sidecar).OfType<string>())
        {
            json.WriteStartObject();
            json.WriteString("rel", "derived_from");
            json.WriteString("href", ItemInput.Relative(raster, sidecar));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAsset(Utf8JsonWriter json, DerivedRaster raster)
    {
        json.WriteStartObject("data");
        json.WriteString("href", $"./{Uri.EscapeDataString(Path.GetFileName(raster.File))}");
        json.WriteString("type", "image/tiff; application=geotiff");
        json.WriteStartArray("roles");
        json.WriteStringValue("data");
        json.WriteEndArray();
        json.WriteStartArray("raster:bands");
        json.WriteStartObject();
        json.WriteNumber("nodata", Raster.NdviKernel.NoData);
        json.WriteString("data_type", "float32");
        if (raster.Shape.Sums.Mean is double mean)
        {
            json.WriteStartObject("statistics");
            json.WriteNumber("minimum", raster.Shape.Sums.Min!.Value);
            json.WriteNumber("maximum", raster.Shape.Sums.Max!.Value);
            json.WriteNumber("mean", mean);
            json.WriteNumber("stddev", raster.Shape.Sums.StandardDeviation!.Value);
            json.WriteNumber("valid_percent", 100.0 * raster.Shape.Sums.Count / raster.Shape.Sums.Pixels);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<double> numbers)
    {
        json.WriteStartArray();
        foreach (double number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
