using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Cli.Demo;

/// <summary>
/// A made-up but plausible year of one section: four-hourly values of nine parameters with seasons, floods, maintenance,
/// gaps, a stuck sensor, spikes and values below detection. Only + − × ÷ on seeded draws, so that every machine makes the
/// same file; sines and exponentials differ in their last bits between machines.
/// </summary>
internal sealed class SyntheticYear(RiverSection section, DemoScenario scenario)
{
    private const int SlotsPerDay = 6;
    private static readonly TimeSpan Slot = TimeSpan.FromHours(4);

    private readonly Random random = new(scenario.Seed);

    /// <summary>What a parameter does over a year.</summary>
    /// <param name="Code">HJ code.</param>
    /// <param name="Digits">Decimal places as the instrument reports them.</param>
    /// <param name="Level">Yearly mean; null to take the section's baseline times the scenario's quality.</param>
    /// <param name="Season">Summer less winter, as a share of the level; below 0 where winter is higher.</param>
    /// <param name="Noise">Half width of the noise, as a share of the level.</param>
    /// <param name="Flood">What a flood's peak adds, as a multiple of the level.</param>
    /// <param name="Detection">Detection limit; 0 for none.</param>
    /// <param name="Range">End of the measuring range.</param>
    private sealed record Shape(
        string Code, int Digits, double? Level, double Season, double Noise, double Flood, double Detection, double Range);

    private static readonly Shape[] Shapes =
    [
        new("w01001", 2, 7.4, 0.04, 0.03, -0.03, 0, 14),
        new("w01003", 1, 12, 0.3, 0.35, 14, 0, 200),
        new("w01009", 2, 8.2, -0.30, 0.08, -0.1, 0, 20),
        new("w01010", 1, 18, 1.1, 0.06, -0.05, 0, 40),
        new("w01014", 0, 145, -0.1, 0.08, -0.3, 0, 5000),
        new("w01019", 2, null, 0.20, 0.12, 0.9, 0.5, 20),
        new("w21001", 2, null, -0.15, 0.10, 0.5, 0.05, 20),
        new("w21003", 3, null, -0.25, 0.20, 0.8, 0.025, 10),
        new("w21011", 3, null, 0.15, 0.15, 1.4, 0.010, 4),
    ];

    /// <summary>The year as a replay file: <c>time,measurand,value,status,instrument</c>, in order of time.</summary>
    internal string ToCsv()
    {
        var csv = new StringBuilder("time,measurand,value,status,instrument\n");
        var first = new DateTimeOffset(DemoScenario.Year, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
        int slots = (DateTime.IsLeapYear(DemoScenario.Year) ? 366 : 365) * SlotsPerDay;
        int[] floods = [.. Enumerable.Range(0, 4).Select(i => (120 + (i * 35) + random.Next(20)) * SlotsPerDay)];
        int stuckFrom = random.Next(40, 300) * SlotsPerDay;
        int gapFrom = random.Next(40, 330) * SlotsPerDay;
        double[] drift = new double[Shapes.Length];
        double[] stuck = new double[Shapes.Length];
        for (int slot = 0; slot < slots; slot++)
        {
            DateTimeOffset time = first + (slot * Slot);
            bool isOut = scenario.OutageMonths.Contains(time.Month) || (slot >= gapFrom && slot < gapFrom + 9);
            for (int k = 0; k < Shapes.Length; k++)
            {
                Shape shape = Shapes[k];
                double value = Value(shape, slot, slots, floods, ref drift[k]);
                if (slot == stuckFrom) stuck[k] = value;
                // One instrument sticks for two days: its value does not move, and its device does not notice.
                if (shape.Code == "w01019" && slot >= stuckFrom && slot < stuckFrom + 12) value = stuck[k];
                (string text, string status) = Report(shape, value, slot);
                if (!isOut) Row(csv, time, shape.Code, text, status, "");
            }
        }
        YearlyFigure(csv, first, Measurands.WaterUse, scenario.WaterUse);
        YearlyFigure(csv, first, Measurands.WaterIntensity, scenario.WaterIntensity);
        return csv.ToString();
    }

    private double Value(Shape shape, int slot, int slots, int[] floods, ref double drift)
    {
        double level = shape.Level ?? ((double)section.Baseline[shape.Code] * scenario.Quality);
        // Noise that remembers: mostly its former value, partly a new draw.
        drift = (0.8 * drift) + (0.2 * ((2 * random.NextDouble()) - 1));
        double flood = 0;
        foreach (int at in floods)
        {
            int since = slot - at;
            if (since is >= 0 and < 30) flood += (30.0 - since) / 30.0;
        }
        double season = shape.Season / 2 * Summer((double)slot / slots);
        // Floods are short, so that the year's mean stays near the level.
        double share = 1 + season + (2.2 * shape.Noise * drift) + (shape.Flood * flood * 0.5);
        return Math.Max(level * share, 0);
    }

    // −1 in midwinter, +1 in midsummer: a parabola through both, in place of a cosine.
    private static double Summer(double year)
    {
        double fromSummer = Math.Abs(year - 0.54);
        double x = fromSummer > 0.5 ? 1 - fromSummer : fromSummer;
        return 1 - (2 * (4 * x * x) * (1.5 - x));
    }

    private (string Text, string Status) Report(Shape shape, double value, int slot)
    {
        int hour = slot % (SlotsPerDay * 7);
        double draw = random.NextDouble();
        // Every fourth week a morning of maintenance; every week one calibration: the device says so itself.
        bool nutrients = shape.Code.StartsWith("w2", StringComparison.Ordinal);
        if (slot % (SlotsPerDay * 28) is 8 or 9) return (Digits(shape, value * 0.3), "M");
        if (hour == 13 && nutrients) return (Digits(shape, value * 2), "C");
        if (draw < 0.0015) value *= 9; // an electrical spike
        else if (draw < 0.0025) return (Digits(shape, 0), "D");
        if (value > shape.Range) return (">" + Digits(shape, shape.Range), "T");
        return value < shape.Detection
            ? ("<" + Digits(shape, shape.Detection), "N")
            : (Digits(shape, value), "N");
    }

    private void YearlyFigure(StringBuilder csv, DateTimeOffset first, string code, double factor)
    {
        decimal value = decimal.Round(section.Baseline[code] * (decimal)factor, 1);
        Row(csv, first.AddYears(1) - Slot, code, value.ToString(CultureInfo.InvariantCulture), "N", "bureau");
    }

    private static string Digits(Shape shape, double value) =>
        value.ToString("F" + shape.Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Row(
        StringBuilder csv, DateTimeOffset time, string code, string value, string status, string instrument) =>
        csv.Append(time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture))
            .Append(',').Append(code).Append(',').Append(value).Append(',').Append(status)
            .Append(',').Append(instrument).Append('\n');
}
