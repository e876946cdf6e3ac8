using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Comparisons;

/// <summary>One year of a row.</summary>
/// <param name="Year">The civil year.</param>
/// <param name="Result">What it came to; null where these terms do not know it.</param>
/// <param name="Absent">Why there is no result; null where there is one.</param>
/// <param name="Change">Beside the nearest year before it that has a result; null where there is none.</param>
/// <param name="Against">Beside the same year by the terms that count; null where it is they, or where there are none.</param>
public sealed record ComparedYear(
    int Year, YearResult? Result, Bilingual? Absent, YearChange? Change, YearAgainst? Against);

/// <summary>A section's years by one set of terms, or as they were sealed.</summary>
/// <param name="Terms">The terms; null for the row of what was sealed, each year by its own.</param>
/// <param name="Years">The years, in order.</param>
public sealed record ComparedRow(RiverProgramme? Terms, IReadOnlyList<ComparedYear> Years);

/// <summary>
/// Years of one section side by side: as they were sealed, by today's terms, and by those of other rounds. Everything that
/// was not sealed is a what-if and is never sealed. Pure.
/// </summary>
/// <param name="Section">Section id.</param>
/// <param name="Name">Its name, by the first terms that know it.</param>
/// <param name="Rows">What was sealed first, where anything was; then today's terms, then the others as they were given.</param>
public sealed record ComparedSection(string Section, Bilingual Name, IReadOnlyList<ComparedRow> Rows)
{
    private static readonly Bilingual
        NotSealed = new("该年没有存证的评判", "no judgement of that year is sealed"),
        NotKnown = new("该规则没有这个断面", "these terms have no such section");

    /// <summary>Compares.</summary>
    /// <param name="section">Section id; its own name where no terms know it.</param>
    /// <param name="years">Civil years, any order.</param>
    /// <param name="kept">What was sealed of the section, by year.</param>
    /// <param name="terms">Today's terms first, then other rounds'.</param>
    /// <param name="judge">Gives the what-if of a section's year by terms, of what was read up to one position.</param>
    public static ComparedSection Of(
        string section, IEnumerable<int> years, IReadOnlyDictionary<int, YearResult> kept, IReadOnlyList<RiverProgramme> terms,
        Func<RiverProgramme, RiverSection, Period, YearResult> judge)
    {
        int[] ordered = [.. years.Distinct().Order()];
        List<ComparedRow> rows = [];
        if (kept.Count > 0)
        {
            rows.Add(new ComparedRow(null, Row(
                ordered, y => kept.GetValueOrDefault(y), NotSealed, new Dictionary<int, YearResult>())));
        }
        // Where nothing was sealed, today's terms are what others are held against.
        Dictionary<int, YearResult> counts = new(kept);
        foreach (RiverProgramme programme in terms)
        {
            RiverSection? place = programme.FindSection(section);
            List<ComparedYear> row = Row(
                ordered,
                y => place is null ? null : judge(programme, place, Period.OfYear(y, programme.Zone)),
                NotKnown, counts);
            foreach (ComparedYear year in row)
            {
                if (rows.All(r => r.Terms is null) && year.Result is YearResult today) counts.TryAdd(year.Year, today);
            }
            rows.Add(new ComparedRow(programme, row));
        }
        Bilingual? name = terms.Select(t => t.FindSection(section)?.Name).FirstOrDefault(n => n is not null);
        return new ComparedSection(section, name ?? new Bilingual(section, section), rows);
    }

    private static List<ComparedYear> Row(
        int[] years, Func<int, YearResult?> result, Bilingual absent, Dictionary<int, YearResult> counts)
    {
        List<ComparedYear> row = [];
        YearResult? before = null;
        foreach (int year in years)
        {
            YearResult? now = result(year);
            row.Add(new ComparedYear(
                year, now, now is null ? absent : null,
                before is not null && now is not null ? YearChange.Between(before, now) : null,
                now is not null && counts.TryGetValue(year, out YearResult? held) ? YearAgainst.Of(held, now) : null));
            before = now ?? before;
        }
        return row;
    }
}
