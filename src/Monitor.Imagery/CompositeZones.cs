using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>Figures of polygons of the median composite of several dates, computed without writing a raster.</summary>
public static class CompositeZones
{
    /// <summary>
    /// Figures of each polygon, in the order given; the same for any number of threads. A pixel counts where enough dates
    /// show it, so that <see cref="ZoneFigures.ClearFraction"/> is the share of pixels with enough clear dates among those
    /// with data on any date. Water is told by the median NDWI.
    /// </summary>
    /// <param name="scenes">
    /// One scene for each date; the first gives the grid, on whose pixels the others' must fall. All leave out open water,
    /// or none.
    /// </param>
    /// <param name="datesMin">Clear dates that a pixel must have; 1 to the number of scenes.</param>
    /// <param name="zones">Polygons in the first scene's coordinate system, whose rings do not cross.</param>
    /// <param name="ends">Ends of cover, or null.</param>
    /// <param name="rule">How pixels on the edge count.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="control">Stops between windows.</param>
    /// <exception cref="InputException">
    /// No or too many scenes, the same twice, another grid, no green band where water is left out; a file is missing or
    /// corrupt.
    /// </exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static IReadOnlyList<ZoneFigures> Compute(
        IReadOnlyList<SceneSource> scenes, int datesMin, IReadOnlyList<Polygon> zones, CoverEnds? ends, CoverageRule rule,
        int threads, RunControl control = default)
    {
        SceneComposite.Require(scenes, datesMin);
        bool leavesOut = scenes[0].LeavesOutWater;
        if (leavesOut && scenes.FirstOrDefault(s => s.Green is null) is SceneSource dry)
        {
            throw new InputException(
                "Open water is told by a green band, and none is known.", "Name the green band of every date.",
                dry.Red.ToString());
        }
        CompositeGrid grid = CompositeGrid.Of(scenes);
        ZoneGround ground = ZoneGround.Of(grid.Place, grid.Width, grid.Height, scenes[0].Red);
        IReadOnlyList<Polygon> laid = [.. zones.Select(ground.Laid)];
        RasterWindow block = grid.Windows[0];
        List<IReadOnlyList<ZoneWindow>> plan = ZonePlan.Of(laid, ground.Frame, block.Width, block.Height);
        var shapes = new ZoneShapes(laid, ground.Frame, rule, plan);
        var composite = new MedianComposite(scenes.Count, datesMin);
        IReadOnlyList<ZoneTally[]> parts = ParallelWindows.Run(
            threads, plan, () => new Worker(new CompositeWorker(grid.Dates, composite, leavesOut), shapes, ground, leavesOut),
            _ => Array.ConvertAll(new object?[zones.Count], _ => new ZoneTally(ends)),
            static (worker, tallies, windows) => worker.Count(windows, tallies), control);
        foreach (CompositeDate date in grid.Dates) SceneReader.RequireMaskKind(date.Source, date.Values);
        return [.. Enumerable.Range(0, zones.Count).Select(zone =>
        {
            var whole = new ZoneTally(ends);
            foreach (ZoneTally[] part in parts) whole.Combine(part[zone]);
            return SceneZones.FiguresOf(whole, ground, leavesOut);
        })];
    }

    /// <summary>One thread's stack of dates and buffers for polygons.</summary>
    private sealed class Worker(CompositeWorker dates, ZoneShapes shapes, ZoneGround ground, bool leavesOut) : IDisposable
    {
        private readonly WindowBuffer<int> weights = new();
        private readonly WindowBuffer<byte> wet = new();

        internal void Count(IReadOnlyList<ZoneWindow> windows, ZoneTally[] tallies)
        {
            foreach (ZoneWindow window in windows)
            {
                foreach (int zone in window.Zones)
                {
                    Span<int> row = weights.Of(window.Window.Width);
                    if (shapes.PartOf(window.Window, zone, row) is RasterWindow part)
                        Add(shapes.Of(zone), part, tallies[zone]);
                    shapes.Leave(zone);
                }
            }
        }

        private void Add(IPixelCoverage coverage, RasterWindow part, ZoneTally tally)
        {
            ReadOnlySpan<float> medians = dates.Compute(part, out _);
            Span<int> weight = weights.Of(part.Width);
            for (int row = 0; row < part.Height; row++)
            {
                if (!coverage.Weigh(part.Y + row, part.X, weight)) continue;
                int start = row * part.Width;
                long area = ground.SquareMetresOf(part.Y + row) is double square
                    ? (long)Math.Round(square * ZoneTally.AreaUnits) : 0;
                tally.Add(
                    medians.Slice(start, part.Width), dates.Ever(start, part.Width), weight, Wet(start, part.Width),
                    leavesOut, area);
            }
        }

        private ReadOnlySpan<byte> Wet(int start, int length)
        {
            if (!leavesOut) return default;
            Span<byte> water = wet.Of(length);
            ReadOnlySpan<float> index = dates.Ndwi(start, length);
            for (int i = 0; i < length; i++) water[i] = index[i] >= WaterIndex.OpenWaterFrom ? (byte)1 : (byte)0;
            return water;
        }

        public void Dispose() => dates.Dispose();
    }
}
