using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
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
        List<SceneSidecar> here = Here(bank);
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

    /// <summary>
    /// Manifests of the scenes whose figures a judgement reads, by time: of those whose files are at hand as they were when
    /// they were taken.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="readings">What the judgement reads.</param>
    /// <param name="own">The scene that is being taken, which lies elsewhere yet; null where there is none.</param>
    internal IReadOnlyList<SceneManifest> Manifests(
        WetlandProgramme programme, WetlandBank bank, IEnumerable<StoredReading> readings,
        (Instant Taken, SceneSource Masked)? own)
    {
        ILookup<Instant, string> wanted = readings.Where(r => r.Reading.Measurand == Measurands.ClearFraction)
            .ToLookup(r => r.Reading.Time, r => r.Boot);
        IEnumerable<(Instant Taken, SceneSource Masked)> taken = Here(bank).Where(s => wanted.Contains(s.Taken))
            .Select(s => (s.Taken, programme.Cover.Masked(s.Source)));
        return
        [
            .. (own is null ? taken : taken.Prepend(own.Value))
                .Select(s => (s.Taken, s.Masked, Identity: IdentityOf(programme, bank, s.Masked)))
                .Where(s => wanted[s.Taken].Contains(s.Identity)).DistinctBy(s => s.Identity).OrderBy(s => s.Taken)
                .Select(s => SceneIdentity.Manifest(s.Taken, s.Masked, s.Identity, digests.Of)),
        ];
    }

    private List<SceneSidecar> Here(WetlandBank bank)
    {
        string parent = Path.Combine(folder.Scenes, "taken", bank.Id);
        return Directory.Exists(parent)
            ? [.. Directory.GetDirectories(parent).Order(StringComparer.Ordinal).Select(Readable).OfType<SceneSidecar>()]
            : [];
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
