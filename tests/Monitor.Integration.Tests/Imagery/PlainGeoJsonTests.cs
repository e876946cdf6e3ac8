using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>GeoJSON in the raster's own system is read as OGR reads it; what is not plain is left to OGR.</summary>
public sealed class PlainGeoJsonTests
{
    private const int Epsg = 32651;

    private const string Square = "[[500000,3500000],[500100.25,3500000],[500100.25,3500100.5],[500000,3500000]]";

    private static string Collection(string features, string crs = "urn:ogc:def:crs:EPSG::32651") =>
        $$$"""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"{{{crs}}}"}},"features":[{{{features}}}]}""";

    private static string Feature(string properties, string geometry, string more = "") =>
        $$"""{"type":"Feature",{{more}}"properties":{{properties}},"geometry":{{geometry}}}""";

    private static string Polygon(string rings) => $$"""{"type":"Polygon","coordinates":[{{rings}}]}""";

    [Theory]
    [InlineData("id")]
    [InlineData("name")]
    [InlineData(null)]
    public void Ids_rings_and_holes_are_OGRs(string? field)
    {
        using var folder = new TempFolder();
        var random = new Random(17);
        string Ring(double x, double y, double size, bool closed)
        {
            List<string> points = [.. Enumerable.Range(0, 9).Select(i => string.Create(CultureInfo.InvariantCulture,
                $"[{x + (size * Math.Cos(i * 0.7)) + random.NextDouble():R},{y + (size * Math.Sin(i * 0.7)):R},{i}.5e0]"))];
            if (closed) points.Add(points[0]);
            return $"[{string.Join(',', points)}]";
        }
        List<string> features = [];
        string key = field is null ? "number" : "id";
        for (int i = 0; i < 60; i++)
        {
            (double x, double y) = (500_000 + (i * 300), 3_500_000 - (i * 100));
            string hole = Ring(x, y, 20, closed: false), ring = Ring(x, y, 100, i % 2 == 0);
            string geometry = (i % 4) switch
            {
                0 => Polygon(ring),
                1 => Polygon($"{ring},{hole}"),
                2 => $$"""{"type":"MultiPolygon","coordinates":[[{{ring}}],[{{Ring(x + 5000, y, 80, true)}}]]}""",
                _ => "null",
            };
            features.Add(Feature($$"""{"{{key}}":{{i * 7}},"name":"坝{{i}}"}""", geometry));
        }
        string file = folder["z.geojson"];
        File.WriteAllText(file, Collection(string.Join(',', features)));
        List<ZonePolygon> plain = PlainGeoJson.TryRead(file, field, Epsg)!;
        IReadOnlyList<ZonePolygon> ogr = PolygonFile.Read(file, field, SpatialReference.WktOfEpsg(Epsg));
        Assert.Equal(Words(ogr), Words(plain));
        // And by the raster: the same, whoever reads.
        GeoTiffWriter.WriteAll<byte>(folder["r.tif"], [1], 1, 1, GeoReference.NorthUp(Epsg, 500_000, 3_500_000, 10));
        Assert.Equal(Words(ogr), Words(PolygonFile.Read(file, field, new BandReference(folder["r.tif"]))));
    }

