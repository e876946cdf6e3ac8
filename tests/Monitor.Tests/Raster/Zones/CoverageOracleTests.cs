using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Places;
using Monitor.Raster;
using Monitor.Raster.Zones;
using NetTopologySuite.Geometries;
using Xunit;
using Point = Monitor.Domain.Places.Point;
using Polygon = Monitor.Domain.Places.Polygon;

namespace Monitor.Tests.Raster.Zones;

/// <summary>
/// Coverage against another's geometry: for each pixel square q, NetTopologySuite's area of (polygon ∩ q) over q's.
/// </summary>
public sealed class CoverageOracleTests
{
    private const int Side = 12, PolygonsMin = 2000;
    private const double Allowed = 2e-8;

    private static readonly GeometryFactory Factory = new();

    private static readonly GridFrame[] Frames =
    [
        new(500_000, 3_500_000, 10, -10, Side, Side),
        new(500_120, 3_499_880, -10, 10, Side, Side),
        new(500_000, 3_500_000, 7.5, -12.5, Side, Side),
    ];

    [Fact]
    public void Random_polygons_cover_what_cutting_every_pixel_by_them_gives()
    {
        int valid = 0;
        Prop.ForAll<int>(seed =>
        {
            var pixels = new Pixels((uint)seed);
            for (int i = 0; i < 62; i++)
            {
                GridFrame frame = Frames[pixels.Next(3)];
                Polygon polygon = Shape(pixels, frame);
                Geometry oracle = Multi(polygon);
                bool sure = oracle.IsValid;
                // A ring that only touches itself is right here, and not by the letter of the standard.
                if (sure) Assert.True(PolygonFault.Find(polygon) is null, oracle.AsText());
                if (!sure) continue;
                valid++;
                AssertSame(polygon, oracle, frame);
            }
        }).QuickCheckThrowOnFailure();
        Assert.True(valid >= PolygonsMin, $"only {valid} polygons were valid");
    }

    [Fact]
    public void What_is_refused_is_invalid_by_the_oracle_too()
    {
        int refused = 0;
        for (uint seed = 1; seed <= 3000; seed++)
        {
            var pixels = new Pixels(seed);
            // Corners at random, in any order: most of these rings cross themselves.
            Polygon polygon = new([new PolygonPart(Closed([.. Enumerable.Range(0, 3 + (int)pixels.Next(5))
                .Select(_ => new Point(pixels.Next(9), pixels.Next(9)))]), [])]);
            if (PolygonFault.Find(polygon) is null) continue;
            refused++;
            Assert.False(Multi(polygon).IsValid, Multi(polygon).AsText());
        }
        Assert.InRange(refused, 500, 3000);
    }

    private static void AssertSame(Polygon polygon, Geometry oracle, GridFrame frame)
    {
        var coverage = new ExactCoverage(polygon, frame);
        int[] weights = new int[Side];
        for (int row = 0; row < Side; row++)
        {
            bool any = coverage.Weigh(row, 0, weights);
            Assert.Equal(any, weights.Any(w => w != 0));
            for (int column = 0; column < Side; column++)
            {
                double x = frame.OriginX + (column * frame.PixelWidth), y = frame.OriginY + (row * frame.PixelHeight);
                var square = new Envelope(x, x + frame.PixelWidth, y, y + frame.PixelHeight);
                double expected = oracle.EnvelopeInternal.Intersects(square)
                    ? oracle.Intersection(Factory.ToGeometry(square)).Area / frame.PixelArea : 0;
                double found = weights[column] / (double)FixedPoint.One;
                Assert.True(
                    Math.Abs(expected - found) < Allowed,
                    $"row {row}, column {column}: {found} for {expected} of {oracle.AsText()}");
            }
        }
    }

    // Stars around a centre, in or partly beyond the grid, on its lines or anywhere, with a hole or a second part.
    private static Polygon Shape(Pixels pixels, GridFrame frame)
    {
        double grid = pixels.Next(3) switch { 0 => 1, 1 => 0.5, _ => 0 };
        List<Point> outer = Star(pixels, frame, -2 + pixels.Next(16), -2 + pixels.Next(16), 1 + (pixels.Next(90) / 10.0), grid);
        if (pixels.Next(3) == 0) outer.Reverse();
        PolygonPart part = new(outer, []);
        if (pixels.Next(2) == 0)
        {
            // Half as far from the first corner as the ring itself: inside a star seen from there, if it is valid.
            Point pivot = outer[0];
            List<Point> hole = [.. outer.Select(p => new Point(
                pivot.X + ((p.X - pivot.X) / 2), pivot.Y + ((p.Y - pivot.Y) / 2)))];
            if (pixels.Next(2) == 0) hole.Reverse();
            part = new(outer, [hole]);
        }
        if (pixels.Next(4) != 0) return new Polygon([part]);
        return new Polygon([part, new(Star(pixels, frame, pixels.Next(12), pixels.Next(12), 1.5, grid), [])]);
    }

    private static List<Point> Star(Pixels pixels, GridFrame frame, double column, double row, double radius, double grid)
    {
        int corners = 3 + (int)pixels.Next(20);
        double[] angles = [.. Enumerable.Range(0, corners).Select(_ => pixels.Next(100_000) * Math.Tau / 100_000).Order()];
        return Closed([.. angles.Select(angle =>
        {
            double away = radius * (0.2 + (pixels.Next(1000) / 1250.0));
            double c = column + (away * Math.Cos(angle)), r = row + (away * Math.Sin(angle));
            if (grid > 0) (c, r) = (Math.Round(c / grid) * grid, Math.Round(r / grid) * grid);
            return new Point(frame.OriginX + (c * frame.PixelWidth), frame.OriginY + (r * frame.PixelHeight));
        })]);
    }

    private static List<Point> Closed(List<Point> points) => [.. points, points[0]];

    private static MultiPolygon Multi(Polygon polygon) => Factory.CreateMultiPolygon([.. polygon.Parts.Select(part =>
        Factory.CreatePolygon(Line(part.Outer), [.. part.Holes.Select(Line)]))]);

    private static LinearRing Line(IReadOnlyList<Point> ring) =>
        Factory.CreateLinearRing([.. ring.Select(p => new Coordinate(p.X, p.Y))]);
}
