using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>`scene stats`: NDVI, percentiles and cover of a whole scene.</summary>
internal static class SceneStatsVerb
{
    internal static Command Create()
    {
        var command = new Command("stats", "NDVI, percentiles and cover of a whole scene.");
        SceneOptions scene = new SceneOptions().AddTo(command, withCover: true);
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var green = new Option<string?>("--green")
        {
            Description = "Also NDWI: the green band, FILE or FILE#BAND; without a value, the item's or product's own.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Options.Add(green);
        command.Options.Add(json);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            long started = TimeProvider.System.GetTimestamp();
            CoverEnds? ends = scene.Ends(parsed);
            SceneSource source = scene.Source(parsed);
            source = source with { Green = Green(parsed.GetResult(green), parsed.GetValue(green), source.Green) };
            int threads = scene.Threads(parsed);
            using SceneProgress progress = SceneProgress.Start("stats");
            SceneFigures figures = SceneStatistics.Compute(source, ends, threads, progress.Control(cancellation));
            ZoneFigures? ground = source.Green is null ? null : SceneZones.ComputeWhole(source, threads, cancellation);
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
            Console.Out.WriteLine(parsed.GetValue(json)
                ? Json(figures, ends is not null, ground, elapsed)
                : Table(figures, ends is not null, ground, elapsed));
            return ExitCode.Done;
        }
    }

    /// <summary>The green band that an option names, or the scene's own where it stands without a value.</summary>
    internal static BandReference? Green(OptionResult? option, string? given, BandReference? own) => option switch
    {
        null => null,
        _ when given is not null => BandReference.Parse(given),
        _ => own ?? throw new InputException(
            "No green band is known.", "Give --green FILE.", field: "--green"),
    };

    private static string Json(SceneFigures figures, bool withCover, ZoneFigures? ground, TimeSpan elapsed)
    {
        RasterTally tally = figures.Tally;
        return FigureText.Json(writer =>
        {
            writer.WriteNumber("width", figures.Width);
            writer.WriteNumber("height", figures.Height);
            writer.WriteNumber("valid", tally.Count);
            writer.WriteFigure("clearFraction", tally.ClearFraction);
            writer.WriteIndex("ndvi", tally);
            writer.WriteCover(withCover, tally.Cover);
            if (figures.Water is not null)
            {
                writer.WriteIndex("ndwi", figures.Water);
                writer.WriteFigure("areaHa", ground?.AreaHa);
                writer.WriteFigure("waterHa", ground?.WaterHa);
            }
            if (figures.Masked is not null)
            {
                writer.WriteStartObject("masked");
                foreach ((string name, long pixels) in figures.Masked) writer.WriteNumber(name, pixels);
                writer.WriteEndObject();
            }
            writer.WriteNumber("elapsedMs", Math.Round(elapsed.TotalMilliseconds, 1));
        });
    }

    private static string Table(SceneFigures figures, bool withCover, ZoneFigures? ground, TimeSpan elapsed)
    {
        RasterTally tally = figures.Tally;
        List<(string Name, string Value)> rows =
        [
            ("size", string.Create(CultureInfo.InvariantCulture, $"{figures.Width} x {figures.Height}")),
            ("valid pixels", tally.Count.ToString(CultureInfo.InvariantCulture)),
            ("clear fraction", FigureText.Cell(tally.ClearFraction)),
            .. IndexRows("NDVI", tally),
        ];
        if (figures.Water is not null)
        {
            rows.AddRange(IndexRows("NDWI", figures.Water));
            rows.Add(("area ha", FigureText.Cell(ground?.AreaHa)));
            rows.Add(("open water ha", FigureText.Cell(ground?.WaterHa)));
        }
        rows.AddRange((figures.Masked ?? []).Select(
            m => ($"masked: {m.Class}", m.Pixels.ToString(CultureInfo.InvariantCulture))));
        if (withCover)
        {
            rows.Add(("cover low", FigureText.Cell(tally.Cover?.Low)));
            rows.Add(("cover central", FigureText.Cell(tally.Cover?.Central)));
            rows.Add(("cover high", FigureText.Cell(tally.Cover?.High)));
        }
        rows.Add(("elapsed", string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F0} ms")));
        return string.Join(Environment.NewLine, rows.Select(r => $"{r.Name,-30} {r.Value,14}"));
    }

    private static IEnumerable<(string Name, string Value)> IndexRows(string name, RasterTally tally) =>
    [
        ($"{name} mean", FigureText.Cell(tally.Mean)),
        ($"{name} min", FigureText.Cell(tally.Min)),
        ($"{name} max", FigureText.Cell(tally.Max)),
        ($"{name} p5", FigureText.Cell(tally.Percentile(0.05))),
        ($"{name} p95", FigureText.Cell(tally.Percentile(0.95))),
    ];
}
