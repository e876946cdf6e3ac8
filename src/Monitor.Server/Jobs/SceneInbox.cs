using System.Globalization;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Storage;

namespace Monitor.Server.Jobs;

/// <summary>
/// The folder that scenes are dropped into: <c>scenes/inbox/BANK/SCENE/</c>, described as <see cref="SceneFolder"/> says. A
/// scene that was taken moves to <c>scenes/taken</c>, one that cannot be read to <c>scenes/faulty</c> with the reason beside
/// it. Killed before the move, it is taken again, which changes nothing.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="flow">Takes one scene.</param>
internal sealed class SceneInbox(DataFolder folder, SceneFlow flow)
{
    private const string FaultFile = "fault.txt";

    private string Inbox => Path.Combine(folder.Scenes, "inbox");

    /// <summary>Takes every complete scene: its folder holds its description, which is to be written last.</summary>
    internal JobOutcome TakeAll(IReadOnlyList<WetlandProgramme> programmes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Inbox);
        int taken = 0, waiting = 0;
        List<string> faults = [];
        foreach (string bankFolder in Folders(Inbox))
        {
            string id = Path.GetFileName(bankFolder);
            (WetlandProgramme Programme, WetlandBank Bank)? site = programmes
                .Select(p => p.FindBank(id) is WetlandBank b ? (p, b) : ((WetlandProgramme, WetlandBank)?)null)
                .FirstOrDefault(s => s is not null);
            // By time, so that a season dropped at once comes to its composite date by date.
            foreach (string scene in Folders(bankFolder).OrderBy(TakenOf))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!SceneFolder.IsDescribed(scene)) waiting++;
                else if (site is null) faults.Add(SetApart(id, scene, $"No programme here has a bank '{id}'."));
                else if (Take(site.Value, scene, cancellation) is string fault) faults.Add(fault);
                else taken++;
            }
        }
        return new JobOutcome(taken, waiting, faults);
    }

    private string? Take(
        (WetlandProgramme Programme, WetlandBank Bank) site, string scene, CancellationToken cancellation)
    {
        try
        {
            SceneSidecar sidecar = SceneFolder.Read(scene);
            flow.Take(site.Programme, site.Bank, sidecar.Source, sidecar.Taken, cancellation);
        }
        // Trouble of the store or of the machine is not the scene's: it stays where it is, and the job tries again.
        catch (Exception e) when (e is InputException or SceneConflictException)
        {
            return SetApart(site.Bank.Id, scene, e.Message);
        }
        Move(scene, "taken", site.Bank.Id);
        return null;
    }

    // First what says no time: it is set apart, or is still being filled.
    private static Instant TakenOf(string scene)
    {
        try
        {
            return SceneFolder.IsDescribed(scene) ? SceneFolder.Read(scene).Taken : default;
        }
        catch (InputException)
        {
            return default;
        }
    }

    private string SetApart(string bank, string scene, string reason)
    {
        AtomicFile.Write(Path.Combine(scene, FaultFile), Encoding.UTF8.GetBytes(reason + "\n"));
        string place = Move(scene, "faulty", bank);
        return $"{bank}/{Path.GetFileName(scene)}: {reason} It lies in {Path.GetRelativePath(folder.Root, place)}.";
    }

    // A name that is taken gets a number: nothing that came in is ever written over.
    private string Move(string scene, string to, string bank)
    {
        string parent = Path.Combine(folder.Scenes, to, bank);
        Directory.CreateDirectory(parent);
        string place = Path.Combine(parent, Path.GetFileName(scene));
        for (int number = 2; Directory.Exists(place); number++)
        {
            place = Path.Combine(
                parent, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(scene)}-{number}"));
        }
        Directory.Move(scene, place);
        return place;
    }

    // A name that begins with a dot is one that somebody is still copying to.
    private static IEnumerable<string> Folders(string folder) => Directory.GetDirectories(folder)
        .Where(f => !Path.GetFileName(f).StartsWith('.'))
        .Order(StringComparer.Ordinal);
}
