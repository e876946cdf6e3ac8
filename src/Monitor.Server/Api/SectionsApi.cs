using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;

namespace Monitor.Server.Api;

/// <summary><c>/api/v1/sections</c>, <c>/api/v1/sections/{id}?period=YYYY</c> and their series for charts.</summary>
internal static class SectionsApi
{
    internal static void MapSections(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/sections", List).Produces<ApiPage<SectionItem>>();
        routes.MapGet("/api/v1/sections/{id}", One).Produces<SectionAnswer>();
        routes.MapGet("/api/v1/sections/{id}/series", Series).Produces<SeriesAnswer>();
    }

    /// <summary>404 for a section that no programme has.</summary>
    internal static IResult Unknown(string id, ProgrammeShelf shelf) => ApiAnswer.Missing(
        $"No programme has a section '{id}'.",
        $"There are: {string.Join(", ", shelf.Rivers.SelectMany(p => p.Sections).Select(s => s.Id))}.");

    private static IResult List(HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger) =>
        ApiAnswer.Of(http, record, ledger, () => ApiPage<SectionItem>.Of(http.Request,
            [.. shelf.Rivers.SelectMany(p => p.Sections.Select(s => new SectionItem(
                s.Id, BilingualName.Of(s.Name), BilingualName.Of(s.River), p.Id, s.Target.Name(),
                record.NewestTime(s.Id)?.ToString())))]));

    private static IResult One(
        string id, HttpContext http, ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, ILedgerStore ledger,
        LedgerViews views, SectionYears years)
    {
        RiverProgramme? programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(id) is not null);
        if (programme is null) return Unknown(id, shelf);
        RiverSection section = programme.FindSection(id)!;
        return ApiAnswer.Of(http, record, ledger, () =>
        {
            SectionJudgement? judgement = SectionAnswers.JudgementOf(views.Now(), id);
            Instant? newest = record.NewestTime(id);
            Period? year = YearOf(http.Request, programme, judgement, newest);
            SectionYear? figures = year is null
                ? null
                : years.Read(programme, section, year, record.LastPosition, record, registry);
            return new SectionAnswer(
                id, BilingualName.Of(section.Name), BilingualName.Of(section.River), BilingualName.Of(section.Upstream),
                BilingualName.Of(section.Downstream), SectionAnswers.TermsOf(programme, section),
                figures?.Position ?? record.LastPosition, newest?.ToString(), judgement, year?.Label,
                figures?.Figures ?? [], figures?.Months ?? []);
        });
    }

    // The year asked for; else the judged one; else the one of the newest reading.
    private static Period? YearOf(HttpRequest request, RiverProgramme programme, SectionJudgement? judgement, Instant? newest)
    {
        if (ApiAnswer.Text(request, "period") is string asked)
        {
            return Period.TryParse(asked, programme.Zone, out Period? period)
                ? Period.OfYear(period.Year, programme.Zone)
                : throw new InputException($"'{asked}' is no period.", "Write YYYY or YYYY-MM.", field: "period");
        }
        if (judgement is not null && Period.TryParse(judgement.Period, programme.Zone, out Period? judged))
        {
            return Period.OfYear(judged.Year, programme.Zone);
        }
        return newest is Instant moment
            ? Period.OfYear(Period.DayOf(moment, programme.Zone).Year, programme.Zone)
            : null;
    }

    private static IResult Series(
        string id, HttpContext http, ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, ILedgerStore ledger,
        SectionYears years)
    {
        RiverProgramme? programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(id) is not null);
        if (programme is null) return Unknown(id, shelf);
        return ApiAnswer.Of(http, record, ledger, () => SeriesAnswer.Of(
            http.Request, programme, programme.FindSection(id)!, record, registry, years));
    }
}
