using Monitor.Domain.Places;
using Xunit;

namespace Monitor.Tests.Domain.Places;

public sealed class PolygonFaultTests
{
    private static List<Point> Ring(params double[] numbers)
    {
        List<Point> points = [.. numbers.Chunk(2).Select(xy => new Point(xy[0], xy[1]))];
        return [.. points, points[0]];
    }

    private static Polygon One(List<Point> outer, params List<Point>[] holes) => new([new PolygonPart(outer, holes)]);

    private static Polygon Two(List<Point> a, List<Point> b) => new([new PolygonPart(a, []), new PolygonPart(b, [])]);

    private static readonly List<Point> Square = Ring(0, 0, 10, 0, 10, 10, 0, 10);

    public static TheoryData<string, Polygon> Right => new()
    {
        { "a square", One(Square) },
        { "the other way round", One([.. Enumerable.Reverse(Square)]) },
        { "a hole", One(Square, Ring(2, 2, 4, 2, 4, 4, 2, 4)) },
        { "a hole that touches a side in a point", One(Square, Ring(0, 5, 4, 2, 4, 8)) },
        { "a hole that shares a corner", One(Square, Ring(0, 0, 4, 2, 2, 4)) },
        { "a hole along a side", One(Square, Ring(0, 2, 4, 2, 4, 8, 0, 8)) },
        { "two holes that touch", One(Square, Ring(2, 2, 5, 2, 5, 5), Ring(5, 5, 8, 5, 8, 8)) },
        { "a ring that touches itself in a corner", One(Ring(0, 0, 4, 0, 4, 2, 2, 4, 4, 6, 4, 8, 0, 8, 0, 6, 2, 4, 0, 2)) },
        { "a ring that touches its own side", One(Ring(0, 0, 10, 0, 10, 10, 5, 0, 0, 10)) },
        { "a spike", One(Ring(0, 0, 10, 0, 10, 5, 15, 5, 10, 5, 10, 10, 0, 10)) },
        { "parts that touch in a corner", Two(Square, Ring(10, 10, 20, 10, 20, 20)) },
        { "parts that share a side", Two(Square, Ring(10, 0, 20, 0, 20, 10, 10, 10)) },
        { "an island in a lake", new Polygon(
            [new PolygonPart(Square, [Ring(2, 2, 8, 2, 8, 8, 2, 8)]), new PolygonPart(Ring(4, 4, 6, 4, 6, 6, 4, 6), [])]) },
        { "a corner said twice", One(Ring(0, 0, 10, 0, 10, 0, 10, 10, 0, 10)) },
        { "nothing", new Polygon([]) },
    };

    public static TheoryData<string, Polygon, double, double> Wrong => new()
    {
        { "cross", One(Ring(0, 0, 10, 10, 10, 0, 0, 10)), 5, 5 },
        { "cross", One(Ring(0, 0, 5, 5, 10, 10, 10, 0, 5, 5, 0, 10)), 5, 5 },
        { "cross", One(Square, Ring(5, 5, 15, 5, 15, 6, 5, 6)), 10, 5 },
        { "cross", Two(Square, Ring(5, 5, 15, 5, 15, 15, 5, 15)), 10, 5 },
        { "outside its ring", One(Square, Ring(20, 20, 21, 20, 21, 21)), 20, 20 },
        { "another hole", One(Square, Ring(1, 1, 9, 1, 9, 9, 1, 9), Ring(2, 2, 3, 2, 3, 3)), 2, 2 },
        { "another part", Two(Square, Ring(2, 2, 3, 2, 3, 3)), 2, 2 },
        { "no number", One(Ring(0, 0, 1, 0, double.NaN, 1)), 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void Rings_that_touch_are_right(string what, Polygon polygon)
    {
        Assert.True(PolygonFault.Find(polygon) is null, what);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Rings_that_cross_or_overlap_are_named_with_the_place(string reason, Polygon polygon, double x, double y)
    {
        PolygonFault? fault = PolygonFault.Find(polygon);
        Assert.NotNull(fault);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        if (reason == "cross" && polygon.Parts.Count + polygon.Parts[0].Holes.Count > 1)
            Assert.Contains(fault.At, (Point[])[new(10, 5), new(10, 6), new(5, 10)]);
        else Assert.Equal(new Point(x, y), fault.At);
    }

    [Fact]
    public void A_crossing_is_found_wherever_the_polygon_lies_and_however_it_is_turned()
    {
        // A star of 5 points, drawn without lifting the pen, and the pentagram's outline, which does not cross.
        for (int turn = 0; turn < 72; turn += 5)
        {
            foreach ((double x, double y, double size) in ((double, double, double)[])
                [(0, 0, 1), (500_000, 3_500_000, 100), (119.5, 28.5, 0.001)])
            {
                Point At(double degrees, double radius) => new(
                    x + (size * radius * Math.Cos((degrees + turn) * Math.PI / 180)),
                    y + (size * radius * Math.Sin((degrees + turn) * Math.PI / 180)));
                List<Point> crossed = [.. Enumerable.Range(0, 6).Select(i => At(i % 5 * 144, 1))];
                List<Point> outline = [.. Enumerable.Range(0, 11).Select(i => At(i % 10 * 36, i % 2 == 0 ? 1 : 0.4))];
                Assert.NotNull(PolygonFault.Find(One(crossed)));
                Assert.Null(PolygonFault.Find(One(outline)));
            }
        }
    }
}
