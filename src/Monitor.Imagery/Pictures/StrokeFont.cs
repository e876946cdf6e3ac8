using System.Globalization;

namespace Monitor.Imagery.Pictures;

/// <summary>
/// The few glyphs of a legend, drawn as strokes: no font has to be installed, and the picture's bytes are the same on
/// every machine. Seven units from the top of a capital to the base line, nine to the end of a g.
/// </summary>
internal static class StrokeFont
{
    private const double CapitalUnits = 7, GapUnits = 1.7, SpaceUnits = 1.6;
    private const int CurveSteps = 8;
    private const string Bowl = "~1.6,2.4 2.8,3 3.2,4.7 2.8,6.4 1.6,7 .4,6.4 0,4.7 .4,3 1.6,2.4";
    private const string Missing = "0,0 3.4,0 3.4,7 0,7 0,0";

    // Strokes parted by |, points by blanks; ~ makes a stroke a curve through its points.
    private static readonly Dictionary<char, string> Strokes = new()
    {
        ['0'] = "~1.9,0 3.3,.9 3.8,3.5 3.3,6.1 1.9,7 .5,6.1 0,3.5 .5,.9 1.9,0",
        ['1'] = ".5,1.5 2.2,0 2.2,7",
        ['2'] = "~.2,1.6 .8,.4 2,0 3.2,.5 3.6,1.9 3,3.3 1.8,4.8|1.8,4.8 0,7 3.8,7",
        ['3'] = "~.2,.9 1,.2 2,0 3.2,.5 3.5,1.7 3,2.9 1.6,3.3|~1.6,3.3 3.2,3.7 3.8,5.1 3.2,6.5 1.9,7 .8,6.8 0,6",
        ['4'] = "2.8,7 2.8,0 0,4.9 3.8,4.9",
        ['5'] = "3.4,0 .7,0 .4,3.1|~.4,3.1 1.2,2.6 2.1,2.5 3.3,3.1 3.8,4.7 3.2,6.4 1.8,7 .7,6.7 0,6",
        ['6'] = "~3.3,.8 2.6,.1 2,0 .7,.8 0,3.6 .2,5.6 1,6.8 2,7 3.3,6.4 3.8,4.9 3.3,3.4 2,2.9 .8,3.4 .1,4.7",
        ['7'] = "0,0 3.8,0 1.4,7",
        ['8'] = "~1.9,0 3.1,.5 3.4,1.7 3,2.8 1.9,3.3 .8,2.8 .4,1.7 .7,.5 1.9,0"
            + "|~1.9,3.3 3.4,3.9 3.8,5.2 3.3,6.5 1.9,7 .5,6.5 0,5.2 .4,3.9 1.9,3.3",
        ['9'] = "~.5,6.2 1.2,6.9 1.8,7 3.1,6.2 3.8,3.4 3.6,1.4 2.8,.2 1.8,0 .5,.6 0,2.1 .5,3.6 1.8,4.1 3,3.6 3.7,2.3",
        ['A'] = "0,7 2.1,0 4.2,7|.8,4.6 3.4,4.6",
        ['B'] = "2.2,3.4 0,3.4|2.2,7 0,7 0,0 2.2,0|~2.2,0 3.4,.5 3.7,1.7 3.4,2.9 2.2,3.4"
            + "|~2.2,3.4 3.6,4 4,5.2 3.6,6.5 2.2,7",
        ['C'] = "~4,1.4 3.1,.3 2.1,0 .7,.8 0,3.5 .7,6.2 2.1,7 3.1,6.7 4,5.6",
        ['D'] = "1.6,7 0,7 0,0 1.6,0|~1.6,0 3.3,.8 4,3.5 3.3,6.2 1.6,7",
        ['E'] = "3.5,0 0,0 0,7 3.5,7|0,3.4 3,3.4",
        ['F'] = "3.5,0 0,0 0,7|0,3.4 3,3.4",
        ['G'] = "~4,1.4 3.1,.3 2.1,0 .7,.8 0,3.5 .7,6.2 2.1,7 3.3,6.6 4.1,5.6|4.1,5.6 4.1,3.8 2.4,3.8",
        ['H'] = "0,0 0,7|4,0 4,7|0,3.4 4,3.4",
        ['I'] = "0,0 0,7",
        ['J'] = "3,0 3,5|~3,5 2.6,6.5 1.5,7 .4,6.5 0,5.3",
        ['K'] = "0,0 0,7|3.8,0 0,4.4|1.4,2.8 4,7",
        ['L'] = "0,0 0,7 3.4,7",
        ['M'] = "0,7 0,0 2.4,5 4.8,0 4.8,7",
        ['N'] = "0,7 0,0 4,7 4,0",
        ['O'] = "~2.2,0 3.8,.9 4.4,3.5 3.8,6.1 2.2,7 .6,6.1 0,3.5 .6,.9 2.2,0",
        ['P'] = "0,7 0,0 2.2,0|~2.2,0 3.5,.6 3.9,1.9 3.5,3.2 2.2,3.8|2.2,3.8 0,3.8",
        ['Q'] = "~2.2,0 3.8,.9 4.4,3.5 3.8,6.1 2.2,7 .6,6.1 0,3.5 .6,.9 2.2,0|2.7,5.2 4.4,7.4",
        ['R'] = "0,7 0,0 2.2,0|~2.2,0 3.5,.6 3.9,1.9 3.5,3.2 2.2,3.8|2.2,3.8 0,3.8|2,3.8 4,7",
        ['S'] = "~3.7,1.2 2.9,.2 1.9,0 .7,.4 .3,1.7 .9,2.9 2,3.4 3.2,3.9 3.9,5.2 3.4,6.5 2,7 .8,6.7 0,5.6",
        ['T'] = "0,0 4.2,0|2.1,0 2.1,7",
        ['U'] = "0,0 0,4.8|~0,4.8 .5,6.4 2,7 3.5,6.4 4,4.8|4,4.8 4,0",
        ['V'] = "0,0 2.1,7 4.2,0",
        ['W'] = "0,0 1.5,7 3,1 4.5,7 6,0",
        ['X'] = "0,0 4,7|4,0 0,7",
        ['Y'] = "0,0 2,3.5 4,0|2,3.5 2,7",
        ['Z'] = "0,0 4,0 0,7 4,7",
        ['a'] = Bowl + "|3.2,2.4 3.2,7",
        ['b'] = "0,0 0,7|" + Bowl,
        ['c'] = "~3,3.2 2.4,2.6 1.6,2.4 .4,3 0,4.7 .4,6.4 1.6,7 2.4,6.8 3,6.2",
        ['d'] = Bowl + "|3.2,0 3.2,7",
        ['e'] = "0,4.6 3.2,4.6|~3.2,4.6 2.8,3 1.6,2.4 .4,3 0,4.7 .4,6.4 1.6,7 2.5,6.8 3.1,6.1",
        ['f'] = "~2.4,.1 1.7,0 1.1,.4 .9,1.4|.9,1.4 .9,7|0,2.4 2.2,2.4",
        ['g'] = Bowl + "|3.2,2.4 3.2,7.2|~3.2,7.2 2.8,8.6 1.6,9 .4,8.5",
        ['h'] = "0,0 0,7|~0,4.2 .6,2.9 1.7,2.4 2.7,2.9 3,4.2|3,4.2 3,7",
        ['i'] = "0,2.4 0,7|0,.5 0,.6",
        ['j'] = "1,2.4 1,7.6|~1,7.6 .7,8.7 0,9|1,.5 1,.6",
        ['k'] = "0,0 0,7|2.8,2.4 0,5.2|1.1,4.2 3,7",
        ['l'] = "0,0 0,6|~0,6 .3,6.8 1,7",
        ['m'] = "0,2.4 0,7|~0,4.2 .5,2.9 1.4,2.4 2.2,2.9 2.4,4.2|2.4,4.2 2.4,7"
            + "|~2.4,4.2 2.9,2.9 3.8,2.4 4.6,2.9 4.8,4.2|4.8,4.2 4.8,7",
        ['n'] = "0,2.4 0,7|~0,4.2 .6,2.9 1.7,2.4 2.7,2.9 3,4.2|3,4.2 3,7",
        ['o'] = Bowl,
        ['p'] = "0,2.4 0,9|" + Bowl,
        ['q'] = Bowl + "|3.2,2.4 3.2,9",
        ['r'] = "0,2.4 0,7|~0,4.4 .5,3 1.3,2.4 2,2.5",
        ['s'] = "~2.7,3.2 2.2,2.6 1.4,2.4 .5,2.7 .2,3.5 .7,4.3 1.5,4.7 2.4,5.1 2.8,5.9 2.4,6.7 1.4,7 .5,6.8 0,6.1",
        ['t'] = ".9,.8 .9,5.6|~.9,5.6 1.1,6.7 1.8,7 2.4,6.8|0,2.4 2.2,2.4",
        ['u'] = "0,2.4 0,5.2|~0,5.2 .3,6.5 1.3,7 2.4,6.5 3,5.2|3,2.4 3,7",
        ['v'] = "0,2.4 1.5,7 3,2.4",
        ['w'] = "0,2.4 1.2,7 2.4,3 3.6,7 4.8,2.4",
        ['x'] = "0,2.4 2.9,7|2.9,2.4 0,7",
        ['y'] = "0,2.4 1.6,7|3.2,2.4 1.6,7 1,8.5 .2,9",
        ['z'] = "0,2.4 2.8,2.4 0,7 2.8,7",
        ['.'] = "0,6.8 0,6.9",
        [','] = ".4,6.7 0,8.1",
        [':'] = "0,3.4 0,3.5|0,6.8 0,6.9",
        ['-'] = "0,4.2 2,4.2",
        ['_'] = "0,7.8 3,7.8",
        ['+'] = "0,4 3.4,4|1.7,2.3 1.7,5.7",
        ['−'] = "0,4 3.4,4",
        ['='] = "0,3.2 3.4,3.2|0,5 3.4,5",
        ['/'] = "0,7.6 2.6,-.4",
        ['('] = "~1.3,-.6 .3,1.4 0,3.5 .3,5.6 1.3,7.6",
        [')'] = "~0,-.6 1,1.4 1.3,3.5 1,5.6 0,7.6",
        ['#'] = "1.2,.4 .6,6.6|3.2,.4 2.6,6.6|0,2.4 3.9,2.4|-.1,4.7 3.7,4.7",
        ['%'] = "4.6,0 .6,7|~1.1,0 2,.5 2.2,1.6 2,2.7 1.1,3.2 .2,2.7 0,1.6 .2,.5 1.1,0"
            + "|~4.1,3.8 5,4.3 5.2,5.4 5,6.5 4.1,7 3.2,6.5 3,5.4 3.2,4.3 4.1,3.8",
        ['·'] = "0,4.1 0,4.2",
        [' '] = "",
    };

