using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Server;
using Monitor.Storage;

namespace Monitor.Cli;

/// <summary>
/// Which programmes a service works by. In earnest a bureau's own, in <c>DIR/pipelines</c>: putting a file there is what
/// starts judging by it. The shipped ones are an example with invented targets, and are taken only when asked for by name.
/// </summary>
internal static class ProgrammeFolder
{
    /// <summary>The word that asks for the programmes that came with the program.</summary>
    internal const string Shipped = "shipped";

    /// <summary>The programmes to serve.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="asked"><c>shipped</c>, a folder of definitions, or null for the default.</param>
    /// <param name="warnings">Where rounds that are left out are named; standard error by default.</param>
    /// <exception cref="InputException">A definition has a fault, or two of them say the same.</exception>
    internal static ProgrammeShelf Load(DataFolder folder, string? asked, TextWriter? warnings = null)
    {
        // Readings that were made up must never reach a notice that does not say so.
        bool isDemo = Directory.Exists(Path.Combine(folder.Root, "demo"));
        string place = asked switch
        {
            null when isDemo => DefinitionFiles.ShippedFolder,
            null => folder.Pipelines,
            Shipped => DefinitionFiles.ShippedFolder,
            _ => asked,
        };
        if (!Directory.Exists(place))
        {
            return asked is null ? ProgrammeShelf.Empty : throw new InputException(
                $"There is no folder '{asked}'.", $"Name a folder of definitions, or '{Shipped}'.", field: "--programmes");
        }
        return Read(place, warnings ?? Console.Error) with { Caution = isDemo ? Demo.DemoRun.Caution : null };
    }

    /// <summary>
    /// The programmes that a verb asks about a folder: the bureau's own as <c>serve</c> takes them, and the shipped ones where
    /// it has none, so that what the examples name is known on a fresh folder.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="InputException">A definition has a fault, or two of them say the same.</exception>
    internal static ProgrammeShelf Of(DataFolder folder) =>
        Load(folder, Directory.Exists(folder.Pipelines) ? null : Shipped);

    private static ProgrammeShelf Read(string place, TextWriter warnings)
    {
        List<RiverProgramme> rivers = [];
        List<WetlandProgramme> wetlands = [];
        foreach (string file in Directory.GetFiles(place, "*.yaml").Order(StringComparer.Ordinal))
        {
            DefinitionText text = DefinitionFiles.Load(file);
            string kind = DefinitionKind.Of(text);
            if (kind == RiverProgrammeReader.Kind) rivers.Add(DefinitionFiles.River(text));
            else if (kind == WetlandProgrammeReader.Kind) wetlands.Add(WetlandProgrammeReader.Read(text));
            else if (kind != StandardFile.Kind)
            {
                throw new InputException(
                    $"'{kind}' is no kind of programme.", "Move the file out of the folder, or correct it.", file, 1, "kind");
            }
        }
        // One subject, one programme: two would write the same notice.
        Unique(rivers.Select(p => (p.Id, p.Text.File)).Concat(wetlands.Select(p => (p.Id, p.Text.File))), "programme");
        Unique(rivers.SelectMany(p => p.Sections.Select(s => (s.Id, p.Text.File))), "section");
        Unique(wetlands.SelectMany(p => p.Banks.Select(b => (b.Id, p.Text.File))), "bank");
        return new ProgrammeShelf(rivers, wetlands) { Rounds = Rounds(place, rivers, warnings) };
    }

    // Rounds of the programmes that are served; other families lie beside them and concern nobody here. Years are compared by
    // rounds and nothing is judged by them: one that cannot be read is left out aloud, and the service stands.
    private static List<RiverProgramme> Rounds(string place, List<RiverProgramme> rivers, TextWriter warnings)
    {
        string families = Path.Combine(place, "families");
        if (!Directory.Exists(families)) return [];
        List<RiverProgramme> rounds = [];
        foreach (string file in Directory.GetFiles(families, "*.yaml").Order(StringComparer.Ordinal))
        {
            try
            {
                if (Round(file, rivers) is not RiverProgramme round) continue;
                Unique(
                    rivers.Concat(rounds).Append(round).Select(r => ($"{r.Id} {r.Version}", r.Text.File)), "round");
                rounds.Add(round);
            }
            catch (InputException fault)
            {
                warnings.WriteLine($"A round is left out: {fault.Message}");
            }
        }
        return rounds;
    }

    private static RiverProgramme? Round(string file, List<RiverProgramme> rivers)
    {
        DefinitionText text = DefinitionFiles.Load(file);
        bool isServed = DefinitionKind.Of(text) == RiverProgrammeReader.Kind
            && rivers.Exists(r => r.Id == DefinitionKind.ProgrammeOf(text));
        return isServed ? DefinitionFiles.River(text) : null;
    }

    private static void Unique(IEnumerable<(string Id, string File)> named, string what)
    {
        Dictionary<string, string> seen = [];
        foreach ((string id, string file) in named)
        {
            if (!seen.TryAdd(id, file))
            {
                throw new InputException(
                    $"The {what} '{id}' stands in {seen[id]} too.", "Leave one of the files in the folder.", file);
            }
        }
    }
}
