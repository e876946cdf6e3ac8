using System.CommandLine;

namespace Monitor.Cli.Verbs;

/// <summary>What every verb takes with which a registered person says something.</summary>
internal static class SigningOptions
{
    internal static Option<string> Reason() => new("--reason")
    {
        Description = "Why; kept for ever.", HelpName = "TEXT", Required = true,
    };

    internal static Option<string> Key() => new("--key")
    {
        Description = "The person's private key, as `user add` wrote it.", HelpName = "FILE", Required = true,
    };
}
