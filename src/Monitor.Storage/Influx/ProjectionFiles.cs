using System.Text;
using System.Text.Json;
using Monitor.Domain;

namespace Monitor.Storage.Influx;

/// <summary>
/// What is kept of a projection on our side, in files beside the record: how far it has come, and what was refused. Both
/// may be deleted; the projection then begins anew.
/// </summary>
internal sealed class ProjectionFiles(DataFolder folder, InfluxTarget target)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private sealed record Cursor(string Target, long Position);

    /// <summary>
    /// The position up to which all is projected, inclusive; 0 where nothing is, or where another target was projected to.
    /// </summary>
    internal long Load() => Read() is Cursor cursor && cursor.Target == target.Identity ? cursor.Position : 0;

    /// <summary>Keeps the position; durable when it returns.</summary>
    internal void Save(long position) => AtomicFile.Write(
        folder.Projection, JsonSerializer.SerializeToUtf8Bytes(new Cursor(target.Identity, position), Options));

    /// <summary>
    /// Adds to the list of what was refused; durable when it returns. Before the position moves on: so the same ones may
    /// stand there twice, and none is missing.
    /// </summary>
    internal void Add(IReadOnlyList<RefusedPoint> refused)
    {
        if (refused.Count == 0) return;
        Dictionary<long, RefusedPoint> all = Refused().ToDictionary(r => r.Position);
        foreach (RefusedPoint one in refused) all[one.Position] = one;
        Write(all.Values);
    }

    /// <summary>Begins anew: nothing is projected, nothing refused.</summary>
    internal void Reset()
    {
        Write([]);
        Save(0);
    }

    /// <summary>What was refused of this target, by position.</summary>
    internal IReadOnlyList<RefusedPoint> Refused()
    {
        if (Read()?.Target != target.Identity || !File.Exists(folder.ProjectionRefused)) return [];
        try
        {
            return [.. File.ReadLines(folder.ProjectionRefused)
                .Select(line => JsonSerializer.Deserialize<RefusedPoint>(line, Options)!).OrderBy(r => r.Position)];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException(
                $"{folder.ProjectionRefused} cannot be read: {e.Message} Begin anew: `monitor influx rebuild`.", e);
        }
    }

    /// <summary>
    /// Keeps others from projecting until disposed; null where another process has it. A process that dies gives it back.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The folder cannot be written.</exception>
    internal IDisposable? TryLock()
    {
        try
        {
            return new FileStream(folder.ProjectionLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException($"{folder.ProjectionLock} cannot be opened: {e.Message}", e);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private Cursor? Read()
    {
        if (!File.Exists(folder.Projection)) return null;
        try
        {
            return JsonSerializer.Deserialize<Cursor>(File.ReadAllBytes(folder.Projection), Options);
        }
        catch (JsonException)
        {
            // It is written whole or not at all; somebody else's hand is mended by beginning anew.
            return null;
        }
    }

    private void Write(IEnumerable<RefusedPoint> refused)
    {
        var text = new StringBuilder();
        foreach (RefusedPoint one in refused.OrderBy(r => r.Position)) text.AppendLine(JsonSerializer.Serialize(one, Options));
        AtomicFile.Write(folder.ProjectionRefused, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
