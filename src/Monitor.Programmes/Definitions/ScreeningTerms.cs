using Monitor.Domain;
using Monitor.Rules.Screening;

namespace Monitor.Programmes.Definitions;

/// <summary>Screening limits as a programme names them.</summary>
/// <param name="Version">Their version, recorded with each judgement.</param>
/// <param name="Limits">Limits by measurand; a measurand without any is judged by device status alone.</param>
public sealed record ScreeningTerms(string Version, IReadOnlyDictionary<string, ScreeningLimits> Limits)
{
    internal static ScreeningTerms Read(DefinitionNode node)
    {
        Dictionary<string, ScreeningLimits> limits = [];
        string version = node.Text("version");
        foreach ((string code, DefinitionNode entry) in node.Map("limits").Entries())
        {
            try
            {
                limits[code] = ScreeningDefinition.Read(YamlMap.Of(entry.Yaml, "", entry.Path));
            }
            catch (InputException e)
            {
                entry.Fault(e.Field.Length > 0 ? $"{e.Field}: {e.Fault}" : e.Fault, e.Remedy);
            }
        }
        node.Close();
        return new ScreeningTerms(version, limits);
    }
}
