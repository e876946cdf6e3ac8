using System.CommandLine;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor verify BUNDLE [--scenes DIR]</c>: recomputes what a bundle is of, from it alone or from pixels.</summary>
internal static class VerifyVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "A file that `bundle` made." };
        var scenes = new Option<string?>("--scenes")
        {
            Description = "Compute scenes again from the pixels in this folder: files are found by their sealed SHA-256.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "verify",
            "Recompute what a bundle is of from the bundle alone, offline: exit 1 and the first difference where it differs.")
        {
            bundle, scenes, json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(
            Run(parsed.GetRequiredValue(bundle), parsed.GetValue(scenes), parsed.GetValue(json), stop)));
        return command;
    }

    private static int Run(string path, string? scenes, bool json, CancellationToken stop)
    {
        Func<SealedPixels, string>? recompute = scenes is null ? null : new ScenePixels(PixelFiles.In(scenes), stop).Recompute;
        BundleReport report = BundleVerification.Run(BundleArchive.Read(path), SealingDesk.Software, recompute);
        if (json) WriteJson(report);
        else WriteText(report);
        return report.Holds ? ExitCode.Done : ExitCode.No;
    }

    private static void WriteText(BundleReport report)
    {
        foreach (BundleStep step in report.Steps)
        {
            Console.Out.WriteLine($"{(step.Holds ? "ok " : "NO ")} {step.Name,-10} {step.Words}");
        }
        // What no step computed is said, so that nobody takes it for computed.
        foreach (string taken in report.Taken) Console.Out.WriteLine($"taken as sealed or stated: {taken}");
        // Consistent, not true: what a sensor was told, nobody can compute.
        Console.Out.WriteLine(report.Holds
            ? $"一致 Entry {report.Entry} follows from what this bundle holds, byte for byte."
            : "不一致 The bundle does not hold.");
    }

    private static void WriteJson(BundleReport report)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(writer =>
        {
            writer.WriteBoolean("verified", report.Holds);
            writer.WriteNumber("entry", report.Entry);
            writer.WriteStartArray("steps");
            foreach (BundleStep step in report.Steps)
            {
                writer.WriteStartObject();
                writer.WriteString("name", step.Name);
                writer.WriteBoolean("holds", step.Holds);
                writer.WriteString("words", step.Words);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("taken");
            foreach (string taken in report.Taken) writer.WriteStringValue(taken);
            writer.WriteEndArray();
        });
    }
}
