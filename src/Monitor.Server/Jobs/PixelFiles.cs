using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Server.Scenes;

namespace Monitor.Server.Jobs;

/// <summary>The files of a folder and below it, found by their length and SHA-256.</summary>
public sealed class PixelFiles
{
    // A season of whole products is some thousands; what holds more is not a folder of scenes.
    private const int FilesMax = 100_000;

    private readonly ILookup<long, string> byLength;
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);

    private PixelFiles(string folder, ILookup<long, string> byLength) => (Folder, this.byLength) = (folder, byLength);

    /// <summary>The folder, as it was named.</summary>
    internal string Folder { get; }

    /// <summary>How many files were hashed so far.</summary>
    internal int Looked => hashes.Count;

    /// <summary>Lists a folder.</summary>
    /// <exception cref="InputException">It is not there, cannot be read, or holds too much.</exception>
    public static PixelFiles In(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) throw new InputException(
                "there is no such folder.", "Name the folder that holds the scenes' files.", folder, field: "--scenes");
            List<string> files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal).Take(FilesMax + 1)];
            if (files.Count > FilesMax) throw new InputException(
                $"it holds more than {FilesMax} files.", "Name the folder of this season's scenes.", folder, field: "--scenes");
            return new PixelFiles(folder, files.ToLookup(f => new FileInfo(f).Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(
                $"it cannot be read: {e.Message}", "Name a folder that you may read.", folder, field: "--scenes");
        }
    }

    /// <summary>The path of a file that is sealed; null where none has its bytes.</summary>
    /// <exception cref="InputException">A file of the folder cannot be read.</exception>
    internal string? Find(SceneFile file) => byLength[file.Bytes].FirstOrDefault(path => HashOf(path) == file.Sha256);

    /// <summary>What is missing, in words: the sealed hash, and what a file of the sealed name has instead.</summary>
    internal string Missing(SceneFile file, Domain.Readings.Instant taken)
    {
        string? named = byLength.SelectMany(g => g).FirstOrDefault(p => Path.GetFileName(p) == file.Name);
        string instead = named is null ? "" : $"; the file of that name there has {HashOf(named)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"no file of {Folder} is {file.Role} ({file.Name}, {file.Bytes} bytes) of the scene of {taken}: its sealed SHA-256 "
            + $"is {file.Sha256}{instead}.");
    }

    /// <summary>
    /// A scene by its identity, in a folder with its description: for judgements that were sealed before the hashes of files
    /// were. Null where there is none.
    /// </summary>
    internal SceneSource? FindDescribed(
        WetlandProgramme programme, WetlandBank bank, string identity, FileDigests digests)
    {
        foreach (string place in Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories)
            .Prepend(Folder).Order(StringComparer.Ordinal).Where(SceneFolder.IsDescribed))
        {
            if (Described(place) is not SceneSidecar scene) continue;
            SceneSource masked = programme.Cover.Masked(scene.Source);
            if (SceneIdentity.Of(programme, bank, masked, digests.Of) == identity) return masked;
        }
        return null;
    }

    // What cannot be read as a scene is none; that the one that is sought is missing is said by who seeks it.
    private static SceneSidecar? Described(string place)
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

    private string HashOf(string path)
    {
        if (hashes.TryGetValue(path, out string? known)) return known;
        try
        {
            return hashes[path] = Convert.ToHexStringLower(SceneIdentity.Digest(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"it cannot be read: {e.Message}", "Give permission, or take it out of the folder.", path, field: "--scenes");
        }
    }
}
