using System.CommandLine;
using System.CommandLine.Parsing;

namespace Monitor.Cli;

/// <summary>Says what is wrong with a command line, on stderr, like any other bad input.</summary>
internal static class OptionFaults
{
    /// <summary>Prints each fault, and where help is.</summary>
    /// <returns>The exit code.</returns>
    internal static int Report(ParseResult parsed)
    {
        List<string> verbs = [];
        for (CommandResult? at = parsed.CommandResult; at is not null; at = at.Parent as CommandResult)
        {
            verbs.Insert(0, at.Command is RootCommand ? "monitor" : at.Command.Name);
        }
        foreach (ParseError fault in parsed.Errors) Console.Error.WriteLine(Words(fault.Message));
        Console.Error.WriteLine($"See `{string.Join(' ', verbs)} --help`.");
        return ExitCode.BadInput;
    }

    // The library names types of .NET and breaks its lists over lines.
    private static string Words(string message) => string.Join(' ', message
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int64'", "as a whole number", StringComparison.Ordinal)
        .Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
