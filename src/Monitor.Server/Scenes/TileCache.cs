namespace Monitor.Server.Scenes;

/// <summary>Pictures that were drawn, the latest used kept, up to so many bytes; safe to lose.</summary>
/// <param name="bytesMax">Bytes of all pictures together.</param>
internal sealed class TileCache(long bytesMax)
{
    // What an entry takes beside its picture.
    private const int BytesPerEntry = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, byte[] Picture)>> _entries = [];
    private readonly LinkedList<(string Key, byte[] Picture)> _byUse = [];

    /// <summary>Bytes that are kept now.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The picture of a key; null when it is not kept.</summary>
    internal byte[]? Find(string key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<(string Key, byte[] Picture)>? entry)) return null;
            _byUse.Remove(entry);
            _byUse.AddFirst(entry);
            return entry.Value.Picture;
        }
    }

    /// <summary>Keeps a picture; those used longest ago make room.</summary>
    internal void Keep(string key, byte[] picture)
    {
        lock (_gate)
        {
            if (_entries.Remove(key, out LinkedListNode<(string Key, byte[] Picture)>? former)) Forget(former);
            _entries[key] = _byUse.AddFirst((key, picture));
            Bytes += picture.Length + BytesPerEntry;
            while (Bytes > bytesMax && _byUse.Last is LinkedListNode<(string Key, byte[] Picture)> oldest)
            {
                _entries.Remove(oldest.Value.Key);
                Forget(oldest);
            }
        }
    }

    private void Forget(LinkedListNode<(string Key, byte[] Picture)> entry)
    {
        _byUse.Remove(entry);
        Bytes -= entry.Value.Picture.Length + BytesPerEntry;
    }
}
