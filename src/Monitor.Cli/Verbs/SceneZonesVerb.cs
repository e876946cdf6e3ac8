using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Cli.Verbs;

/// <summary>`scene zones`: NDVI and cover, or any raster's values, by polygon.</summary>
internal static class SceneZonesVerb
{
    internal static Command Create()
    {
        var command = new Command("zones", "NDVI and cover, or any raster's values, by polygon.");
        SceneOptions scene = new SceneOptions().AddTo(command, withCover: true);
        var raster = new Option<string?>("--raster") { Description = "Any raster, in place of red and nir." };
        var polygons = new Option<string?>("--polygons") { Description = "GeoJSON, GeoPackage or Shapefile." };
        var id = new Option<string?>("--id") { Description = "Field that names each polygon." };
        var coverage = new Option<string?>("--coverage") { Description = "exact (default) or centre." };
        var json = new Option<bool>("--json") { Description = "One JSON object per polygon." };
        var green = new Option<string?>("--green")
        {
            Description = "Also open water: the green band, FILE or FILE#BAND; without a value, the item's or product's own.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var water = new Option<string?>("--water")
        {
            Description = "Open water in the cover: counted (default) or left-out, by the green band.",
        };
        foreach (Option option in (Option[])[raster, polygons, id, coverage, green, water, json]) command.Options.Add(option);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            string file = parsed.GetValue(polygons)
                ?? throw new InputException("It is missing.", "Give --polygons FILE.", field: "--polygons");
            CoverageRule rule = Rule(parsed.GetValue(coverage));
            string? field = parsed.GetValue(id);
            bool asJson = parsed.GetValue(json);
            using SceneProgress progress = SceneProgress.Start("zones");
            RunControl control = progress.Control(cancellation);
            int threads = scene.Threads(parsed);
            IEnumerable<string> lines;
            if (parsed.GetValue(raster) is string name)
            {
                string? other = scene.FirstOfScene(parsed) ?? Array.Find(
                    (Option[])[green, water], option => parsed.GetResult(option) is not null)?.Name;
                if (other is not null)
                    throw new InputException("It says nothing of --raster.", "Give one or the other.", field: other);
                BandReference band = BandReference.Parse(name);
                IReadOnlyList<ZonePolygon> zones = PolygonFile.Read(file, field, band);
                lines = ValueLines(zones, SceneZones.ComputeValues(
                    band, scene.NoData(parsed), Shapes(zones), rule, threads, control), asJson);
            }
            else
            {
                SceneSource source = scene.Source(parsed);
                bool leavesOut = LeavesOutWater(parsed.GetValue(water));
                source = source with
                {
                    Green = SceneStatsVerb.Green(parsed.GetResult(green), parsed.GetValue(green), source.Green),
                    LeavesOutWater = leavesOut,
                };
                CoverEnds? ends = scene.Ends(parsed);
                IReadOnlyList<ZonePolygon> zones = PolygonFile.Read(file, field, source.Red);
                lines = SceneLines(zones, SceneZones.Compute(
                    source, Shapes(zones), ends, rule, threads, control), ends is not null, source, asJson);
            }
            foreach (string line in lines) Console.Out.WriteLine(line);
            return 0;
        }
    }

    private static List<Polygon> Shapes(IReadOnlyList<ZonePolygon> zones) => [.. zones.Select(z => z.Shape)];

    private static bool LeavesOutWater(string? text) => text switch
    {
        null or "counted" => false,
        "left-out" => true,
        _ => throw new InputException($"'{text}' is neither.", "Give counted or left-out.", field: "--water"),
    };

    private static CoverageRule Rule(string? text) => text switch
    {
        null or "exact" => CoverageRule.Exact,
        "centre" => CoverageRule.Centre,
        _ => throw new InputException($"'{text}' is not a coverage.", "Give exact or centre.", field: "--coverage"),
    };

