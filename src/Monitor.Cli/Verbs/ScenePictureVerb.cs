using System.CommandLine;
using Monitor.Domain;
using Monitor.Imagery.Pictures;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>`scene picture`: a PNG of NDVI, or of the central cover where its ends are given.</summary>
internal static class ScenePictureVerb
{
    internal static Command Create()
    {
        var command = new Command(
            "picture", "Write a PNG of a scene's NDVI, or of its central cover with --soil and --veg.");
        SceneOptions scene = new SceneOptions().AddTo(command, withCover: true);
        var output = new Option<string?>("--out") { Description = "The PNG to write." };
        command.Options.Add(output);
        // Off the caller's thread: Ctrl-C is listened for only once the action has given back its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed, cancellation), cancellation));
        return command;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            string path = parsed.GetValue(output)
                ?? throw new InputException("It is missing.", "Give --out FILE.png.", field: "--out");
            CoverEnds? ends = scene.Ends(parsed);
            ScenePicture.Write(scene.Product(parsed), ends?.Central, path, scene.Threads(parsed), cancellation);
            return ExitCode.Done;
        }
    }
}
