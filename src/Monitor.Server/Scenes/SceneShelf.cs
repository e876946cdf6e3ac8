using System.Collections.Concurrent;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery.Tiles;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Storage;

namespace Monitor.Server.Scenes;

/// <summary>
/// The scenes under <c>scenes/taken</c>, found by what is in them: an address never names a folder, and files that were
/// changed since are another scene.
/// </summary>
internal sealed class SceneShelf(DataFolder folder, ProgrammeShelf shelf)
{
    private readonly Lock _gate = new();
    private readonly FileDigests _digests = new();
    private readonly ConcurrentDictionary<string, SceneFootprint> _footprints = [];
    private readonly ConcurrentDictionary<string, (WetlandProgramme Programme, WetlandBank Bank, string Place)> _places = [];

    /// <summary>What lies there of a bank now.</summary>
    internal BankScenes Of(WetlandProgramme programme, WetlandBank bank)
    {
        string parent = Path.Combine(folder.Scenes, "taken", bank.Id);
        if (!Directory.Exists(parent)) return new BankScenes([], []);
        List<TakenScene> scenes = [];
        List<LostScene> lost = [];
        // One at a time: two would hash the same files.
        lock (_gate)
        {
            foreach (string place in Directory.GetDirectories(parent).Order(StringComparer.Ordinal))
            {
                if (Open(programme, bank, place, out LostScene? why) is TakenScene scene) scenes.Add(scene);
                else lost.Add(why!);
            }
        }
        // The same content twice is one scene; the first folder stands for it.
        return new BankScenes([.. scenes.DistinctBy(s => s.Id).OrderBy(s => s.Taken)], lost);
    }

    /// <summary>The scene of an identity, with its files as they are now; null when none has it.</summary>
    internal TakenScene? Find(string id)
    {
        if (_places.TryGetValue(id, out (WetlandProgramme Programme, WetlandBank Bank, string Place) known))
        {
            lock (_gate)
            {
                // Where it was last, if it still is what it was: a tile must not cost a look at every scene.
                TakenScene? same = Open(known.Programme, known.Bank, known.Place, out _);
                if (same?.Id == id) return same;
            }
        }
        foreach (WetlandProgramme programme in shelf.Wetlands)
        {
            foreach (WetlandBank bank in programme.Banks)
            {
                if (Of(programme, bank).Scenes.FirstOrDefault(s => s.Id == id) is TakenScene found) return found;
            }
        }
        return null;
    }

    private TakenScene? Open(WetlandProgramme programme, WetlandBank bank, string place, out LostScene? lost)
    {
        string name = Path.GetFileName(place);
        Instant? taken = null;
        try
        {
            SceneSidecar scene = SceneFolder.Read(place);
            taken = scene.Taken;
            string id = SceneIdentity.Of(programme, bank, scene.Source, _digests.Of);
            lost = null;
            _places[id] = (programme, bank, place);
            return new TakenScene(
                id, name, scene.Taken, programme, bank, programme.Cover.Masked(scene.Source),
                _footprints.GetOrAdd(id, _ => SceneFootprint.Of(scene.Source)));
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            lost = new LostScene(name, taken, e.Message);
            return null;
        }
    }
}