    private static IEnumerable<string> SceneLines(
        IReadOnlyList<ZonePolygon> zones, IReadOnlyList<ZoneFigures> figures, bool withCover, SceneSource source,
        bool asJson)
    {
        if (!asJson)
        {
            yield return Row([
                "id", "count", "area ha", "clear", "mean", "min", "max", "low", "central", "high",
                .. Wet(source, "water ha")]);
        }
        for (int i = 0; i < zones.Count; i++)
        {
            ZoneFigures z = figures[i];
            yield return asJson ? SceneJson(zones[i], z, withCover, source) : Row([
                zones[i].Id, FigureText.Cell(z.Count), FigureText.Cell(z.AreaHa), FigureText.Cell(z.ClearFraction),
                FigureText.Cell(z.Mean), FigureText.Cell(z.Min), FigureText.Cell(z.Max),
                FigureText.Cell(z.Cover?.Low), FigureText.Cell(z.Cover?.Central), FigureText.Cell(z.Cover?.High),
                .. Wet(source, FigureText.Cell(z.WaterHa))]);
        }
    }

    private static IEnumerable<string> Wet(SceneSource source, string cell) => source.Green is null ? [] : [cell];

    private static string SceneJson(
        ZonePolygon zone, ZoneFigures figures, bool withCover, SceneSource source) => FigureText.Json(writer =>
    {
        WriteId(writer, zone);
        writer.WriteFigure("count", figures.Count);
        writer.WriteFigure("areaHa", figures.AreaHa);
        // The contract has nulls where nothing is clear, also where the fraction itself would be 0.
        writer.WriteFigure("clearFraction", figures.Count > 0 ? figures.ClearFraction : null);
        writer.WriteStartObject("ndvi");
        writer.WriteFigure("mean", figures.Mean);
        writer.WriteFigure("min", figures.Min);
        writer.WriteFigure("max", figures.Max);
        writer.WriteFigure("stdev", figures.StandardDeviation);
        writer.WriteEndObject();
        writer.WriteCover(withCover, figures.Cover);
        if (source.Green is null) return;
        writer.WriteFigure("waterHa", figures.WaterHa);
        // What the denominator of the cover is.
        writer.WriteString("water", source.LeavesOutWater ? "left-out" : "counted");
    });

    private static IEnumerable<string> ValueLines(
        IReadOnlyList<ZonePolygon> zones, IReadOnlyList<ValueTally> tallies, bool asJson)
    {
        if (!asJson) yield return Row("id", "count", "sum", "mean", "min", "max", "stdev");
        for (int i = 0; i < zones.Count; i++)
        {
            ValueTally t = tallies[i];
            yield return asJson ? ValueJson(zones[i], t) : Row(
                zones[i].Id, FigureText.Cell(t.Count), FigureText.Cell(t.Sum), FigureText.Cell(t.Mean),
                FigureText.Cell(t.Min), FigureText.Cell(t.Max), FigureText.Cell(t.StandardDeviation));
        }
    }

    private static string ValueJson(ZonePolygon zone, ValueTally tally) => FigureText.Json(writer =>
    {
        WriteId(writer, zone);
        writer.WriteFigure("count", tally.Count);
        writer.WriteFigure("sum", tally.Sum);
        writer.WriteFigure("mean", tally.Mean);
        writer.WriteFigure("min", tally.Min);
        writer.WriteFigure("max", tally.Max);
        writer.WriteFigure("stdev", tally.StandardDeviation);
    });

    private static void WriteId(Utf8JsonWriter writer, ZonePolygon zone)
    {
        if (zone.IdIsNumber) writer.WriteNumber("id", long.Parse(zone.Id, CultureInfo.InvariantCulture));
        else if (zone.Id.Length > 0) writer.WriteString("id", zone.Id);
        else writer.WriteNull("id");
    }

    private static string Row(params IEnumerable<string> cells) =>
        $"{cells.First(),-20} {string.Join(' ', cells.Skip(1).Select(c => c.PadLeft(14)))}";
}
