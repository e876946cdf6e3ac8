namespace Monitor.Edge;

/// <summary>
/// Some of the disk, held beside the outbox for the day when others have filled it: given back, the outbox can still
/// settle what was answered, drop what it must and say so. Not there is a state, not a fault.
/// </summary>
internal sealed class OutboxReserve(string outbox, long bytes) : IDisposable
{
    private readonly string file = outbox + ".reserve";

    /// <summary>Takes the reserve where it is not held.</summary>
    /// <returns>Whether it is held now; false where the disk has not that much.</returns>
    internal bool Take()
    {
        if (bytes == 0 || File.Exists(file)) return true;
        try
        {
            using var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = bytes,
            });
            // The blocks are the file system's promise; the length only lets a person see them.
            stream.SetLength(bytes);
            return true;
        }
        catch (IOException)
        {
            File.Delete(file);
            return false;
        }
    }

    /// <summary>Gives the reserve back to the disk.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Release()
    {
        if (!File.Exists(file)) return false;
        File.Delete(file);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();
}
