using System.Collections.Concurrent;
using Monitor.Server.Jobs;

namespace Monitor.Server.Scenes;

/// <summary>
/// SHA-256 of files, computed again only when a file's length or time of change is another: a year of scenes is gigabytes.
/// </summary>
internal sealed class FileDigests
{
    private readonly ConcurrentDictionary<string, (long Length, DateTime Changed, byte[] Digest)> _known = [];

    /// <summary>The digest of a file.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    internal byte[] Of(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists) throw new FileNotFoundException($"The file {info.Name} is not there.", file);
        if (_known.TryGetValue(file, out (long Length, DateTime Changed, byte[] Digest) known)
            && known.Length == info.Length && known.Changed == info.LastWriteTimeUtc) return known.Digest;
        byte[] digest = SceneIdentity.Digest(file);
        _known[file] = (info.Length, info.LastWriteTimeUtc, digest);
        return digest;
    }
}
