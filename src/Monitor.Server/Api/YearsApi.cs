using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Comparisons;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/api/v1/sections/{id}/years?years=2024,2025</c>, a section's years side by side, and
/// <c>/api/v1/programmes/{id}/years</c>, the sums of all its sections. What-ifs, never sealed.
/// </summary>
internal static class YearsApi
{
    private const int YearsMax = 20;

    internal static void MapYears(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/sections/{id}/years", OfSection).Produces<YearsAnswer>();
        routes.MapGet("/api/v1/programmes/{id}/years", OfProgramme).Produces<BasinYearsAnswer>();
    }

    private static IResult OfSection(
        string id, HttpContext http, ProgrammeShelf shelf, YearsDesk desk, LedgerViews views, IReadingStore record,
        ILedgerStore ledger)
    {
        if (desk.OfSection(id) is not RiverProgramme programme) return SectionsApi.Unknown(id, shelf);
        IReadOnlyList<int>? years = YearsOf(http.Request);
        return ApiAnswer.Of(http, record, ledger, () => YearsAnswer.Of(desk.Compare(programme, id, years, views.Now())));
    }

    private static IResult OfProgramme(
        string id, HttpContext http, ProgrammeShelf shelf, YearsDesk desk, LedgerViews views, IReadingStore record,
        ILedgerStore ledger)
    {
        if (desk.Of(id) is not RiverProgramme programme)
        {
            return ApiAnswer.Missing(
                $"No river programme '{id}' is served.", $"There are: {string.Join(", ", shelf.Rivers.Select(p => p.Id))}.");
        }
        IReadOnlyList<int>? years = YearsOf(http.Request);
        return ApiAnswer.Of(http, record, ledger, () =>
        {
            LedgerView view = views.Now();
            return BasinYearsAnswer.Of(id, ComparedBasin.Of(
                [.. programme.Sections.Select(s => desk.Compare(programme, s.Id, years, view))]));
        });
    }

    private static IReadOnlyList<int>? YearsOf(HttpRequest request)
    {
        if (ApiAnswer.Text(request, "years") is not string text) return null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        bool isValid = parts.Length <= YearsMax && parts.All(
            p => Period.TryParse(p, TimeZoneInfo.Utc, out Period? period) && period.Month is null);
        return isValid
            ? [.. parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture))]
            : throw new InputException(
                $"'{text}' are no years.", $"Write at most {YearsMax}, as 2024,2025.", field: "years");
    }
}
