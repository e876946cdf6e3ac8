using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Jobs;

/// <summary>Which readings of a section to show, with their flags.</summary>
/// <param name="Section">Section id of a river programme.</param>
/// <param name="Measurand">One code; null for all.</param>
/// <param name="From">First moment; null for the beginning of the civil year that the span ends in.</param>
/// <param name="To">First moment after; null for the end of the civil year of the newest reading.</param>
/// <param name="Position">Last position that counts; null for the newest.</param>
public sealed record ReadingsQuestion(
    string Section, string? Measurand = null, Instant? From = null, Instant? To = null, long? Position = null)
{
    /// <summary>Longest span: each of its years is screened as a whole.</summary>
    public const int YearsMax = 5;

    /// <summary>Answers: flags recomputed now, over whole civil years, as the yearly judgement computes them.</summary>
    /// <param name="shelf">The programmes.</param>
    /// <param name="record">The readings.</param>
    /// <param name="registry">Reviews, in the same position sequence.</param>
    /// <exception cref="InputException">No programme has the section, or the span will not do.</exception>
    public ReadingsAnswer Answer(ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry) => Answer(
        shelf, record, (programme, section, year, position) => ShownReading.Of(programme, JudgementInputs.Read(
            record, registry, section.Id, programme.Statistic, year, position)));

    /// <summary>The same, for who may have screened a year already.</summary>
    internal ReadingsAnswer Answer(
        ProgrammeShelf shelf, IReadingStore record,
        Func<RiverProgramme, RiverSection, Period, long, IReadOnlyList<ShownReading>> screen)
    {
        RiverProgramme programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(Section) is not null)
            ?? throw new InputException(
                $"No programme has a section '{Section}'.",
                $"There are: {string.Join(", ", shelf.Rivers.SelectMany(p => p.Sections).Select(s => s.Id))}.",
                field: "section");
        if (Position < 0) throw new InputException(
            $"{Position} is no position.", "Positions begin at 1; leave it out for the newest.", field: "position");
        long position = Math.Min(Position ?? long.MaxValue, record.LastPosition);
        if (To is null && record.NewestTime(Section) is null) return new ReadingsAnswer(position, []);
        Instant to = To ?? YearOf(record.NewestTime(Section)!.Value, programme).End;
        Instant from = From ?? YearOf(new Instant(to.UnixMilliseconds - 1), programme).Start;
        if (to <= from) throw new InputException(
            $"The span from {from} until {to} is empty.", "`to` is the first moment after it.", field: "to");
        Period first = YearOf(from, programme), last = YearOf(new Instant(to.UnixMilliseconds - 1), programme);
        if (last.Year - first.Year >= YearsMax) throw new InputException(
            $"The span touches {last.Year - first.Year + 1} years.", $"Ask for at most {YearsMax} at once.",
            field: "from");
        List<ShownReading> shown = [];
        for (int year = first.Year; year <= last.Year; year++)
        {
            shown.AddRange(screen(
                programme, programme.FindSection(Section)!, Period.OfYear(year, programme.Zone), position)
                .Where(r => Asks(r.Stored.Reading, from, to)));
        }
        // A stable sort: within a measurand the years follow each other already.
        return new ReadingsAnswer(
            position, [.. shown.OrderBy(r => r.Stored.Reading.Measurand, StringComparer.Ordinal)]);
    }

    private bool Asks(Reading reading, Instant from, Instant to) =>
        (Measurand is null || reading.Measurand == Measurand) && from <= reading.Time && reading.Time < to;

    private static Period YearOf(Instant moment, RiverProgramme programme)
    {
        // Years that a civil calendar of the zone cannot hold would throw deep inside it.
        int year = moment < Earliest || Latest < moment
            ? throw new InputException(
                $"{moment.UnixMilliseconds} ms is outside 1900 to 9998.", "Ask for another span.", field: "from")
            : Period.DayOf(moment, programme.Zone).Year;
        return Period.OfYear(year, programme.Zone);
    }

    private static Instant Earliest { get; } = Instant.From(new DateTimeOffset(1900, 1, 2, 0, 0, 0, TimeSpan.Zero));

    private static Instant Latest { get; } = Instant.From(new DateTimeOffset(9998, 12, 30, 0, 0, 0, TimeSpan.Zero));
}

/// <summary>Readings with their flags.</summary>
/// <param name="Position">Position up to which the record was read: the same question up to it has the same
/// answer.</param>
/// <param name="Readings">In the order of measurand code, time, position.</param>
public sealed record ReadingsAnswer(long Position, IReadOnlyList<ShownReading> Readings);
