namespace Monitor.Programmes.Definitions;

/// <summary>How a bank is watched.</summary>
/// <param name="FirstYear">The civil year that is its monitoring year 1.</param>
/// <param name="Wells">
/// Agents of its wells, each a well; all of them count, so that one that stays silent is seen. None where no criterion
/// asks for wells.
/// </param>
/// <param name="RainfallAgent">Agent that says how each year's rain ranks; null where no criterion asks.</param>
public sealed record MonitoringTerms(int FirstYear, IReadOnlyList<string> Wells, string? RainfallAgent)
{
    private const int YearMin = 1972, YearMax = 9000;

    /// <summary>The civil year of a monitoring year, counted from 1.</summary>
    public int YearOf(int stage) => FirstYear + stage - 1;

    /// <summary>The map <c>monitoring</c> of a bank; null where it has none.</summary>
    internal static MonitoringTerms? Read(DefinitionNode bank)
    {
        if (bank.OptionalMap("monitoring") is not DefinitionNode node) return null;
        List<string> wells = node.Has("wells") ? [.. node.List("wells").Select(w => w.Id())] : [];
        foreach (IGrouping<string, string> same in wells.GroupBy(w => w).Where(g => g.Count() > 1))
        {
            node.At("wells").Fault($"the well '{same.Key}' stands {same.Count()} times.", "Name each well once.");
        }
        var terms = new MonitoringTerms(
            node.Integer("first_year", YearMin, YearMax), wells, node.Has("rainfall") ? node.Id("rainfall") : null);
        node.Close();
        return terms;
    }
}
