namespace Monitor.Imagery.Pictures;

/// <summary>
/// Colours of a value. The more vegetation the darker, without a turn: a picture says the same in grey, on paper and to
/// people who do not see red and green apart.
/// </summary>
public sealed class ColourRamp
{
    private readonly (double Value, Rgb Colour)[] stops;

    private ColourRamp(double tick, params (double Value, int Hex)[] stops)
    {
        Tick = tick;
        this.stops = [.. stops.Select(s => (s.Value, Rgb.Of(s.Hex)))];
    }

    /// <summary>NDVI from −0.2 (and below: open water, pale) to 1 (dense green, dark).</summary>
    public static ColourRamp Ndvi { get; } = new(
        0.2,
        (-0.2, 0xDFF1FF), (-0.05, 0xDAE7E8), (0.05, 0xEADBB7), (0.15, 0xE6CF96), (0.3, 0xCFC57A), (0.45, 0xA0B95C),
        (0.6, 0x66A04A), (0.75, 0x31803F), (0.9, 0x125A34), (1, 0x073B29));

    /// <summary>
    /// NDVI on a map, where water must be told from bare soil: blue-grey below 0, darkening steadily from 0 up, so that land
    /// still prints in grey.
    /// </summary>
    public static ColourRamp NdviOnMap { get; } = new(
        0.2,
        (-0.2, 0x7EA4B8), (0, 0xC4D4D6), (0.05, 0xE9DEC4), (0.2, 0xE2D6AA), (0.35, 0xC4CD84), (0.5, 0x89B25F),
        (0.65, 0x4A8D48), (0.8, 0x1B623C), (1, 0x0A3E28));

    /// <summary>
    /// A change from −0.5 (brown) by nothing (pale) to 0.5 (blue-green): told apart without red and green.
    /// </summary>
    public static ColourRamp Difference { get; } = new(
        0.25,
        (-0.5, 0x8C510A), (-0.25, 0xD8B365), (0, 0xF5F5F5), (0.25, 0x5AB4AC), (0.5, 0x01665E));

    /// <summary>Cover from 0 to 1.</summary>
    public static ColourRamp Cover { get; } = new(
        0.2,
        (0, 0xF8EFDD), (0.15, 0xEBE0B4), (0.3, 0xCFD394), (0.45, 0xA2C083), (0.6, 0x6BA774), (0.75, 0x368763),
        (0.9, 0x12604F), (1, 0x07423D));

    /// <summary>The value at the ramp's light end; all below it has the same colour.</summary>
    public double Least => stops[0].Value;

    /// <summary>The value at the dark end.</summary>
    public double Most => stops[^1].Value;

    /// <summary>Distance between two marks of the legend.</summary>
    internal double Tick { get; }

    /// <summary>Colour of a value; beyond an end that end's.</summary>
    public Rgb Of(double value)
    {
        if (!(value > Least)) return stops[0].Colour;
        for (int i = 1; i < stops.Length; i++)
        {
            if (value > stops[i].Value) continue;
            double t = (value - stops[i - 1].Value) / (stops[i].Value - stops[i - 1].Value);
            return stops[i - 1].Colour.Mix(stops[i].Colour, t);
        }
        return stops[^1].Colour;
    }
}
