using System.CommandLine;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Programmes.Definitions;

namespace Monitor.Cli.Verbs;

/// <summary>`check`: everything that can be said of definition files.</summary>
internal static class CheckVerb
{
    internal static Command Create()
    {
        var files = new Argument<string[]>("PIPELINE")
        {
            Description = "Definition files, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var command = new Command("check", "Check programme definitions: exit 1 on any fault.") { files, json };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] places, bool json)
    {
        int faults = 0;
        foreach (string file in places.SelectMany(Files))
        {
            IReadOnlyList<DefinitionFault> found = Check(DefinitionFiles.Load(file));
            foreach (DefinitionFault fault in found) Print(fault, json);
            int count = found.Count(f => f.Level == FaultLevel.Fault);
            if (!json) Console.Out.WriteLine($"{file}: {(count == 0 ? "passes" : $"{count} fault(s)")}");
            faults += count;
        }
        return faults == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static IReadOnlyList<DefinitionFault> Check(DefinitionText text)
    {
        string kind;
        try
        {
            kind = DefinitionKind.Of(text);
        }
        catch (InputException e)
        {
            return [new DefinitionFault(FaultLevel.Fault, e.File, Math.Max(e.Line, 1), e.Field, e.Fault, e.Remedy)];
        }
        return kind switch
        {
            WetlandProgrammeReader.Kind => WetlandProgrammeReader.Check(text),
            StandardDefinition.Kind => StandardDefinition.Check(text),
            _ => RiverProgrammeReader.Check(text, name => DefinitionFiles.Standard(name, Path.GetDirectoryName(text.File))),
        };
    }

    private static IEnumerable<string> Files(string place)
    {
        if (!Directory.Exists(place)) return [place];
        string[] found = [.. Directory.EnumerateFiles(place, "*.yaml").Order(StringComparer.Ordinal)];
        return found.Length > 0
            ? found
            : throw new InputException("there is no *.yaml in this folder.", "Name a folder of definitions.", place);
    }

    private static void Print(DefinitionFault fault, bool json)
    {
        string level = fault.Level switch
        {
            FaultLevel.Fault => "fault",
            FaultLevel.Warning => "warning",
            _ => "note",
        };
        Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(
                new { level, file = fault.File, line = fault.Line, field = fault.Field, text = fault.Text, remedy = fault.Remedy },
                FigureText.Relaxed)
            : $"{level,-7} {fault}");
    }
}