    /// <summary>Width in pixels at a height of capitals in pixels.</summary>
    internal static double Width(string text, double capital) =>
        Math.Max(0, text.Sum(c => Advance(c)) - GapUnits) * capital / CapitalUnits;

    /// <summary>Draws from the left, with the base line at y; what has no glyph is an empty box.</summary>
    internal static void Draw(
        PictureCanvas canvas, string text, double x, double y, double capital, double weight, Rgb colour)
    {
        double unit = capital / CapitalUnits;
        foreach (char c in text)
        {
            foreach (List<(double X, double Y)> stroke in StrokesOf(c))
            {
                (double, double)[] placed =
                    [.. stroke.Select(p => (x + (p.X * unit), y + ((p.Y - CapitalUnits) * unit)))];
                canvas.Stroke(placed, weight, colour);
            }
            x += Advance(c) * unit;
        }
    }

    /// <summary>The text, cut with two points where it would be wider.</summary>
    internal static string Fit(string text, double capital, double width)
    {
        if (Width(text, capital) <= width) return text;
        int length = text.Length;
        while (length > 0 && Width($"{text[..length]}..", capital) > width) length--;
        return $"{text[..length]}..";
    }

    private static double Advance(char c) =>
        c == ' ' ? SpaceUnits + GapUnits : char.IsAsciiDigit(c) ? 3.8 + GapUnits
        : StrokesOf(c).SelectMany(s => s).Max(p => p.X) + GapUnits;

