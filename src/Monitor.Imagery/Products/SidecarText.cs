using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Imagery.Products;

/// <summary>Reads sidecars and the numbers and times in them; faults name the file and the field.</summary>
internal static class SidecarText
{
    // Metadata of a product are some 100 kB; a file beyond this is something else.
    private const int BytesMax = 32 << 20;

    internal static byte[] ReadFile(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > BytesMax)
                throw new InputException("It is larger than 32 MiB.", "Give the metadata file.", file);
            return File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"It cannot be read ({fault.Message})", "Give a file you may read.", file);
        }
    }

    internal static double Number(string text, string file, string field)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && double.IsFinite(n))
            return n;
        throw new InputException($"'{text}' is not a number.", "Fetch the metadata again.", file, field: field);
    }

    internal static double Scale(string text, string file, string field)
    {
        double n = Number(text, file, field);
        return n > 0 ? n : throw NotPositive(text, file, field);
    }

    internal static InputException NotPositive(string text, string file, string field) =>
        new($"'{text}' is not above 0.", "Fetch the metadata again.", file, field: field);

    /// <summary>A time in ISO 8601, UTC where it names no offset.</summary>
    internal static Instant Time(string text, string file, string field)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Style, out DateTimeOffset time))
            return Instant.From(time);
        throw new InputException($"'{text}' is not a time.", "Write it as 2025-07-15T02:30:00Z.", file, field: field);
    }
}
