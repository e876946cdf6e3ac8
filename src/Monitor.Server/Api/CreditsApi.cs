using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Api;

/// <summary>
/// <c>/api/v1/wetlands/{id}/credits/{serial}</c>: one credit from its determination to its sale; and the bank's papers to print:
/// <c>/report?year=&amp;kind=ledger|monitoring</c> and <c>/milestones/{milestone}/petition</c>.
/// </summary>
internal static class CreditsApi
{
    private const string Page = "text/html; charset=utf-8";

    internal static void MapCredits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/wetlands/{id}/credits/{serial:long}", Trace).Produces<TraceAnswer>();
        routes.MapGet("/api/v1/wetlands/{id}/report", Report).Produces<string>(contentType: "text/html");
        routes.MapGet("/api/v1/wetlands/{id}/milestones/{milestone}/petition", Petition)
            .Produces<string>(contentType: "text/html");
    }

    private static IResult Trace(
        string id, long serial, HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger,
        LedgerViews views, TimeProvider clock)
    {
        if (WetlandsApi.Find(shelf, id) is not WetlandProgramme programme) return WetlandsApi.Unknown(shelf, id);
        try
        {
            LedgerView view = views.Now();
            CreditTrace trace = CreditTrace.Of(
                programme.Id, id, serial, view.Entries, view.Decisions, Instant.From(clock.GetUtcNow()));
            return ApiAnswer.Of(http, record, ledger, () => TraceAnswer.Of(trace), WetlandsApi.Today(shelf, clock));
        }
        catch (InputException none)
        {
            return ApiAnswer.Missing(none.Fault, none.Remedy);
        }
    }

    private static IResult Report(string id, HttpContext http, ProgrammeShelf shelf, LedgerViews views, TimeProvider clock)
    {
        if (WetlandsApi.Find(shelf, id) is not WetlandProgramme programme) return WetlandsApi.Unknown(shelf, id);
        WetlandBank bank = programme.FindBank(id)!;
        Instant now = Instant.From(clock.GetUtcNow());
        int year = (int)ApiAnswer.Number(http.Request, "year", Period.DayOf(now, programme.Zone).Year, 1, 9999);
        LedgerView view = views.Now();
        string kind = ApiAnswer.Text(http.Request, "kind") ?? "ledger";
        return Results.Bytes(
            kind switch
            {
                "ledger" => AnnualReport.Render(BankAccounts.Year(
                    programme, bank, year, view.Entries, view.Decisions, view.Head, now)),
                "monitoring" => MonitoringReport.Render(MonitoringContext.Of(
                    programme, bank, year, view.Entries, view.Decisions, view.Head)),
                _ => throw new InputException($"'{kind}' is no kind of report.", "Use ledger or monitoring.", field: "kind"),
            },
            Page);
    }

    private static IResult Petition(string id, string milestone, ProgrammeShelf shelf, LedgerViews views, DataFolder folder)
    {
        if (WetlandsApi.Find(shelf, id) is not WetlandProgramme programme) return WetlandsApi.Unknown(shelf, id);
        if (programme.FindMilestone(milestone) is not Milestone step) return ApiAnswer.Missing(
            $"There is no milestone '{milestone}'.",
            $"There are: {string.Join(", ", programme.Milestones.Select(m => m.Id))}.");
        LedgerView view = views.Now();
        var evidence = new EvidenceStore(folder.Evidence);
        return Results.Bytes(
            ReleasePetition.Render(PetitionContext.Of(
                programme, programme.FindBank(id)!, step, view.Entries, view.Decisions, view.Head,
                e => BankAccounts.ScenesOf(evidence, e))),
            Page);
    }
}

/// <summary>The way of one credit.</summary>
/// <remarks>
/// <c>Serial</c>: a number for each ten-thousandth of a credit, from 1, in the order of release.
/// <c>State</c>: <c>unreleased</c>, <c>free</c>, <c>reserved</c>, <c>sold</c> or <c>taken-back</c>.
/// </remarks>
internal sealed record TraceAnswer(
    string Programme, string Bank, long Serial, string State, IReadOnlyList<TraceStepAnswer> Steps)
{
    internal static TraceAnswer Of(CreditTrace trace) => new(
        trace.Programme, trace.Bank, trace.Serial, trace.State,
        [.. trace.Steps.Select(s => new TraceStepAnswer(
            s.Step, s.Entry, s.Hash, s.At.ToString(), s.Subject, s.Credits, s.Serials, s.Person, s.File))]);
}

/// <summary>One step of it.</summary>
/// <remarks>
/// <c>Step</c>: <c>determination</c>, <c>approval</c>, <c>award</c>, <c>evidence</c>, <c>proposal</c>, <c>release</c>,
/// <c>reservation</c>, <c>expiry</c>, <c>sale</c>, <c>transfer</c> or <c>correction</c>.
/// <c>Entry</c>: the entry that seals it; null for a reservation that ended by itself.
/// <c>File</c>: the document printed of it, below the service's address.
/// </remarks>
internal sealed record TraceStepAnswer(
    string Step, long? Entry, string? Hash, string At, string Subject, string? Credits, string? Serials, string? Person,
    string? File);
