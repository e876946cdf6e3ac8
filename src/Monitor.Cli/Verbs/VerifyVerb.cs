using System.CommandLine;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor verify BUNDLE</c>: recomputes a judgement from its bundle alone.</summary>
internal static class VerifyVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "A file that `bundle` made." };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "verify", "Recompute a judgement from its bundle alone, offline: exit 1 and the first difference where it differs.")
        {
            bundle, json,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(bundle), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        BundleReport report = BundleVerification.Run(BundleArchive.Read(path), SealingDesk.Software);
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
        // Consistent, not true: what a sensor was told, nobody can compute.
        Console.Out.WriteLine(report.Holds
            ? $"一致 Entry {report.Entry} follows from the readings of this bundle, byte for byte."
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
        });
    }
}
