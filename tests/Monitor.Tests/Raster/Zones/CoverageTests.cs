using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Places;
using Monitor.Raster;
using Monitor.Raster.Zones;
using Xunit;

namespace Monitor.Tests.Raster.Zones;

public sealed class CoverageTests
{
    // 20 x 16 pixels of 10 m, north up; the polygon's coordinates below are in metres.
    private static readonly GridFrame Frame = new(1000, 2000, 10, -10, 20, 16);

    private static List<Point> Ring(params (double X, double Y)[] points) =>
        [.. points.Select(p => new Point(p.X, p.Y)), new Point(points[0].X, points[0].Y)];

    private static Polygon Simple(params (double X, double Y)[] points) => new([new PolygonPart(Ring(points), [])]);

    private static double[][] Weights(IPixelCoverage coverage, GridFrame frame)
    {
        var rows = new double[frame.Height][];
        int[] weights = new int[frame.Width];
        for (int row = 0; row < frame.Height; row++)
        {
            coverage.Weigh(row, 0, weights);
            rows[row] = [.. weights.Select(w => w / (double)FixedPoint.One)];
        }
        return rows;
    }

    private static double[][] Exact(params (double X, double Y)[] points) =>
        Weights(new ExactCoverage(Simple(points), Frame), Frame);

    private static double ExactSum(Polygon polygon) =>
        Weights(new ExactCoverage(polygon, Frame), Frame).Sum(r => r.Sum());

    [Fact]
    public void A_square_over_a_corner_covers_a_quarter_of_each_of_four_pixels()
    {
        double[][] w = Exact((1005, 1985), (1015, 1985), (1015, 1995), (1005, 1995));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], (double[])[w[0][0], w[0][1], w[1][0], w[1][1]]);
        Assert.Equal(1.0, w.Sum(r => r.Sum()), 1e-12);
    }

    [Fact]
    public void A_diagonal_halves_the_pixels_it_passes_corner_to_corner()
    {
        // A right triangle with legs of 4 pixels: 4 halves on the diagonal and 3 + 2 + 1 whole ones, 8 in all.
        double[][] w = Weights(new ExactCoverage(Simple((1000, 2000), (1000, 1960), (1040, 1960)), Frame), Frame);
        Assert.Equal(0.5, w[0][0]);
        Assert.Equal(0.5, w[3][3]);
        Assert.Equal(1.0, w[3][0]);
        Assert.Equal(0.0, w[0][1]);
        Assert.Equal(8.0, w.Sum(r => r.Sum()), 1e-12);
    }

    [Fact]
    public void A_hole_is_left_out_whichever_way_the_rings_run()
    {
        List<Point> outer = Ring((1010, 1890), (1110, 1890), (1110, 1990), (1010, 1990));
        List<Point> hole = Ring((1033, 1933), (1066, 1933), (1066, 1966), (1033, 1966));
        List<Point> hole2 = [.. Enumerable.Reverse(hole)], outer2 = [.. Enumerable.Reverse(outer)];
        double expected = 100 - (3.3 * 3.3);
        foreach (List<Point> o in (List<Point>[])[outer, outer2])
            foreach (List<Point> h in (List<Point>[])[hole, hole2])
                Assert.Equal(expected, ExactSum(new Polygon([new PolygonPart(o, [h])])), 1e-6);
    }

    [Fact]
    public void The_part_outside_the_grid_does_not_count()
    {
        // A diamond with its middle on the grid's north-west corner: one quarter of 2 x 5 x 5 pixels lies inside.
        Assert.Equal(12.5, ExactSum(Simple((1000, 2050), (1050, 2000), (1000, 1950), (950, 2000))), 1e-6);
        // The same on the south-east corner.
        Assert.Equal(12.5, ExactSum(Simple((1200, 1890), (1250, 1840), (1200, 1790), (1150, 1840))), 1e-6);
        // A slope through the west edge, 53.3 m high there and 160 m in the east: 200 x (53.3 + 160) / 2 square metres.
        double trapezoid = 200 * ((160 / 3.0) + 160) / 2 / 100;
        Assert.Equal(trapezoid, ExactSum(Simple((900, 1840), (1200, 1840), (1200, 2000))), 1e-6);
        Assert.Equal(trapezoid, ExactSum(Simple((1300, 1840), (1000, 1840), (1000, 2000))), 1e-6);
        // A band right across: 16 rows of which each is covered whole.
        Assert.Equal(20 * 3.0, ExactSum(Simple((0, 1950), (9000, 1950), (9000, 1980), (0, 1980))), 1e-6);
        Assert.Equal(0, ExactSum(Simple((0, 0), (10, 0), (10, 10), (0, 10))));
        Assert.Null(Frame.Touched(Simple((0, 0), (10, 0), (10, 10), (0, 10))));
        Assert.Null(Frame.Touched(new Polygon([])));
    }

    [Fact]
    public void Any_triangle_covers_its_own_area_and_any_part_of_a_row_reads_the_same()
    {
        Prop.ForAll<int>(seed =>
        {
            var pixels = new Pixels((uint)seed);
            (double X, double Y) Corner() =>
                (1000 + (pixels.Next(200_001) / 1000.0), 1840 + (pixels.Next(160_001) / 1000.0));
            (double X, double Y) a = Corner(), b = Corner(), c = Corner();
            Polygon triangle = Simple(a, b, c);
            double area = Math.Abs(((b.X - a.X) * (c.Y - a.Y)) - ((c.X - a.X) * (b.Y - a.Y))) / 2 / Frame.PixelArea;
            var coverage = new ExactCoverage(triangle, Frame);
            int[] row = new int[20], part = new int[7];
            coverage.Weigh(8, 0, row);
            coverage.Weigh(8, 5, part);
            return Math.Abs(ExactSum(triangle) - area) < 1e-6 && row.AsSpan(5, 7).SequenceEqual(part);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_polygons_that_share_an_edge_share_each_pixel_without_gap_or_overlap()
    {
        double[][] left = Exact((1003, 1843), (1077, 1851), (1131, 1989), (1009, 1997));
        double[][] right = Exact((1077, 1851), (1191, 1847), (1187, 1993), (1131, 1989));
        double[][] both = Exact(
            (1003, 1843), (1077, 1851), (1191, 1847), (1187, 1993), (1131, 1989), (1009, 1997));
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 20; x++)
                Assert.Equal(both[y][x], left[y][x] + right[y][x], 1e-8);
    }

    [Fact]
    public void Pixel_centres_are_inside_exactly_when_the_polygon_contains_them()
    {
        GridFrame[] frames = [Frame, new(1200, 1840, -10, 10, 20, 16)];
        foreach (GridFrame frame in frames)
        {
            for (uint seed = 1; seed < 60; seed++)
            {
                var pixels = new Pixels(seed);
                // Corners on multiples of 5 m, so that many edges pass exactly through centres.
                (double, double)[] corners =
                [
                    .. Enumerable.Range(0, 7).Select(
                        _ => (1000 + (pixels.Next(41) * 5.0), 1840 + (pixels.Next(33) * 5.0))),
                ];
                Polygon star = Simple(corners);
                double[][] w = Weights(new CentreCoverage(star, frame), frame);
                for (int y = 0; y < 16; y++)
                {
                    for (int x = 0; x < 20; x++)
                    {
                        var centre = new Point(
                            frame.OriginX + ((x + 0.5) * frame.PixelWidth),
                            frame.OriginY + ((y + 0.5) * frame.PixelHeight));
                        Assert.Equal(star.Contains(centre) ? 1.0 : 0.0, w[y][x]);
                    }
                }
            }
        }
    }
}
