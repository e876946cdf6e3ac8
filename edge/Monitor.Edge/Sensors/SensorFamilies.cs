using Monitor.Domain;

namespace Monitor.Edge.Sensors;

/// <summary>The families there are.</summary>
internal static class SensorFamilies
{
    // Named, not found by reflection: the agent is shipped trimmed, and what nobody names is trimmed away.
    private static readonly IReadOnlyDictionary<string, ISensorFamily> All =
        new ISensorFamily[] { new Hj212Family(), new ModbusFamily() }
            .ToDictionary(family => family.Name, StringComparer.Ordinal);

    /// <summary>Their names, in order.</summary>
    internal static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>Makes the sources of a configuration.</summary>
    /// <exception cref="InputException">A family is unknown, a setting wrong, or two sources have one name.</exception>
    internal static IReadOnlyList<ISensorSource> Open(IReadOnlyList<SensorSettings> sensors, SensorPlace place)
    {
        List<ISensorSource> sources = [];
        foreach (SensorSettings said in sensors)
        {
            string name = said.Text("family");
            if (!All.TryGetValue(name, out ISensorFamily? family))
            {
                throw said.Wrong("family", $"'{name}' is no family.", $"Known are {string.Join(", ", Names)}.");
            }
            ISensorSource source = family.Open(said, place);
            said.RequireNoOther();
            if (sources.Any(other => other.Name == source.Name))
            {
                throw said.Wrong("name", $"two sensors are called {source.Name}.", "Give each a name of its own.");
            }
            sources.Add(source);
        }
        return sources;
    }
}
