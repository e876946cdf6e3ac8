using System.CommandLine;
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
        var schema = new Option<bool>("--schema")
        {
            Description = "In place of checking: the JSON Schema of river programmes, for editors, as these files use it.",
        };
        var command = new Command("check", "Check programme definitions: exit 1 on any fault.") { files, json, schema };
        command.SetAction(parsed => parsed.GetValue(schema)
            ? Schema(parsed.GetValue(files)!)
            : Run(parsed.GetValue(files)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] places, bool json)
    {
        int faults = 0;
        using var lines = new JsonLines(Console.OpenStandardOutput());
        foreach (string file in places.SelectMany(Files))
        {
            IReadOnlyList<DefinitionFault> found = Check(DefinitionFiles.Load(file));
            foreach (DefinitionFault fault in found) Print(fault, json, lines);
            int count = found.Count(f => f.Level == FaultLevel.Fault);
            if (!json) Console.Out.WriteLine($"{file}: {(count == 0 ? "passes" : $"{count} fault(s)")}");
            faults += count;
        }
        return faults == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static int Schema(string[] places)
    {
        DefinitionText[] rivers = [.. places.SelectMany(Files).Select(DefinitionFiles.Load)
            .Where(text => DefinitionKind.Of(text) == RiverProgrammeReader.Kind)];
        Console.Out.Write(DefinitionSchema.River(rivers, name => DefinitionFiles.Standard(name, Folder(rivers[0]))));
        return ExitCode.Done;
    }

    private static string? Folder(DefinitionText text) => Path.GetDirectoryName(text.File);

    private static IReadOnlyList<DefinitionFault> Check(DefinitionText text)
    {
        string kind;
        try
        {
            kind = DefinitionKind.Of(text);
        }
        catch (InputException e)
        {
            return [DefinitionFault.Of(e)];
        }
        return kind switch
        {
            WetlandProgrammeReader.Kind => WetlandProgrammeReader.Check(text),
            StandardFile.Kind => StandardFile.Check(text),
            _ => RiverProgrammeReader.Check(text, name => DefinitionFiles.Standard(name, Folder(text))),
        };
    }

    private static IEnumerable<string> Files(string place)
    {
        if (!Directory.Exists(place)) return [place];
        string[] found =
            [.. Directory.EnumerateFiles(place, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return found.Length > 0
            ? found
            : throw new InputException("there is no *.yaml in this folder.", "Name a folder of definitions.", place);
    }

    private static void Print(DefinitionFault fault, bool json, JsonLines lines)
    {
        string level = fault.Level switch
        {
            FaultLevel.Fault => "fault",
            FaultLevel.Warning => "warning",
            _ => "note",
        };
        if (json)
        {
            lines.Write(writer =>
            {
                writer.WriteString("level", level);
                writer.WriteString("file", fault.File);
                writer.WriteNumber("line", fault.Line);
                writer.WriteString("field", fault.Field);
                writer.WriteString("text", fault.Text);
                writer.WriteString("remedy", fault.Remedy);
            });
        }
        else
        {
            Console.Out.WriteLine($"{level,-7} {fault}");
        }
    }
}
