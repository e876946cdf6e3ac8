using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiles;

/// <summary>
/// Where each pixel's middle of a part of a frame falls in a raster, in columns and rows from the outer corner of its
/// first pixel. Exact on a lattice, bilinear between: the lattice is halved until the points between its nodes, checked
/// exactly, are off by no more than an eighth of a pixel of the raster and of the frame; then the finer lattice, a
/// quarter as wrong, is the one that is used.
/// </summary>
internal sealed class WarpGrid
{
    /// <summary>The greatest error, in pixels of the raster and of the frame.</summary>
    internal const double ErrorMax = 0.125;

    private const int StepFirst = 64;

    private WarpGrid(double[] columns, double[] rows, int step) => (Columns, Rows, Step) = (columns, rows, step);

    /// <summary>Columns of the raster, row after row of the part; NaN where the pixel has no place there.</summary>
    internal double[] Columns { get; }

    /// <summary>Rows of the raster.</summary>
    internal double[] Rows { get; }

    /// <summary>Pixels between two nodes; 1 when each pixel was computed.</summary>
    internal int Step { get; }

    /// <summary>Computes the grid.</summary>
    /// <param name="way">From Web Mercator to the raster's system.</param>
    /// <param name="place">The raster's place; straight.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="part">The pixels of the frame that are wanted.</param>
    internal static WarpGrid Of(CoordinateWay way, GeoReference place, MercatorFrame frame, RasterWindow part)
    {
        for (int step = StepFirst; step > 1; step /= 2)
        {
            Lattice fine = Lattice.Of(way, place, frame, part, step / 2);
            if (fine.IsEvenEnough()) return fine.Spread(part);
        }
        return Lattice.Of(way, place, frame, part, 1).Spread(part);
    }

    /// <summary>Every pixel computed by itself: what the grid is measured by.</summary>
    internal static WarpGrid Exact(CoordinateWay way, GeoReference place, MercatorFrame frame, RasterWindow part) =>
        Lattice.Of(way, place, frame, part, 1).Spread(part);

    /// <summary>The raster's pixel of each pixel of the part, as <c>row × width + column</c>; −1 outside.</summary>
    internal long[] Nearest(int width, int height)
    {
        long[] nearest = new long[Columns.Length];
        for (int i = 0; i < nearest.Length; i++)
        {
            double column = Math.Floor(Columns[i]), row = Math.Floor(Rows[i]);
            // NaN is neither.
            bool inside = column >= 0 && row >= 0 && column < width && row < height;
            nearest[i] = inside ? ((long)row * width) + (long)column : -1;
        }
        return nearest;
    }

    /// <summary>Points some pixels apart, from the part's first pixel to beyond its last.</summary>
    private sealed record Lattice(int Step, int Across, int Down, double[] Columns, double[] Rows, double Allowed)
    {
        internal static Lattice Of(
            CoordinateWay way, GeoReference place, MercatorFrame frame, RasterWindow part, int step)
        {
            // An even number of cells, so that every second node is a node of the coarser lattice.
            int across = Nodes(part.Width, step), down = Nodes(part.Height, step);
            double[] x = new double[across * down], y = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = frame.West + ((part.X + ((i % across) * step) + 0.5) * frame.Resolution);
                y[i] = frame.North - ((part.Y + ((i / across) * step) + 0.5) * frame.Resolution);
            }
            way.Transform(x, y);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (x[i] - place.OriginX) / place.PixelWidth;
                y[i] = (y[i] - place.OriginY) / place.PixelHeight;
            }
            // Many pixels of the raster to one of the frame, or the other way round: the smaller pixel counts.
            double perPixel = across > 1 ? Math.Abs(x[1] - x[0]) / step : 1;
            double allowed = ErrorMax * Math.Min(1, double.IsFinite(perPixel) ? perPixel : 1);
            return new Lattice(step, across, down, x, y, allowed);
        }

        internal bool IsEvenEnough()
        {
            for (int j = 0; j < Down; j++)
            {
                for (int i = 0; i < Across; i++)
                {
                    if (i % 2 == 0 && j % 2 == 0) continue;
                    // Also false where a point has no place.
                    if (!(Off(Columns, i, j) <= Allowed && Off(Rows, i, j) <= Allowed)) return false;
                }
            }
            return true;
        }

        internal WarpGrid Spread(RasterWindow part)
        {
            double[] columns = new double[part.Area], rows = new double[part.Area];
            for (int y = 0; y < part.Height; y++)
            {
                for (int x = 0; x < part.Width; x++)
                {
                    int at = (y * part.Width) + x;
                    columns[at] = At(Columns, x, y);
                    rows[at] = At(Rows, x, y);
                }
            }
            return new WarpGrid(columns, rows, Step);
        }

        private static int Nodes(int pixels, int step)
        {
            int pair = 2 * step;
            return step == 1 ? pixels : (2 * ((pixels - 1 + pair - 1) / pair)) + 1;
        }

        private double At(double[] values, int x, int y)
        {
            int i = x / Step, j = y / Step, node = (j * Across) + i;
            if (Step == 1) return values[node];
            double u = (x % Step) / (double)Step, v = (y % Step) / (double)Step;
            int right = Math.Min(i + 1, Across - 1) - i, below = (Math.Min(j + 1, Down - 1) - j) * Across;
            double upper = (values[node] * (1 - u)) + (values[node + right] * u);
            double lower = (values[node + below] * (1 - u)) + (values[node + below + right] * u);
            return (upper * (1 - v)) + (lower * v);
        }

        // How far a node lies from what its even neighbours say of it.
        private double Off(double[] values, int i, int j)
        {
            int left = i - (i % 2), right = i + (i % 2), up = j - (j % 2), down = j + (j % 2);
            double mean = (values[(up * Across) + left] + values[(up * Across) + right]
                + values[(down * Across) + left] + values[(down * Across) + right]) / 4;
            return Math.Abs(values[(j * Across) + i] - mean);
        }
    }
}
