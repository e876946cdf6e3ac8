using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;

namespace Monitor.Programmes.Records;

/// <summary>Which readings a review is about: <c>section/measurand</c> or <c>section/measurand/instrument</c>.</summary>
/// <param name="Section">Section id.</param>
/// <param name="Measurand">Measurand code.</param>
/// <param name="Instrument">Instrument id; null for all instruments of the section.</param>
public sealed record SeriesName(string Section, string Measurand, string? Instrument = null)
{
    /// <summary>Subject of the records about it, as <c>series/OJ-05/w21003</c>.</summary>
    public string Subject => "series/" + this;

    /// <summary>Reads <c>section/measurand[/instrument]</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SeriesName? name)
    {
        string[] parts = text.Split('/');
        bool valid = parts.Length is 2 or 3 && Array.TrueForAll(parts, p => Identifier.IsValid(p));
        name = valid ? new SeriesName(parts[0], parts[1], parts.Length == 3 ? parts[2] : null) : null;
        return valid;
    }

    /// <summary>Whether a reading of the section is of this series.</summary>
    public bool Covers(Reading reading) =>
        reading.Measurand == Measurand && (Instrument is null || reading.Instrument == Instrument);

    /// <summary><c>section/measurand[/instrument]</c>.</summary>
    public override string ToString() =>
        Instrument is null ? $"{Section}/{Measurand}" : $"{Section}/{Measurand}/{Instrument}";
}
