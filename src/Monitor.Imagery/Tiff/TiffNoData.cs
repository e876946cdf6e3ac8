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
        bool isNumber = text.Length > 0 && !char.IsLetter(text.TrimStart('+', '-', ' ')[..1].FirstOrDefault());
        if (!isNumber || !double.TryParse(text, style, CultureInfo.InvariantCulture, out double number)) return false;
        if (type == PixelType.Float32)
        {
            // Near the ends of float32 GDAL has rules of its own.
            if (Math.Abs(number) > float.MaxValue) return false;
            number = (float)number;
        }
        noData = number;
        return true;
    }

    internal static string TextOf(double noData) => noData.ToString("R", CultureInfo.InvariantCulture);
}
