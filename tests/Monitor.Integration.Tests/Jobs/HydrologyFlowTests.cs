using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>
/// A stage of hydrology in real stores. Washington's season of 20 March to 31 October has 226 days, of which 12.5 % are
/// 29; three of four wells must pass.
/// </summary>
public sealed class HydrologyFlowTests : IDisposable
{
    // 20 March to 17 April are 29 days.
    private static readonly DateOnly Enough = new(2025, 4, 17);

    private readonly WatchedBank _bank = new(WatchedBank.Washington);

    public void Dispose() => _bank.Dispose();

    [Fact]
    public void A_season_that_is_met_is_proposed_replayed_bundled_and_released()
    {
        _bank.Season(Enough);
        _bank.Rain("0.5");
        IReadOnlyList<LedgerEntry> made = _bank.Judge();
        Assert.Equal([LedgerKinds.Assessment, LedgerKinds.Proposal], made.Select(e => e.Kind));
        Assert.Equal(("pass", null, 29), (Text(made[0], "outcome"), Text(made[0], "reason"), Days(made[0])));
        // 50 − 30 % of 20 credits.
        Assert.Equal("4.0000", BankProposal.Read(made[1])!.Credits);
        Assert.Empty(_bank.Judge());

        ReplayOutcome replay = _bank.Replay(made[1].Number);
        Assert.True(replay.IsSame, replay.Difference);
        // 275 days, four readings each, four wells; and the year's rain.
        Assert.Equal((275 * 4 * 4) + 1, replay.Readings);
        _bank.Approve(_bank.Banks.ProposeAward(_bank.Programme, _bank.Bank, _bank.Sponsor));
        LedgerEntry release = Assert.Single(_bank.Approve(made[1]).Results);
        BundleReport report = _bank.Verify(release.Number);
        Assert.True(report.Holds, string.Join('\n', report.Steps.Select(s => s.Words)));
        string certificate = File.ReadAllText(Path.Combine(_bank.Folder.Root, CreditRelease.Read(release).File));
        Assert.Contains("埋深 ≤ 0.3 m，连续 29 天", certificate, StringComparison.Ordinal);
        Assert.Contains("2025-03-20 – 2025-04-17", certificate, StringComparison.Ordinal);
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void A_day_less_fails_and_proposes_nothing()
    {
        _bank.Season(Enough.AddDays(-1));
        _bank.Rain("0.5");
        Assert.Equal("fail", Text(Assert.Single(_bank.Judge()), "outcome"));
    }

    [Fact]
    public void A_season_that_is_not_over_or_has_no_reading_is_not_judged()
    {
        Assert.Empty(_bank.Judge());
        _bank.Season(Enough);
        Instant midnight = Period.Midnight(new DateOnly(2025, 11, 1), _bank.Programme.Zone);
        Assert.Empty(_bank.Judge(new Instant(midnight.UnixMilliseconds - 1)));
        Assert.Equal("unknown-rainfall", Text(Assert.Single(_bank.Judge(midnight)), "reason"));
    }

    [Fact]
    public void Late_readings_raise_a_judgement_again_and_what_rests_on_the_former_is_not_released()
    {
        _bank.Season(Enough);
        _bank.Rain("0.5");
        LedgerEntry proposal = _bank.Judge()[1];
        _bank.Approve(_bank.Banks.ProposeAward(_bank.Programme, _bank.Bank, _bank.Sponsor));
        _bank.Decisions.Decide(proposal.Number, _bank.Reviewer, approves: true);
        // Two wells were dry on a day in the run: a logger was read out late.
        foreach (string well in _bank.Bank.Monitoring!.Wells.Take(2)) _bank.Late(well, new(2025, 4, 1), "0.31");

        LedgerEntry again = Assert.Single(_bank.Judge());
        Assert.Equal((LedgerKinds.Revision, "fail", "not-met"), (again.Kind, Text(again, "outcome"), Text(again, "reason")));
        InputException refused = Assert.Throws<InputException>(
            () => _bank.Decisions.Decide(proposal.Number, _bank.Approver, approves: true));
        Assert.Contains($"entry {again.Number} judged", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_bank.Judge());
        // What was sealed first still says what it said, and both are recomputed.
        Assert.True(_bank.Replay(proposal.Number).IsSame);
        Assert.True(_bank.Replay(again.Number).IsSame);
        BundleReport report = _bank.Verify(again.Number);
        Assert.True(report.Holds, string.Join('\n', report.Steps.Select(s => s.Words)));
    }

    [Fact]
    public void A_late_reading_that_changes_nothing_seals_nothing()
    {
        _bank.Season(Enough);
        _bank.Rain("0.5");
        _bank.Judge();
        _bank.Late(_bank.Bank.Monitoring!.Wells[0], new(2025, 4, 1), "0.10");
        Assert.Empty(_bank.Judge());
    }

    [Fact]
    public void Figures_that_come_in_time_turn_an_open_season_into_a_proposal()
    {
        _bank.Season(Enough);
        Assert.Equal("inconclusive", Text(Assert.Single(_bank.Judge()), "outcome"));
        _bank.Rain("0.3");
        Assert.Equal([LedgerKinds.Revision, LedgerKinds.Proposal], _bank.Judge().Select(e => e.Kind));
    }

    [Fact]
    public void A_wet_year_is_left_to_a_reviewer_whose_finding_is_filed_and_decided_by_two_others()
    {
        _bank.Season(Enough);
        _bank.Rain("0.9");
        LedgerEntry judged = Assert.Single(_bank.Judge());
        Assert.Equal(("review", "wet-year"), (Text(judged, "outcome"), Text(judged, "reason")));
        InputException refused = Assert.Throws<InputException>(() => _bank.File("hydrology", "现场核定"));
        Assert.Contains("left to people", refused.Message, StringComparison.Ordinal);

        LedgerEntry proposal = _bank.File("hydrology", "现场核定：参照湿地同年亦达到", _bank.Reviewer);
        Assert.Equal(LedgerKinds.Proposal, proposal.Kind);
        LedgerEntry filed = _bank.Ledger.At(BankProposal.Read(proposal)!.Assessment!.Value)!;
        Assert.Contains(
            MilestoneEvidence.Lines(filed, _bank.Ledger.At, null),
            l => l.Value.StartsWith($"#{judged.Number} ", StringComparison.Ordinal));
        _bank.Approve(_bank.Banks.ProposeAward(_bank.Programme, _bank.Bank, _bank.Sponsor));
        // Who found it decides nothing on it.
        Assert.Throws<InputException>(() => _bank.Decisions.Decide(proposal.Number, _bank.Reviewer, approves: true));
        Signatory other = _bank.Add("丙", PersonRole.Reviewer);
        Assert.Equal(LedgerKinds.Release, Assert.Single(_bank.Approve(proposal, other).Results).Kind);
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public async Task The_job_judges_a_season_at_the_first_midnight_after_it_and_again_when_late_data_come()
    {
        using var scratch = new TempFolder();
        DateOnly last = new(2025, 10, 31);
        Instant midnight = Period.Midnight(last.AddDays(1), _bank.Programme.Zone);
        await using JobService service = await JobService.StartAsync(
            new DataFolder(scratch.Root), midnight.ToDateTimeOffset().AddHours(-2), [], _bank.Programme);
        foreach (Arrival batch in _bank.SeasonBatches(Enough, last.AddDays(-1))) await service.Server.AppendAsync(batch);
        Assert.Equal(0, service.Server.Ledger.Head.Entries);
        await service.RunToAsync(new Instant(midnight.UnixMilliseconds + 1));
        LedgerEntry first = Assert.Single(service.Server.Ledger.Entries());
        Assert.Equal(("inconclusive", "unknown-rainfall"), (Text(first, "outcome"), Text(first, "reason")));

        foreach (Arrival rain in _bank.RainBatches("0.5", last)) await service.Server.AppendAsync(rain);
        await service.RunToAsync(new Instant(midnight.UnixMilliseconds + (24 * 3_600_000L) + 1));
        Assert.Equal(
            [LedgerKinds.Assessment, LedgerKinds.Revision, LedgerKinds.Proposal],
            service.Server.Ledger.Entries().Select(e => e.Kind));
        Assert.Equal(0, service.Job(MilestoneJob.NameOf(_bank.Programme)).Faults);
    }

    [Fact]
    public void A_plain_failure_cannot_be_filed_away()
    {
        _bank.Season(new(2025, 3, 25));
        _bank.Rain("0.5");
        _bank.Judge();
        Assert.Throws<InputException>(() => _bank.File("hydrology", "现场核定", _bank.Reviewer));
    }

    private static int Days(LedgerEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.GetProperty("required").GetProperty("days").GetInt32();
    }

    private static string? Text(LedgerEntry entry, string key)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.GetProperty(key).GetString();
    }
}
