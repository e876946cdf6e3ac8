using Monitor.Ledger;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;

namespace Monitor.Server.Jobs;

/// <summary>
/// Which terms are in force: the newest text that two persons adopted for a programme. Before any was adopted, the text that
/// the service was given (a file, or what came with the program), and every notice says that nobody adopted it.
/// </summary>
/// <param name="ledger">Where adoptions are sealed.</param>
public sealed class AdoptedTerms(ILedgerStore ledger)
{
    private readonly Lock gate = new();
    private (LedgerEntry Entry, AdoptedDefinition Adopted)[] known = [];
    private long seen;

    /// <summary>The river programme to judge by.</summary>
    /// <param name="given">The programme as the service was given it.</param>
    public RiverProgramme Of(RiverProgramme given)
    {
        if (Newest(given.Id) is not AdoptedDefinition adopted || adopted.Definition == given.Text.Sha256) return given;
        return RiverProgrammeReader.Read(adopted.ToText(), _ => StandardFile.Read(adopted.ToStandard()));
    }

    /// <summary>The wetland programme to judge by.</summary>
    /// <param name="given">The programme as the service was given it.</param>
    public WetlandProgramme Of(WetlandProgramme given)
    {
        if (Newest(given.Id) is not AdoptedDefinition adopted || adopted.Definition == given.Text.Sha256) return given;
        return WetlandProgrammeReader.Read(adopted.ToText());
    }

    /// <summary>How a text came into force, for the notices made by it.</summary>
    /// <param name="programme">Programme id.</param>
    /// <param name="definition">SHA-256 of the text.</param>
    public NoticeTerms For(string programme, string definition)
    {
        (LedgerEntry? entry, _) = Known().LastOrDefault(
            k => k.Adopted.Programme == programme && k.Adopted.Definition == definition);
        return new NoticeTerms(entry?.Number, entry?.Hash);
    }

    private AdoptedDefinition? Newest(string programme) =>
        Known().LastOrDefault(k => k.Adopted.Programme == programme).Adopted;

    // Asked with every notice: only what was sealed since the last time is read.
    private (LedgerEntry Entry, AdoptedDefinition Adopted)[] Known()
    {
        lock (gate)
        {
            foreach (LedgerEntry entry in ledger.Entries(seen + 1))
            {
                if (entry.Kind == LedgerKinds.DefinitionAdopted) known = [.. known, (entry, AdoptedDefinition.Read(entry))];
                seen = entry.Number;
            }
            return known;
        }
    }
}
