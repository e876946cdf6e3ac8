using System.CommandLine;
using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Products;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>`scene composite`: the median NDVI of several dates, with the share of pixels that enough dates show.</summary>
internal static class SceneCompositeVerb
{
    internal static Command Create()
    {
        var command = new Command(
            "composite", "Write the per-pixel median NDVI of several dates as a GeoTIFF, and tell its figures.");
        var items = new Option<string[]>("--item") { Description = "STAC Item of a date; once for each date." };
        var products = new Option<string[]>("--product") { Description = "Product folder of a date; once for each date." };
        var datesMin = new Option<string?>("--min-dates") { Description = "Clear dates that a pixel must have (3)." };
        command.Options.Add(items);
        command.Options.Add(products);
        command.Options.Add(datesMin);
        SceneOptions scene = new SceneOptions().AddForMany(command);
        RasterOptions raster = new RasterOptions().AddTo(command);
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        command.Options.Add(json);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            CoverEnds? ends = scene.Ends(parsed);
            int wanted = Wanted(parsed.GetValue(datesMin));
            List<SceneProduct> scenes =
            [
                .. (parsed.GetValue(items) ?? []).Select(file => scene.Adjusted(parsed, StacItem.Read(file))),
                .. (parsed.GetValue(products) ?? []).Select(folder => scene.Adjusted(parsed, SceneProduct.Open(folder))),
            ];
            string path = raster.Target(parsed, scenes);
            int threads = scene.Threads(parsed);
            CompositeFigures? figures = null;
            using (SceneProgress progress = SceneProgress.Start("composite"))
            {
                raster.Write(parsed, "composite", path, scenes, threads, () =>
                {
                    figures = SceneComposite.Write(
                        [.. scenes.Select(s => s.Source)], wanted, ends, path, raster.Compression(parsed), threads,
                        progress.Control(cancellation));
                    return figures.Shape;
                }, writer =>
                {
                    writer.WriteString("statistic", "median");
                    writer.WriteNumber("minDates", wanted);
                    writer.WriteFigure("enoughFraction", figures!.Tally.ClearFraction);
                    if (ends is not null) RasterOptions.WriteEnds(writer, ends);
                }, cancellation);
            }
            Console.Out.WriteLine(parsed.GetValue(json)
                ? Json(figures!, scenes.Count, wanted, ends is not null)
                : Table(figures!, scenes.Count, wanted, ends is not null));
            return ExitCode.Done;
        }
    }

    private const int WantedByDefault = 3;

    private static int Wanted(string? text)
    {
        if (text is null) return WantedByDefault;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0) return n;
        throw new InputException($"'{text}' is not a whole number from 1.", "Correct the option.", field: "--min-dates");
    }

    private static string Json(CompositeFigures figures, int scenes, int wanted, bool withCover) =>
        FigureText.Json(writer =>
        {
            writer.WriteNumber("width", figures.Shape.Width);
            writer.WriteNumber("height", figures.Shape.Height);
            writer.WriteNumber("scenes", scenes);
            writer.WriteNumber("minDates", wanted);
            writer.WriteNumber("eligible", figures.Tally.Eligible);
            writer.WriteNumber("enough", figures.Tally.Count);
            writer.WriteFigure("enoughFraction", figures.Tally.ClearFraction);
            writer.WriteIndex("ndvi", figures.Tally);
            writer.WriteCover(withCover, figures.Tally.Cover);
        });

    private static string Table(CompositeFigures figures, int scenes, int wanted, bool withCover)
    {
        RasterTally tally = figures.Tally;
        List<(string Name, string Value)> rows =
        [
            ("size", string.Create(CultureInfo.InvariantCulture, $"{figures.Shape.Width} x {figures.Shape.Height}")),
            ("scenes", string.Create(CultureInfo.InvariantCulture, $"{scenes}, at least {wanted} clear")),
            ("pixels with enough", tally.Count.ToString(CultureInfo.InvariantCulture)),
            ("share with enough", FigureText.Cell(tally.ClearFraction)),
            ("NDVI mean", FigureText.Cell(tally.Mean)),
            ("NDVI min", FigureText.Cell(tally.Min)),
            ("NDVI max", FigureText.Cell(tally.Max)),
        ];
        if (withCover)
        {
            rows.Add(("cover low", FigureText.Cell(tally.Cover?.Low)));
            rows.Add(("cover central", FigureText.Cell(tally.Cover?.Central)));
            rows.Add(("cover high", FigureText.Cell(tally.Cover?.High)));
        }
        return string.Join(Environment.NewLine, rows.Select(r => $"{r.Name,-18} {r.Value,20}"));
    }
}
