using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.WaterQuality;

namespace Monitor.Cli.Verbs;

/// <summary>A figure that somebody printed: <c>DB-LGZ.index=0.673</c>, <c>YR-LZ.class=II</c>.</summary>
/// <param name="Section">Section id.</param>
/// <param name="Index">The index; null where the figure is a class.</param>
/// <param name="Class">The class; null where the figure is an index.</param>
internal sealed record PrintedFigure(string Section, decimal? Index, SurfaceWaterClass? Class)
{
    private const string Option = "--figure";
    private const string Form = "Write it as DB-LGZ.index=0.673 or YR-LZ.class=II.";

    /// <summary>Reads one.</summary>
    /// <exception cref="InputException">It is of another form.</exception>
    internal static PrintedFigure Parse(string text)
    {
        string[] sides = text.Split('=', 2, StringSplitOptions.TrimEntries);
        string[] key = sides[0].Split('.');
        if (sides.Length != 2 || key.Length != 2) throw Fault($"'{text}' is not SECTION.KEY=VALUE.");
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return key[1] switch
        {
            "index" => decimal.TryParse(sides[1], plain, CultureInfo.InvariantCulture, out decimal index)
                ? new PrintedFigure(key[0], index, null)
                : throw Fault($"'{sides[1]}' is not a number."),
            "class" => SurfaceWaterClassNames.TryParse(sides[1], out SurfaceWaterClass waterClass)
                ? new PrintedFigure(key[0], null, waterClass)
                : throw Fault($"'{sides[1]}' is not a class."),
            _ => throw Fault($"'{key[1]}' is neither index nor class."),
        };
    }

    /// <summary>Judges every section that a figure is given of, in the order of the programme.</summary>
    /// <exception cref="InputException">The programme has no such section.</exception>
    internal static IEnumerable<RiverAssessment> Assess(
        RiverProgramme programme, Period period, IReadOnlyList<PrintedFigure> figures)
    {
        foreach (PrintedFigure figure in figures.Where(f => programme.FindSection(f.Section) is null))
        {
            throw new InputException(
                $"the programme has no section '{figure.Section}'.",
                $"It has: {string.Join(", ", programme.Sections.Select(s => s.Id))}.", field: Option);
        }
        return programme.Sections.Where(s => figures.Any(f => f.Section == s.Id)).Select(section =>
        {
            PrintedFigure[] own = [.. figures.Where(f => f.Section == section.Id)];
            var printed = new PublishedFigures(
                own.LastOrDefault(f => f.Index is not null)?.Index, own.LastOrDefault(f => f.Class is not null)?.Class);
            return printed.Assess(programme, section, period);
        });
    }

    private static InputException Fault(string fault) => new(fault, Form, field: Option);
}
