using System.CommandLine;
using Monitor.Domain;

namespace Monitor.Cli.Verbs;

/// <summary>An option that names a port of this machine; 0 is any free one.</summary>
internal static class PortOption
{
    private const int PortMax = 65535;

    internal static Option<int> Create(string name, string description, int otherwise) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => otherwise,
    };

    /// <summary>The port asked for; where the command line does not ask, the one of the settings, if they have one.</summary>
    /// <exception cref="InputException">No port has that number.</exception>
    internal static int Port(this ParseResult parsed, Option<int> option, int? settings = null)
    {
        int port = settings is int set && parsed.IsLeftOut(option) ? set : parsed.GetValue(option);
        Check(port, option.Name);
        return port;
    }

    /// <summary>Refuses a number that no port has.</summary>
    /// <param name="port">The number.</param>
    /// <param name="field">Where it stands: the option, or the key of a file.</param>
    /// <param name="file">The file; empty for an option.</param>
    /// <exception cref="InputException">No port has that number.</exception>
    internal static void Check(int port, string field, string file = "")
    {
        if (port is < 0 or > PortMax) throw new InputException(
            $"{port} is no port.", $"Name one from 0 to {PortMax}.", file, 0, field);
    }

    /// <summary>Whether the command line leaves an option to its default.</summary>
    internal static bool IsLeftOut(this ParseResult parsed, Option option) => parsed.GetResult(option) is not { Implicit: false };
}
