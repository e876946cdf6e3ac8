using System.IO.Compression;
using Monitor.Domain;

namespace Monitor.Server.Jobs;

/// <summary>A bundle as one zip file: names in order, one time for all, so that the same judgement gives the same file.</summary>
public static class BundleArchive
{
    /// <summary>The kind of file.</summary>
    public const string ContentType = "application/zip";

    // A year of five-minute readings is far below; what claims more is no bundle, and must not fill the memory.
    private const long UnpackedMax = 1L << 30;
    private const int FilesMax = 1000;

    // The earliest that a zip can say.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs the files.</summary>
    public static byte[] Pack(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, ReadOnlyMemory<byte> bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Time;
                using Stream stream = entry.Open();
                stream.Write(bytes.Span);
            }
        }
        return packed.ToArray();
    }

    /// <summary>Reads the files of a bundle.</summary>
    /// <exception cref="InputException">The file is not there, is no zip, or holds more than a bundle can.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read(string path)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > FilesMax) throw new InvalidDataException($"it holds {zip.Entries.Count} files.");
            long room = UnpackedMax;
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                byte[] bytes = ReadAll(entry, room);
                room -= bytes.Length;
                if (!files.TryAdd(entry.FullName, bytes)) throw new InvalidDataException($"it holds {entry.FullName} twice.");
            }
            return files;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("there is no such file.", "Name a bundle, as `monitor bundle` makes it.", path);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"this is no bundle: {e.Message}", "Copy it again, or ask for it again.", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be read: {e.Message}", "Name a bundle that you may read.", path);
        }
    }

    // The sizes that a zip declares may lie: what counts is what comes out.
    private static byte[] ReadAll(ZipArchiveEntry entry, long room)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (bytes.Length + read > room) throw new InvalidDataException("it holds more than a bundle can.");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
