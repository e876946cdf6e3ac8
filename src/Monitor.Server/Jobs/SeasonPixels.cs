using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Server.Scenes;
using Monitor.Storage;

namespace Monitor.Server.Jobs;

/// <summary>Finds the pixels of scenes that were taken, under <c>scenes/taken/BANK</c>, by what is in them.</summary>
/// <param name="folder">The data folder.</param>
internal sealed class SeasonPixels(DataFolder folder)
{
    private readonly FileDigests digests = new();

    /// <summary>The identity of a scene's pixels, meaning and terms, as its figures are stored under.</summary>
    internal string IdentityOf(WetlandProgramme programme, WetlandBank bank, SceneSource masked) =>
        SceneIdentity.Of(programme, bank, masked, digests.Of);

    /// <summary>The scenes, in the order asked for, each masked as the terms ask, with its identity.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="wanted">Each scene's time, and the identities under which the record has figures of it.</param>
    /// <exception cref="InputException">A scene's files are not there, or are not what they were.</exception>
    internal IReadOnlyList<(Instant Time, SceneSource Source, string Identity)> Find(
        WetlandProgramme programme, WetlandBank bank, IReadOnlyList<(Instant Time, IReadOnlySet<string> Identities)> wanted)
    {
        string parent = Path.Combine(folder.Scenes, "taken", bank.Id);
        List<SceneSidecar> here = Directory.Exists(parent)
            ? [.. Directory.GetDirectories(parent).Order(StringComparer.Ordinal).Select(Readable).OfType<SceneSidecar>()]
            : [];
        List<(Instant, SceneSource, string)> found = [];
        foreach ((Instant time, IReadOnlySet<string> identities) in wanted)
        {
            (SceneSource Source, string Identity)? match = here.Where(s => s.Taken == time)
                .Select(s => programme.Cover.Masked(s.Source))
                .Select(masked => (masked, IdentityOf(programme, bank, masked)))
                .Where(s => identities.Contains(s.Item2))
                .Select(s => ((SceneSource, string)?)s).FirstOrDefault();
            if (match is not (SceneSource source, string identity))
            {
                throw new InputException(
                    $"The scene of {time} belongs to the season's composite, and its files, as they were judged, are not " +
                    "among the taken scenes.",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Put them back under scenes/taken/{bank.Id}, or drop that scene into the inbox again."));
            }
            found.Add((time, source, identity));
        }
        return found;
    }

    // A folder that cannot be read is none of the scenes that were taken: whoever needs it is told that it is missing.
    private static SceneSidecar? Readable(string place)
    {
        try
        {
            return SceneFolder.Read(place);
        }
        catch (InputException)
        {
            return null;
        }
    }
}
