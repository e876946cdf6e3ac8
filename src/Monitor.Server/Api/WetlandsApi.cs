using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Api;

/// <summary><c>/api/v1/wetlands</c> and <c>/api/v1/wetlands/{id}</c>: banks, their milestones, credits and scenes.</summary>
internal static class WetlandsApi
{
    internal static void MapWetlands(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/wetlands", List).Produces<ApiPage<WetlandItem>>();
        routes.MapGet("/api/v1/wetlands/{id}", One).Produces<WetlandAnswer>();
    }

    private static IResult List(
        HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, LedgerViews views,
        TimeProvider clock) =>
        ApiAnswer.Of(http, record, ledger, () =>
        {
            LedgerView view = views.Now();
            return ApiPage<WetlandItem>.Of(http.Request, [.. shelf.Wetlands.SelectMany(p => p.Banks.Select(bank =>
            {
                BankNow at = BankNow.Of(p, bank, view, Instant.From(clock.GetUtcNow()));
                BankAccount account = at.Account;
                return new WetlandItem(
                    bank.Id, BilingualName.Of(bank.Name), p.Id, p.CreditUnit,
                    CreditAward.Text(account.Awarded), CreditAward.Text(account.Released), bank.Class,
                    CreditAward.Text(account.Holdings.Sold.Credits), CreditAward.Text(account.Holdings.Available),
                    account.Suspended is not null,
                    MilestoneAnswer.All(at, view));
            }))]);
        }, Today(shelf, clock));

    private static IResult One(
        string id, HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, LedgerViews views,
        TimeProvider clock)
    {
        if (Find(shelf, id) is not WetlandProgramme programme) return Unknown(shelf, id);
        WetlandBank bank = programme.FindBank(id)!;
        return ApiAnswer.Of(http, record, ledger, () =>
        {
            LedgerView view = views.Now();
            Instant now = Instant.From(clock.GetUtcNow());
            BankNow at = BankNow.Of(programme, bank, view, now);
            return new WetlandAnswer(
                id, BilingualName.Of(bank.Name), programme.Id, programme.Version, BilingualName.Of(programme.Title),
                BilingualName.Of(programme.Issuer), CanonicalAssessment.Plain(bank.Area)!,
                [.. bank.Scores.Select(s => CanonicalAssessment.Plain(s)!)], programme.CreditUnit,
                CanonicalAssessment.Plain(programme.ClearMin)!,
                AccountAnswer.Of(programme, bank, at.Account, view, now),
                MilestoneAnswer.All(at, view), TriggerAnswer.All(at), ReportAnswer.All(at),
                SceneAnswer.All(record, programme, bank),
                [.. programme.Assumptions.Select(a => $"{a.Path}: {a.Why}")]);
        }, Today(shelf, clock));
    }

    internal static WetlandProgramme? Find(ProgrammeShelf shelf, string id) =>
        shelf.Wetlands.FirstOrDefault(p => p.FindBank(id) is not null);

    internal static IResult Unknown(ProgrammeShelf shelf, string id) => ApiAnswer.Missing(
        $"No programme has a bank '{id}'.",
        $"There are: {string.Join(", ", shelf.Wetlands.SelectMany(p => p.Banks).Select(b => b.Id))}.");

    // Reservations end and assurances run out at midnight: the answer of yesterday is not the one of today.
    internal static DateOnly Today(ProgrammeShelf shelf, TimeProvider clock) => Period.DayOf(
        Instant.From(clock.GetUtcNow()), shelf.Wetlands.Select(p => p.Zone).FirstOrDefault() ?? TimeZoneInfo.Utc);
}

/// <summary>A bank as the public list has it: its credits now, by class, which are never added to another's.</summary>
internal sealed record WetlandItem(
    string Bank, BilingualName Name, string Programme, string Unit, string Awarded, string Released,
    string Class, string Sold, string Available, bool IsSuspended, IReadOnlyList<MilestoneAnswer> Milestones);

/// <summary>A bank with all that is known of it.</summary>
/// <remarks>
/// <c>ClearMin</c>: Least share of the site that must be clear for a scene to count, 0 to 1.
/// </remarks>
internal sealed record WetlandAnswer(
    string Bank, BilingualName Name, string Programme, string Version, BilingualName Title, BilingualName Issuer,
    string Area, IReadOnlyList<string> Scores, string Unit, string ClearMin, AccountAnswer Account,
    IReadOnlyList<MilestoneAnswer> Milestones, IReadOnlyList<TriggerAnswer> Triggers, IReadOnlyList<ReportAnswer> Reports,
    IReadOnlyList<SceneAnswer> Scenes, IReadOnlyList<string> Assumptions);

/// <summary>What a scene gave of a site. Shares are 0 to 1; null where nothing was clear.</summary>
/// <remarks>
/// <c>Time</c>: Unix milliseconds.
/// <c>IsUsable</c>: Whether enough of the site was clear for the scene to count.
/// <c>Identity</c>: What its figures were stored under.
/// </remarks>
internal sealed record SceneAnswer(
    string Identity, long Time, string ClearFraction, string? Ndvi, string? Low, string? Central, string? High, bool IsUsable)
{
    internal static IReadOnlyList<SceneAnswer> All(IReadingStore record, WetlandProgramme programme, WetlandBank bank)
    {
        if (record.NewestTime(bank.Id) is not Instant newest) return [];
        var query = new ReadingQuery(
            bank.Id, Statistic.Instantaneous, default, new Instant(newest.UnixMilliseconds + 1), record.LastPosition);
        // A scene has a clear fraction, also under cloud; wells of the site have other moments.
        return [.. record.Read(query).GroupBy(r => r.Reading.Time)
            .Where(g => g.Any(r => r.Reading.Measurand == Measurands.ClearFraction)).OrderBy(g => g.Key).Select(scene =>
        {
            // The first of a measurand holds, as in the judgement; a composite's figures of the same moment are others.
            StoredReading own = scene.First(r => r.Reading.Measurand == Measurands.ClearFraction);
            Dictionary<string, decimal> figures = scene.Where(r => r.Reading.Instrument == own.Reading.Instrument)
                .DistinctBy(r => r.Reading.Measurand)
                .ToDictionary(r => r.Reading.Measurand, r => r.Reading.Value.ToDecimal());
            string? Figure(string name) => CanonicalAssessment.Plain(figures.TryGetValue(name, out decimal f) ? f : null);
            decimal clear = figures.GetValueOrDefault(Measurands.ClearFraction);
            return new SceneAnswer(
                own.Boot, scene.Key.UnixMilliseconds, CanonicalAssessment.Plain(clear)!, Figure(Measurands.Ndvi),
                Figure(Measurands.CoverLow), Figure(Measurands.Cover), Figure(Measurands.CoverHigh),
                clear >= programme.ClearMin);
        })];
    }
}
