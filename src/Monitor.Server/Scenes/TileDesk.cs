using Monitor.Imagery.Tiles;
using Monitor.Raster;
using Monitor.Server.Jobs;

namespace Monitor.Server.Scenes;

/// <summary>Draws pictures of scenes on demand, no more at once than there are cores, and keeps the latest.</summary>
internal sealed class TileDesk : IDisposable
{
    // Some thousand tiles: an afternoon of one person's looking.
    private const long CacheBytes = 48L << 20;

    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly TileCache _cache = new(CacheBytes);

    /// <summary>The picture of a frame.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="earlier">The scene that it is shown less of; null for the scene itself.</param>
    /// <param name="layer">What is shown.</param>
    /// <param name="name">The frame's name, the same for the same frame.</param>
    /// <param name="frame">Where.</param>
    /// <param name="cancellation">The asker has gone: what was not begun is not begun, what was is left.</param>
    /// <returns>PNG.</returns>
    /// <exception cref="Domain.InputException">A file of the scene cannot be read.</exception>
    /// <exception cref="Imagery.ImageryUnavailableException">libgdal is missing.</exception>
    internal async Task<byte[]> DrawAsync(
        TakenScene scene, TakenScene? earlier, TileLayer layer, string name, MercatorFrame frame,
        CancellationToken cancellation)
    {
        string key = $"{scene.Id}/{earlier?.Id}/{layer}/{name}";
        if (_cache.Find(key) is byte[] kept) return kept;
        await _cores.WaitAsync(cancellation);
        try
        {
            // Somebody before us in the queue may have asked for the same.
            if (_cache.Find(key) is byte[] drawn) return drawn;
            byte[] picture = await Task.Run(() => Draw(scene, earlier, layer, frame, cancellation), cancellation);
            _cache.Keep(key, picture);
            return picture;
        }
        finally
        {
            _cores.Release();
        }
    }

    private static byte[] Draw(
        TakenScene scene, TakenScene? earlier, TileLayer layer, MercatorFrame frame, CancellationToken cancellation)
    {
        CoverLine line = scene.Programme.Cover.Ends().Central;
        return earlier is null
            ? SceneTile.Render(scene.Source, scene.Footprint, layer, line, frame, cancellation)
            : SceneTile.RenderDifference(
                (earlier.Source, earlier.Footprint), (scene.Source, scene.Footprint), layer, line, frame, cancellation);
    }

    public void Dispose() => _cores.Dispose();
}
