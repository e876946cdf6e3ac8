using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>
/// How figures of rasters are printed: JSON numbers, null where there is nothing, never NaN or Infinity.
/// </summary>
internal static class FigureText
{
    internal static string Json(Action<Utf8JsonWriter> fill)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            fill(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    internal static void WriteFigure(this Utf8JsonWriter writer, string name, double? figure)
    {
        if (figure is double number && double.IsFinite(number)) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }

    internal static void WriteCover(this Utf8JsonWriter writer, bool asked, CoverFigures? cover)
    {
        if (!asked)
        {
            writer.WriteNull("cover");
            return;
        }
        writer.WriteStartObject("cover");
        writer.WriteFigure("low", cover?.Low);
        writer.WriteFigure("central", cover?.Central);
        writer.WriteFigure("high", cover?.High);
        writer.WriteEndObject();
    }

    /// <summary>Mean, extremes and percentiles of an index.</summary>
    internal static void WriteIndex(this Utf8JsonWriter writer, string name, RasterTally tally)
    {
        writer.WriteStartObject(name);
        writer.WriteFigure("mean", tally.Mean);
        writer.WriteFigure("min", tally.Min);
        writer.WriteFigure("max", tally.Max);
        writer.WriteFigure("p5", tally.Percentile(0.05));
        writer.WriteFigure("p95", tally.Percentile(0.95));
        writer.WriteEndObject();
    }

    internal static string Cell(double? figure) =>
        figure is double number ? number.ToString("F6", CultureInfo.InvariantCulture) : "-";
}
