using System.CommandLine;
using System.Globalization;
using Monitor.Imagery;
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
        command.Options.Add(json);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            long started = TimeProvider.System.GetTimestamp();
            CoverEnds? ends = scene.Ends(parsed);
            SceneFigures figures = SceneStatistics.Compute(
                scene.Source(parsed), ends, scene.Threads(parsed), cancellation);
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
            Console.Out.WriteLine(parsed.GetValue(json)
                ? Json(figures, ends is not null, elapsed)
                : Table(figures, ends is not null, elapsed));
            return 0;
        }
    }

    private static string Json(SceneFigures figures, bool withCover, TimeSpan elapsed)
    {
        RasterTally tally = figures.Tally;
        return FigureText.Json(writer =>
        {
            writer.WriteNumber("width", figures.Width);
            writer.WriteNumber("height", figures.Height);
            writer.WriteNumber("valid", tally.Count);
            writer.WriteFigure("clearFraction", tally.ClearFraction);
            writer.WriteStartObject("ndvi");
            writer.WriteFigure("mean", tally.Mean);
            writer.WriteFigure("min", tally.Min);
            writer.WriteFigure("max", tally.Max);
            writer.WriteFigure("p5", tally.Percentile(0.05));
            writer.WriteFigure("p95", tally.Percentile(0.95));
            writer.WriteEndObject();
            writer.WriteCover(withCover, tally.Cover);
            writer.WriteNumber("elapsedMs", Math.Round(elapsed.TotalMilliseconds, 1));
        });
    }

    private static string Table(SceneFigures figures, bool withCover, TimeSpan elapsed)
    {
        RasterTally tally = figures.Tally;
        List<(string Name, string Value)> rows =
        [
            ("size", string.Create(CultureInfo.InvariantCulture, $"{figures.Width} x {figures.Height}")),
            ("valid pixels", tally.Count.ToString(CultureInfo.InvariantCulture)),
            ("clear fraction", FigureText.Cell(tally.ClearFraction)),
            ("NDVI mean", FigureText.Cell(tally.Mean)),
            ("NDVI min", FigureText.Cell(tally.Min)),
            ("NDVI max", FigureText.Cell(tally.Max)),
            ("NDVI p5", FigureText.Cell(tally.Percentile(0.05))),
            ("NDVI p95", FigureText.Cell(tally.Percentile(0.95))),
        ];
        if (withCover)
        {
            rows.Add(("cover low", FigureText.Cell(tally.Cover?.Low)));
            rows.Add(("cover central", FigureText.Cell(tally.Cover?.Central)));
            rows.Add(("cover high", FigureText.Cell(tally.Cover?.High)));
        }
        rows.Add(("elapsed", string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F0} ms")));
        return string.Join(Environment.NewLine, rows.Select(r => $"{r.Name,-15} {r.Value,14}"));
    }
}
