using System.CommandLine;
using Monitor.Domain;
using Monitor.Storage;

namespace Monitor.Cli.Verbs;

/// <summary><c>--data DIR</c>, the same for every verb that touches a store.</summary>
internal static class DataOption
{
    internal static Option<string> Create() => new("--data")
    {
        Description = "Folder of the stores.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DataFolder.DefaultRoot,
    };

    /// <summary>The folder asked for; where the command line does not ask, the one of the settings, if they have one.</summary>
    /// <exception cref="InputException">An empty name.</exception>
    internal static DataFolder Folder(this ParseResult parsed, Option<string> option, string? settings = null)
    {
        string root = settings is not null && parsed.IsLeftOut(option) ? settings : parsed.GetRequiredValue(option);
        return root.Length > 0 ? new DataFolder(root) : throw new InputException(
            "The folder's name is empty.", "Name a folder, or leave the option out.", field: "--data");
    }
}
