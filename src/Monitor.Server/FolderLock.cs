using Monitor.Domain;
using Monitor.Storage;

namespace Monitor.Server;

/// <summary>Keeps a second service out of a folder. Ends with the process, however that ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="InputException">A file lies where the folder should.</exception>
    /// <exception cref="ServiceUnavailableException">Another service has the folder, or it cannot be written.</exception>
    internal static FolderLock Take(DataFolder folder)
    {
        for (string? at = Path.GetFullPath(folder.Root); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at)) throw new InputException(
                $"{at} is a file, not a folder.", "Name a folder, or one that can be made.", field: "--data");
        }
        try
        {
            Directory.CreateDirectory(folder.Root);
            return new FolderLock(new FileStream(
                folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServiceUnavailableException(
                $"{folder.Root} cannot be served: {e.Message} Another service may serve it already (its ports are in " +
                $"{folder.Endpoints}): end that one, or name another folder with --data.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
