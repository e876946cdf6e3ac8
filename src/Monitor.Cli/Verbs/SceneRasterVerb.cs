using System.CommandLine;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Outputs;
using Monitor.Imagery.Products;
using Monitor.Imagery.Tiff;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>`scene ndvi`, `scene cover` and `scene mask`: a Float32 GeoTIFF of the scene's size, and its STAC Item.</summary>
internal static class SceneRasterVerb
{
    internal static Command Create(string name, string description)
    {
        var command = new Command(name, description);
        SceneOptions scene = new SceneOptions().AddTo(command, withCover: name == "cover");
        RasterOptions raster = new RasterOptions().AddTo(command);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            TiffCompression packing = raster.Compression(parsed);
            CoverEnds? ends = name == "cover" ? scene.Ends(parsed) ?? throw new InputException(
                "Cover needs its ends.", "Give --soil L,C,H and --veg L,C,H.", field: "--soil") : null;
            SceneProduct product = scene.Product(parsed);
            string path = raster.Target(parsed, [product]);
            int threads = scene.Threads(parsed);
            using SceneProgress progress = SceneProgress.Start(name);
            RunControl control = progress.Control(cancellation);
            raster.Write(parsed, name, path, [product], threads, Make, json =>
            {
                if (ends is not null) RasterOptions.WriteEnds(json, ends);
            }, cancellation);
            return ExitCode.Done;

            RasterShape Make() => name switch
            {
                "ndvi" => SceneRasters.WriteNdvi(product.Source, path, packing, threads, control),
                "mask" => SceneRasters.WriteMask(product.Source, path, packing, threads, control),
                _ => SceneRasters.WriteCover(product.Source, ends!.Central, path, packing, threads, control),
            };
        }
    }
}
