using System.Globalization;

namespace Monitor.Imagery.Tiff;

/// <summary>Nodata as GDAL writes it into a TIFF: text, in the words of C.</summary>
internal static class TiffNoData
{
    /// <summary>Reads it; false where the text is none that is surely read as GDAL reads it.</summary>
    internal static bool TryRead(TiffDirectory tags, PixelType type, out double? noData)
    {
        noData = null;
        if (!tags.Has(TiffTag.NoData)) return true;
        if (tags.Text(TiffTag.NoData) is not string text) return false;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        string digits = text.TrimStart('+', '-', ' ');
        if (digits.Length == 0 || char.IsLetter(digits[0])) return false;
        if (!double.TryParse(text, style, CultureInfo.InvariantCulture, out double number)) return false;
        if (type == PixelType.Float32)
        {
            // Near the ends of float32 GDAL has rules of its own.
            if (Math.Abs(number) > float.MaxValue) return false;
            number = (float)number;
        }
        noData = number;
        return true;
    }

    /// <summary>The text that stands for it.</summary>
    internal static string TextOf(double noData) =>
        double.IsNaN(noData) ? "nan" : noData.ToString("R", CultureInfo.InvariantCulture);
}
