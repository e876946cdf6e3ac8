using System.CommandLine;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Tiff;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>`scene ndvi`, `scene cover` and `scene mask`: a Float32 GeoTIFF of the scene's size.</summary>
internal static class SceneRasterVerb
{
    internal static Command Create(string name, string description)
    {
        var command = new Command(name, description);
        SceneOptions scene = new SceneOptions().AddTo(command, withCover: name == "cover");
        var output = new Option<string?>("--out") { Description = "The GeoTIFF to write." };
        var compress = new Option<string?>("--compress") { Description = "none (default), deflate or zstd." };
        command.Options.Add(output);
        command.Options.Add(compress);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            string path = Target(parsed.GetValue(output));
            TiffCompression packing = Compression(parsed.GetValue(compress));
            int threads = scene.Threads(parsed);
            if (name == "ndvi") SceneRasters.WriteNdvi(scene.Source(parsed), path, packing, threads, cancellation);
            else if (name == "mask") SceneRasters.WriteMask(scene.Source(parsed), path, packing, threads, cancellation);
            else
            {
                CoverEnds ends = scene.Ends(parsed) ?? throw new InputException(
                    "Cover needs its ends.", "Give --soil L,C,H and --veg L,C,H.", field: "--soil");
                SceneRasters.WriteCover(scene.Source(parsed), ends.Central, path, packing, threads, cancellation);
            }
            return 0;
        }
    }

    private static string Target(string? path)
    {
        if (path is not { Length: > 0 })
            throw new InputException("It is missing.", "Give --out FILE.tif.", field: "--out");
        if (Directory.Exists(path))
            throw new InputException("It is a folder.", "Name a file in it.", path, field: "--out");
        return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? path : throw new InputException(
            "There is no such folder to write it to.", "Make the folder first.", path, field: "--out");
    }

    private static TiffCompression Compression(string? text) => text switch
    {
        null or "none" => TiffCompression.None,
        "deflate" => TiffCompression.Deflate,
        "zstd" => TiffCompression.Zstd,
        _ => throw new InputException(
            $"'{text}' is not a compression.", "Give none, deflate or zstd.", field: "--compress"),
    };
}
