using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Api;

/// <summary>A section's year in other ways of reckoning it.</summary>
/// <remarks><c>Position</c>: Position up to which the record was read. Shown beside the judgement, never sealed.</remarks>
internal sealed record SectionAlternatives(
    string Section, string Period, long Position, IReadOnlyList<AlternativeAnswer> Alternatives);

/// <summary>The judgement that a notice rests on, in other ways of reckoning its sealed inputs.</summary>
internal sealed record ProposalAlternatives(long Entry, long Assessment, IReadOnlyList<AlternativeAnswer> Alternatives);

/// <summary>
/// <c>/api/v1/sections/{id}/ahead?period=YYYY</c>, what a running year may still bring, and
/// <c>/api/v1/sections/{id}/alternatives?period=YYYY</c>, whether its outcome would change;
/// <c>/api/v1/proposals/{n}/alternatives</c>, the same of what was sealed.
/// </summary>
internal static class AheadApi
{
    internal static void MapAhead(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/sections/{id}/ahead", Ahead).Produces<AheadAnswer>();
        routes.MapGet("/api/v1/sections/{id}/alternatives", Others).Produces<SectionAlternatives>();
        routes.MapGet("/api/v1/proposals/{number:long}/alternatives", OfProposal).Produces<ProposalAlternatives>();
    }

    private static IResult Ahead(
        string id, HttpContext http, ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, ILedgerStore ledger,
        SectionYears years) =>
        Of(id, http, shelf, record, registry, ledger, years, (year, _) => year.Ahead);

    private static IResult Others(
        string id, HttpContext http, ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, ILedgerStore ledger,
        SectionYears years) =>
        Of(id, http, shelf, record, registry, ledger, years,
            (year, label) => new SectionAlternatives(id, label, year.Position, year.OtherWays));

    private static IResult OfProposal(
        long number, HttpContext http, LedgerViews views, EvidenceStore evidence, IReadingStore record, ILedgerStore ledger)
    {
        LedgerView view = views.Now();
        if (view.At(number) is not { Kind: LedgerKinds.Notice } entry
            || view.At(SealedNotice.Read(entry).Assessment) is not { Evidence: not null } judged)
        {
            return ApiAnswer.Missing($"Entry {number} is no notice.", "GET /api/v1/notices lists what is.");
        }
        return ApiAnswer.Of(http, record, ledger, () =>
        {
            (_, RiverAssessment agreed, JudgementInputs inputs) = new SealedInputs(evidence).Whole(judged);
            return new ProposalAlternatives(
                number, judged.Number, [.. Alternatives.Of(agreed, inputs).Select(AlternativeAnswer.Of)]);
        });
    }

    private static IResult Of<T>(
        string id, HttpContext http, ProgrammeShelf shelf, IReadingStore record, IRegistryStore registry, ILedgerStore ledger,
        SectionYears years, Func<SectionYear, string, T> make)
    {
        RiverProgramme? programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(id) is not null);
        if (programme is null) return SectionsApi.Unknown(id, shelf);
        Period year = YearOf(id, http.Request, programme, record);
        return ApiAnswer.Of(http, record, ledger, () => make(
            years.Read(programme, programme.FindSection(id)!, year, record.LastPosition, record, registry), year.Label));
    }

    // The year asked for, else the one of the newest reading: a running year is what one looks ahead in.
    private static Period YearOf(string id, HttpRequest request, RiverProgramme programme, IReadingStore record)
    {
        if (ApiAnswer.Text(request, "period") is string asked)
        {
            return Period.TryParse(asked, programme.Zone, out Period? period)
                ? Period.OfYear(period.Year, programme.Zone)
                : throw new InputException($"'{asked}' is no period.", "Write YYYY or YYYY-MM.", field: "period");
        }
        return record.NewestTime(id) is Instant newest
            ? Period.OfYear(Period.DayOf(newest, programme.Zone).Year, programme.Zone)
            : throw new InputException($"{id} has no reading yet.", "Name a year: period=2025.", field: "period");
    }
}
