using System.Globalization;
using Monitor.Domain;

namespace Monitor.Imagery.Gdal;

/// <summary>A file and a band of it, written <c>scene.tif</c> or <c>scene.tif#4</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Band">From 1.</param>
public sealed record BandReference(string File, int Band = 1)
{
    /// <summary>Reads <c>F</c> or <c>F#N</c>. A file whose own name ends in #N and exists is meant as it is.</summary>
    /// <exception cref="InputException">Nothing before the #, or the band is not a number from 1.</exception>
    public static BandReference Parse(string text)
    {
        int hash = text.LastIndexOf('#');
        if (hash < 0 || System.IO.File.Exists(text)) return new BandReference(text);
        string number = text[(hash + 1)..];
        bool whole = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int band);
        if (hash == 0 || !whole || band < 1)
        {
            throw new InputException(
                $"'{number}' is not a band.", "Write FILE#N with N from 1, as in scene.tif#4.", text);
        }
        return new BandReference(text[..hash], band);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Band == 1 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}#{Band}");
}