    private static IEnumerable<List<(double X, double Y)>> StrokesOf(char c) => Strokes.GetValueOrDefault(c, Missing)
        .Split('|', StringSplitOptions.RemoveEmptyEntries)
        .Select(s => s[0] == '~' ? Curve(Points(s[1..])) : Points(s));

    private static List<(double X, double Y)> Points(string text) => [.. text.Split(' ').Select(p =>
    {
        string[] two = p.Split(',');
        return (double.Parse(two[0], CultureInfo.InvariantCulture), double.Parse(two[1], CultureInfo.InvariantCulture));
    })];

    // Catmull-Rom through the points; closed where the last is the first.
    private static List<(double X, double Y)> Curve(List<(double X, double Y)> points)
    {
        bool closed = points[0] == points[^1];
        int count = points.Count;
        List<(double X, double Y)> curve = [points[0]];
        for (int i = 0; i < count - 1; i++)
        {
            (double X, double Y) a = i > 0 ? points[i - 1] : closed ? points[count - 2] : points[0];
            (double X, double Y) b = points[i], c = points[i + 1];
            (double X, double Y) d = i + 2 < count ? points[i + 2] : closed ? points[1] : points[i + 1];
            for (int step = 1; step <= CurveSteps; step++)
            {
                double t = step / (double)CurveSteps;
                curve.Add((Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t)));
            }
        }
        return curve;
    }

    private static double Spline(double a, double b, double c, double d, double t) => 0.5 * ((2 * b) + ((c - a) * t)
        + (((2 * a) - (5 * b) + (4 * c) - d) * t * t) + (((3 * b) - a - (3 * c) + d) * t * t * t));
}
