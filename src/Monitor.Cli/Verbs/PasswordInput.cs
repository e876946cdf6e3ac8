using System.CommandLine;
using Monitor.Domain;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary>
/// Where a password comes from: the terminal, unseen, or the lines of stdin. Never an argument, which others can read.
/// </summary>
internal static class PasswordInput
{
    /// <summary><c>--password-stdin</c>.</summary>
    internal static Option<bool> FromStdin() => new("--password-stdin")
    {
        Description = "Read the password from stdin, one line each, instead of asking for it.",
    };

    /// <summary>A password that is there already.</summary>
    /// <param name="what">What is asked for.</param>
    /// <param name="isFromStdin">Whether it is the next line of stdin.</param>
    internal static string Read(string what, bool isFromStdin) => isFromStdin ? NextLine(what) : Ask(what);

    /// <summary>A new password; at the terminal it is asked for twice.</summary>
    internal static string ReadNew(bool isFromStdin)
    {
        const string what = "New password";
        if (isFromStdin) return NextLine(what);
        string password = Ask(what);
        return Ask("The same again") == password ? password : throw new InputException(
            "The two passwords differ.", "Try again.", field: "password");
    }

    private static string NextLine(string what) => Console.In.ReadLine() ?? throw new InputException(
        $"Stdin ended before this line: {what.ToLowerInvariant()}.", "Write one password per line.", field: "--password-stdin");

    private static string Ask(string what)
    {
        if (Console.IsInputRedirected) throw new InputException(
            "There is no terminal to ask for a password.", "Use --password-stdin.", field: "--password-stdin");
        // Stdout is for results.
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Prompt(new TextPrompt<string>($"{what}:").Secret(null).AllowEmpty());
    }
}
