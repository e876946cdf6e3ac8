using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;

namespace Monitor.Server.Api;

/// <summary><c>/api/v1/wetlands</c> and <c>/api/v1/wetlands/{id}</c>: banks, their milestones, credits and scenes.</summary>
internal static class WetlandsApi
{
    internal static void MapWetlands(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/wetlands", List).Produces<ApiPage<WetlandItem>>();
        routes.MapGet("/api/v1/wetlands/{id}", One).Produces<WetlandAnswer>();
        routes.MapGet("/api/v1/wetlands/{id}/report", Report).Produces<string>(contentType: "text/html");
    }

    private static IResult List(
        HttpContext http, ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, LedgerViews views,
        TimeProvider clock) =>
        ApiAnswer.Of(http, record, ledger, () =>
        {
            LedgerView view = views.Now();
            return ApiPage<WetlandItem>.Of(http.Request, [.. shelf.Wetlands.SelectMany(p => p.Banks.Select(bank =>
            {
                BankAccount account = BankAccount.Of(p.Id, bank.Id, view.Entries, view.Decisions)
                    .At(Instant.From(clock.GetUtcNow()));
                return new WetlandItem(
                    bank.Id, BilingualName.Of(bank.Name), p.Id, p.CreditUnit,
                    CreditAward.Text(account.Awarded), CreditAward.Text(account.Released), bank.Class,
                    CreditAward.Text(account.Holdings.Sold.Credits), CreditAward.Text(account.Holdings.Available),
                    account.Suspended is not null,
                    MilestoneAnswer.All(p, bank, account, view));
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
            BankAccount account = BankAccount.Of(programme.Id, bank.Id, view.Entries, view.Decisions);
            return new WetlandAnswer(
                id, BilingualName.Of(bank.Name), programme.Id, programme.Version, BilingualName.Of(programme.Title),
                BilingualName.Of(programme.Issuer), CanonicalAssessment.Plain(bank.Area)!,
                [.. bank.Scores.Select(s => CanonicalAssessment.Plain(s)!)], programme.CreditUnit,
                CanonicalAssessment.Plain(programme.ClearMin)!,
                AccountAnswer.Of(programme, bank, account, view, Instant.From(clock.GetUtcNow())),
                MilestoneAnswer.All(programme, bank, account, view), SceneAnswer.All(record, programme, bank),
                [.. programme.Assumptions.Select(a => $"{a.Path}: {a.Why}")]);
        }, Today(shelf, clock));
    }

    // The annual ledger report, as a page to print.
    private static IResult Report(
        string id, HttpContext http, ProgrammeShelf shelf, LedgerViews views, TimeProvider clock)
    {
        if (Find(shelf, id) is not WetlandProgramme programme) return Unknown(shelf, id);
        Instant now = Instant.From(clock.GetUtcNow());
        int year = (int)ApiAnswer.Number(http.Request, "year", Period.DayOf(now, programme.Zone).Year, 1, 9999);
        LedgerView view = views.Now();
        return Results.Bytes(
            AnnualReport.Render(BankAccounts.Year(
                programme, programme.FindBank(id)!, year, view.Entries, view.Decisions, view.Head, now)),
            "text/html; charset=utf-8");
    }

    private static WetlandProgramme? Find(ProgrammeShelf shelf, string id) =>
        shelf.Wetlands.FirstOrDefault(p => p.FindBank(id) is not null);

    private static IResult Unknown(ProgrammeShelf shelf, string id) => ApiAnswer.Missing(
        $"No programme has a bank '{id}'.",
        $"There are: {string.Join(", ", shelf.Wetlands.SelectMany(p => p.Banks).Select(b => b.Id))}.");

    // Reservations end and assurances run out at midnight: the answer of yesterday is not the one of today.
    private static DateOnly Today(ProgrammeShelf shelf, TimeProvider clock) => Period.DayOf(
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
    IReadOnlyList<MilestoneAnswer> Milestones, IReadOnlyList<SceneAnswer> Scenes, IReadOnlyList<string> Assumptions);

/// <summary>A milestone and where it stands.</summary>
/// <remarks>
/// <c>SharePercent</c>: Its share of the credits, in percent.
/// <c>Kind</c>: What shows it: <c>document</c>, <c>cover</c>, <c>hydrology</c>, <c>survey</c> or <c>yearly</c>.
/// <c>Requirement</c>: What it asks for, in a sentence.
/// <c>CoverAtLeast</c>: The cover it asks for, 0 to 1; null where something else shows it.
/// <c>State</c>:
/// <c>released</c>; <c>approved</c> (signed, not yet released); <c>open</c> (proposed, awaits signatures);
/// <c>rejected</c>; <c>future</c>.
///
/// <c>Entry</c>: The release's or the proposal's entry.
/// <c>Outcome</c>: Newest judgement: <c>pass</c>, <c>fail</c>, <c>inconclusive</c>, <c>review</c> (left to people); null
/// before one, and for a document.
/// <c>Lines</c>: Requirement against measured, of that judgement; none before one.
/// </remarks>
internal sealed record MilestoneAnswer(
    string Id, BilingualName Name, string SharePercent, string Credits, string Kind, BilingualName Requirement,
    string? CoverAtLeast, string State, long? Entry, string? SealedAt, int Approvals, string? Outcome, string? Certificate,
    IReadOnlyList<MilestoneLine> Lines)
{
    internal static IReadOnlyList<MilestoneAnswer> All(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, LedgerView view) =>
        [.. programme.Milestones.Select(m => Of(programme, bank, account, view, m))];

    private static MilestoneAnswer Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, LedgerView view, Milestone milestone)
    {
        ReleasedPart? released = account.Releases.FirstOrDefault(r => r.Milestone == milestone.Id);
        DecisionCase? decided = account.Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone.Id)?.Case;
        long? number = released?.Entry ?? decided?.Entry;
        LedgerEntry? entry = number is long n ? view.At(n) : null;
        decimal credits = account.Award is null
            ? programme.CreditsOf(bank, milestone)
            : programme.PartOf(account.Awarded, milestone);
        LedgerEntry? judged = milestone.Criterion is ByDocument
            ? null
            : JudgedParts.Newest(programme, bank, MilestonePart.Whole(milestone), view.Entries);
        return new MilestoneAnswer(
            milestone.Id, BilingualName.Of(milestone.Name), CanonicalAssessment.Plain(milestone.SharePercent)!,
            CreditAward.Text(released?.Credits ?? credits), milestone.Criterion.Kind,
            BilingualName.Of(CriterionWords.Of(milestone.Criterion)),
            CanonicalAssessment.Plain((milestone.Criterion as ByCover)?.AtLeast),
            released is not null ? "released" : decided?.State ?? "future", number, entry?.SealedAt.ToString(),
            decided?.Approvals.Count ?? 0, judged is null ? null : MilestoneJudgement.OutcomeOf(judged.Body),
            released is not null && entry is not null ? CreditRelease.Read(entry).File : null,
            judged is null ? [] : [.. MilestoneEvidence.Lines(judged).Select(l => new MilestoneLine(l.Name, l.Value))]);
    }
}

/// <summary>One line of what a judgement found.</summary>
/// <remarks>
/// <c>Name</c>: Chinese, with an English gloss.
/// </remarks>
internal sealed record MilestoneLine(string Name, string Value);

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