    // What OGR is to read, or to refuse.
    public static TheoryData<string> Others => new(
        "[]", "{", "\"FeatureCollection\"",
        Collection(""),
        Collection(Feature("{\"id\":1}", Polygon(Square)), "EPSG:4326"),
        Collection(Feature("{\"id\":1}", Polygon(Square)), "urn:ogc:def:crs:EPSG::326510"),
        Collection(Feature("{\"id\":1}", Polygon(Square))).Replace("\"crs\"", "\"CRS\"", StringComparison.Ordinal),
        Collection(Feature("{\"id\":1}", Polygon(Square), "\"id\":5,")),
        Collection(Feature("{\"no\":1}", Polygon(Square))),
        Collection(Feature("null", Polygon(Square))),
        Collection(Feature("{\"id\":1.0}", Polygon(Square))),
        Collection(Feature("{\"id\":1e3}", Polygon(Square))),
        Collection(Feature("{\"id\":99999999999}", Polygon(Square))),
        Collection(Feature("{\"id\":\"2025-01-01\"}", Polygon(Square))),
        Collection(Feature("{\"id\":true}", Polygon(Square))),
        Collection($"{Feature("{\"id\":1}", Polygon(Square))},{Feature("{\"id\":\"a\"}", Polygon(Square))}"),
        Collection(Feature("{\"id\":1}", "{\"type\":\"Point\",\"coordinates\":[1,2]}")),
        Collection(Feature("{\"id\":1}", Polygon("[[1,2],[3,4],[1,2]]"))),
        Collection(Feature("{\"id\":1}", Polygon("[[1,2],[3,\"4\"],[5,6],[1,2]]"))),
        Collection(Feature("{\"id\":1}", Polygon("[[1,2],[3,1e999],[5,6],[1,2]]"))),
        Collection(Feature("{\"id\":1}", Polygon("[[1],[3],[5],[1]]"))),
        Collection(Feature("{\"id\":1}", "{\"type\":\"Polygon\",\"coordinates\":[]}")));

    [Fact]
    public void A_property_named_id_is_the_features_number_where_no_field_is_asked_for()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["z.geojson"], Collection(Feature("{\"id\":7}", Polygon(Square))));
        Assert.Null(PlainGeoJson.TryRead(folder["z.geojson"], null, Epsg));
        Assert.Equal("7", PolygonFile.Read(folder["z.geojson"], null, SpatialReference.WktOfEpsg(Epsg))[0].Id);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_not_plain_is_left_to_OGR(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["z.geojson"], text);
        Assert.Null(PlainGeoJson.TryRead(folder["z.geojson"], "id", Epsg));
        File.WriteAllText(folder["z.txt"], Collection(Feature("{\"id\":1}", Polygon(Square))));
        Assert.Null(PlainGeoJson.TryRead(folder["z.txt"], "id", Epsg));
        Assert.Null(PlainGeoJson.TryRead(folder["none.geojson"], "id", Epsg));
    }

    [Fact]
    public void Rings_that_cross_are_refused_by_their_id_without_OGR_too()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["z.geojson"], Collection(Feature(
            "{\"id\":42}", Polygon("[[500000,0],[500100,100],[500100,0],[500000,100],[500000,0]]"))));
        GeoTiffWriter.WriteAll<byte>(folder["r.tif"], [1], 1, 1, GeoReference.NorthUp(Epsg, 500_000, 3_500_000, 10));
        InputException own = Assert.Throws<InputException>(
            () => PolygonFile.Read(folder["z.geojson"], "id", new BandReference(folder["r.tif"])));
        InputException ogr = Assert.Throws<InputException>(
            () => PolygonFile.Read(folder["z.geojson"], "id", SpatialReference.WktOfEpsg(Epsg)));
        Assert.Equal(ogr.Message, own.Message);
        Assert.Contains("Feature 42", own.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32601, true)]
    [InlineData(32660, true)]
    [InlineData(32701, true)]
    [InlineData(32760, true)]
    [InlineData(4326, false)]
    [InlineData(3857, false)]
    [InlineData(32661, false)]
    [InlineData(25832, false)]
    [InlineData(4490, false)]
    public void A_zone_of_UTM_is_known_by_the_keys_of_GDALs_own_files(int epsg, bool isUtm)
    {
        GeoKeys? keys = GeoKeysOfWkt.Make(SpatialReference.WktOfEpsg(epsg));
        Assert.Equal(isUtm ? epsg : null, UtmKeys.EpsgOf(keys));
        Assert.Null(UtmKeys.EpsgOf(null));
    }

    private static string[] Words(IEnumerable<ZonePolygon> zones) =>
        [.. zones.Select(z => $"{z.Id} {z.IdIsNumber} {string.Join(" | ", z.Shape.Parts.Select(Words))}")];

    private static string Words(PolygonPart part) => string.Join(" / ", new[] { part.Outer }.Concat(part.Holes)
        .Select(ring => string.Join(' ', ring.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:R},{p.Y:R}")))));
}
