using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>One thread's reader and buffers for polygons.</summary>
internal sealed class SceneZoneWorker(
    SceneSource source, MaskValues values, ZoneShapes shapes, ZoneGround ground) : IDisposable
{
    private readonly SceneReader reader = new(source, values, source.Green is not null);
    private readonly WindowBuffer<float> ndvi = new(), ndwi = new();
    private readonly WindowBuffer<byte> data = new(), wet = new();
    private readonly WindowBuffer<int> weights = new();

    internal void Count(IReadOnlyList<ZoneWindow> windows, ZoneTally[] tallies)
    {
        foreach (ZoneWindow window in windows) Count(window, tallies);
    }

    private void Count(ZoneWindow window, ZoneTally[] tallies)
    {
        Span<int> row = weights.Of(window.Window.Width);
        List<ZonePart> parts = [];
        foreach (int zone in window.Zones)
            if (shapes.PartOf(window.Window, zone, row) is RasterWindow part) parts.Add(new ZonePart(zone, part));
        if (parts.Count > 0) Count(parts, tallies);
        foreach (int zone in window.Zones) shapes.Leave(zone);
    }

    // A polygon's part of a window.
    private sealed record ZonePart(int Zone, RasterWindow Part);

    // Together where that reads little between them; else one by one: the block they lie in is still at hand for the next.
    private void Count(List<ZonePart> parts, ZoneTally[] tallies)
    {
        RasterWindow around = parts[0].Part;
        long sum = 0;
        foreach (ZonePart one in parts)
        {
            around = RasterWindow.Around(around, one.Part);
            sum += one.Part.Area;
        }
        bool isDense = around.Area <= 2 * sum;
        if (isDense) reader.Load(around);
        foreach (ZonePart one in parts)
        {
            if (!isDense) reader.Load(one.Part);
            Add(one.Zone, one.Part, isDense ? around : one.Part, tallies[one.Zone]);
        }
    }

    private void Add(int zone, RasterWindow part, RasterWindow loaded, ZoneTally tally)
    {
        IPixelCoverage coverage = shapes.Of(zone);
        Span<int> weight = weights.Of(part.Width);
        Span<float> values = ndvi.Of(part.Width);
        Span<byte> seen = data.Of(part.Width), water = source.Green is null ? default : wet.Of(part.Width);
        for (int row = part.Y; row < part.Y + part.Height; row++)
        {
            if (!coverage.Weigh(row, part.X, weight)) continue;
            int start = ((row - loaded.Y) * loaded.Width) + part.X - loaded.X;
            reader.Ndvi(start, values);
            reader.Data(start, seen);
            if (!water.IsEmpty) Wet(start, water);
            long area = ground.SquareMetresOf(row) is double square
                ? (long)Math.Round(square * ZoneTally.AreaUnits) : 0;
            tally.Add(values, seen, weight, water, source.LeavesOutWater, area);
        }
    }

    private void Wet(int start, Span<byte> water)
    {
        Span<float> index = ndwi.Of(water.Length);
        reader.Ndwi(start, index);
        for (int i = 0; i < water.Length; i++) water[i] = index[i] >= WaterIndex.OpenWaterFrom ? (byte)1 : (byte)0;
    }

    public void Dispose() => reader.Dispose();
}
