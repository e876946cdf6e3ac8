using Monitor.Domain;

namespace Monitor.Edge;

/// <summary>Reads <c>--name value</c> and <c>--name=value</c>; a switch stands alone and means true.</summary>
internal static class EdgeArguments
{
    /// <summary>The options by name, without dashes.</summary>
    /// <exception cref="InputException">An option is unknown, comes twice, or lacks its value.</exception>
    internal static Dictionary<string, string> Read(
        IReadOnlyList<string> arguments, IReadOnlyCollection<string> known, IReadOnlyCollection<string> switches)
    {
        Dictionary<string, string> read = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] halves = arguments[i].Split('=', 2);
            string name = halves[0].StartsWith("--", StringComparison.Ordinal) ? halves[0][2..] : "";
            if (!known.Contains(name))
            {
                throw new InputException($"'{arguments[i]}' is not understood.", "See monitor-edge --help.");
            }
            string? value = halves.Length == 2 ? halves[1] : switches.Contains(name) ? "true" : null;
            if (value is null && i + 1 < arguments.Count) value = arguments[++i];
            if (value is null)
            {
                throw new InputException("the value is missing.", "See monitor-edge --help.", "", 0, halves[0]);
            }
            if (!read.TryAdd(name, value))
            {
                throw new InputException("the option comes twice.", "Give it once.", "", 0, halves[0]);
            }
        }
        return read;
    }
}
