using System.Runtime.InteropServices;
using Monitor.Domain;

namespace Monitor.Storage;

/// <summary>
/// Writes whole files so that a reader, or the machine after a power cut, finds the old one or the new one.
/// </summary>
public static partial class AtomicFile
{
    /// <summary>Replaces or makes the file; durable when it returns. Folders above it are made.</summary>
    /// <exception cref="StoreUnavailableException">The disk or the folder does not take it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        // A name of its own for each writer: two processes may write the same file, and the last one wins whole.
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
            SyncFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw new StoreUnavailableException(
                $"{path} cannot be written: {e.Message} Free space or give permission, then try again.", e);
        }
    }

    /// <summary>Makes a rename in the folder durable. On Windows the file system does it by itself.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int handle = Open(folder, 0);
        if (handle < 0) throw new IOException($"{folder}: open failed, errno {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Fsync(handle) != 0) throw new IOException(
                $"{folder}: fsync failed, errno {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            // Nothing was written through this handle, so its close cannot lose anything.
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
