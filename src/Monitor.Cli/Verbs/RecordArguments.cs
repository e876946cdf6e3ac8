using System.CommandLine;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Records;

namespace Monitor.Cli.Verbs;

/// <summary>Which readings a person speaks of, the same for every verb that says something of them.</summary>
internal static class RecordArguments
{
    internal static Argument<string> Series() => new("SERIES")
    {
        Description = "SECTION/MEASURAND or SECTION/MEASURAND/INSTRUMENT, as OJ-05/w21003.",
    };

    internal static Option<string> Moment(string name, string description) => new(name)
    {
        Description = description, HelpName = "TIME", Required = true,
    };

    /// <summary>The series asked for.</summary>
    /// <exception cref="InputException">It is none.</exception>
    internal static SeriesName Series(this ParseResult parsed, Argument<string> series)
    {
        string text = parsed.GetRequiredValue(series);
        return SeriesName.TryParse(text, out SeriesName? name) ? name : throw new InputException(
            $"'{text}' is no series.", "Write SECTION/MEASURAND or SECTION/MEASURAND/INSTRUMENT, as OJ-05/w21003.",
            field: "SERIES");
    }

    /// <summary>The moment asked for.</summary>
    /// <exception cref="InputException">It is none, or has no offset.</exception>
    internal static Instant Moment(this ParseResult parsed, Option<string> option) =>
        MomentOf(parsed.GetRequiredValue(option), option.Name);

    /// <summary>A moment, as an option gives it.</summary>
    /// <exception cref="InputException">It is none, or has no offset.</exception>
    internal static Instant MomentOf(string text, string option) =>
        CellText.TryParseTime(text, offsetRequired: true, out Instant moment)
            ? moment
            : throw new InputException(
                $"'{text}' is no time with an offset.", "Write it as 2025-03-01T08:00:00+08:00.", field: option);
}
