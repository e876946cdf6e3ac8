using System.Text.Json;
using System.Text.Json.Nodes;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A first year of wells, surveys and a report in real stores, as the shipped Florida programme asks for it.</summary>
public sealed class YearlyMilestoneTests : IDisposable
{
    private static readonly DateOnly InSeason = new(2025, 9, 1);

    private readonly WatchedBank _bank = new(WatchedBank.Florida);

    public void Dispose() => _bank.Dispose();

    [Fact]
    public void A_year_passes_when_its_wells_its_survey_and_its_report_are_there_and_says_before_what_is_missing()
    {
        Assert.Empty(_bank.JudgeYears());
        _bank.Season(new(2025, 6, 30));
        _bank.Rain("0.5");
        _bank.Judge();
        Assert.Equal("inconclusive: survey, report", Standing(Assert.Single(_bank.JudgeYears())));
        Assert.Equal("inconclusive: survey, report", Standing(_bank.Survey(InSeason, plots: 9).Followed[^1]));
        Assert.Equal("fail: survey, report", Standing(_bank.Survey(InSeason, invasive: 5m).Followed[^1]));
        Assert.Equal("inconclusive: report", Standing(_bank.Survey(InSeason).Followed[^1]));
        LedgerEntry proposal = _bank.File("year-1", "年度监测报告");

        Assert.Equal(LedgerKinds.Proposal, proposal.Kind);
        Assert.Equal(("year-1", "4.5333"), (BankProposal.Read(proposal)!.Milestone, BankProposal.Read(proposal)!.Credits));
        LedgerEntry year = _bank.Ledger.At(BankProposal.Read(proposal)!.Assessment!.Value)!;
        Assert.Equal((LedgerKinds.Revision, "pass: "), (year.Kind, Standing(year)));
        Assert.Empty(_bank.JudgeYears());
        ReplayOutcome replay = _bank.Replay(proposal.Number);
        Assert.True(replay.IsSame, replay.Difference);
        BundleReport report = _bank.Verify(proposal.Number);
        Assert.True(report.Holds, string.Join('\n', report.Steps.Select(s => s.Words)));
        Assert.DoesNotContain(report.Taken, t => t.Contains("scenes", StringComparison.Ordinal));
        InputException none = Assert.Throws<InputException>(() => _bank.Verify(proposal.Number, _ => "0 scenes"));
        Assert.Contains("does not rest on scenes by itself", none.Message, StringComparison.Ordinal);
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void Who_signed_the_survey_or_the_report_of_a_year_does_not_decide_its_release()
    {
        _bank.Season(new(2025, 6, 30));
        _bank.Rain("0.5");
        _bank.Judge();
        _bank.Survey(InSeason, who: _bank.Approver);
        LedgerEntry proposal = _bank.File("year-1", "年度监测报告", _bank.Reviewer);

        Assert.Equal(["乙", "甲"], BankProposal.Read(proposal)!.Preparers!.Select(p => p.Person));
        foreach (Signatory who in new[] { _bank.Approver, _bank.Reviewer })
        {
            InputException refused = Assert.Throws<InputException>(
                () => _bank.Decisions.Decide(proposal.Number, who, approves: true));
            Assert.Contains("signed a part of what entry", refused.Message, StringComparison.Ordinal);
        }
        _bank.Decisions.Decide(proposal.Number, _bank.Add("丙", PersonRole.Approver), approves: true);
        BundleReport report = _bank.Verify(proposal.Number);
        Assert.True(report.Holds, string.Join('\n', report.Steps.Select(s => s.Words)));
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void An_approved_year_whose_wells_are_left_to_people_by_late_data_goes_on_when_a_third_person_accepts_them()
    {
        _bank.Season(new(2025, 6, 30));
        _bank.Store(_bank.RainBatches("0.5", new(2025, 12, 30)));
        _bank.Judge();
        _bank.Survey(InSeason);
        LedgerEntry proposal = _bank.File("year-1", "年度监测报告");
        Assert.NotNull(_bank.Approve(proposal).Waits);
        _bank.Rain("0.9");
        Assert.Equal(LedgerKinds.Revision, Assert.Single(_bank.Judge()).Kind);
        Assert.Equal("inconclusive: hydrology", Standing(Assert.Single(_bank.JudgeYears())));
        Assert.NotNull(Later(proposal));

        InputException refused = Assert.Throws<InputException>(
            () => _bank.File("year-1.hydrology", "现场核定", _bank.Reviewer));
        Assert.Contains("甲 approved entry", refused.Message, StringComparison.Ordinal);
        _bank.File("year-1.hydrology", "现场核定", _bank.Add("丙", PersonRole.Reviewer));
        LedgerEntry year = _bank.Ledger.Entries().Last();
        Assert.Equal((LedgerKinds.Revision, "pass: "), (year.Kind, Standing(year)));
        Assert.Null(Later(proposal));
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void The_report_of_a_year_is_filed_when_the_year_is_over()
    {
        long end = Period.OfYear(2025, _bank.Programme.Zone).End.UnixMilliseconds;
        InputException refused = Assert.Throws<InputException>(() => File(new Instant(end - 1)));
        Assert.Contains("The year 2025 is not over.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _bank.Ledger.Head.Entries);
        File(new Instant(end));
        Assert.Equal("inconclusive: hydrology, survey", Standing(_bank.Ledger.Entries().Last()));

        void File(Instant at) => new BankDesk(_bank.Ledger, _bank.Evidence, new SimulatedClock(at.ToDateTimeOffset())).File(
            _bank.Programme, _bank.Bank, _bank.Programme.FindPart("year-1")!, "report.txt", [1, 2, 3], _bank.Sponsor);
    }

    [Fact]
    public void A_survey_of_an_earlier_day_that_is_filed_later_does_not_cover_a_later_one_that_fails()
    {
        _bank.Survey(InSeason, invasive: 5m);
        Assert.Equal("fail: hydrology, survey, report", Standing(_bank.Ledger.Entries().Last()));
        Assert.Empty(_bank.Survey(InSeason.AddDays(-9)).Followed);
        Assert.Equal("fail: hydrology, survey, report", Standing(_bank.Ledger.Entries().Last(e => !SurveyStatement.IsOne(e))));
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void Nothing_is_proposed_on_a_survey_of_an_earlier_day_than_one_that_fails()
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        bank.Survey(InSeason, invasive: 12m, path: "exotics");
        SurveyOutcome earlier = bank.Survey(InSeason.AddDays(-9), path: "exotics");
        Assert.Equal(CriterionOutcome.Pass, earlier.Statement.Outcome);
        Assert.Empty(earlier.Followed);
        Assert.Single(bank.Survey(InSeason.AddDays(9), path: "exotics").Followed);
    }

    [Fact]
    public void A_year_that_was_judged_by_the_order_of_filing_still_verifies()
    {
        _bank.Survey(InSeason, invasive: 5m);
        LedgerEntry fails = _bank.Ledger.Entries().Last();
        LedgerEntry earlier = _bank.Survey(InSeason.AddDays(-9)).Entry;
        JsonNode body = JsonNode.Parse(fails.Body.Span)!;
        JsonNode part = body["parts"]![1]!;
        (part["outcome"], part["entry"], part["entryHash"]) = ("pass", earlier.Number, earlier.Hash);
        (body["outcome"], body["missing"]) = ("inconclusive", new JsonArray("hydrology", "report"));
        _bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Revision, fails.Key.Replace("assessment/", "revision/", StringComparison.Ordinal) + "/1",
                "monitor before", null, null, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString(new JsonSerializerOptions
                {
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }))),
            earlier.SealedAt);
        Assert.True(_bank.Audit().Intact, _bank.Audit().Reason);
        // The next look judges by the day of the field work again.
        Assert.Equal("fail: hydrology, survey, report", Standing(Assert.Single(_bank.JudgeYears())));
    }

    [Fact]
    public void A_survey_is_filed_by_who_may_trade()
    {
        InputException refused = Assert.Throws<InputException>(() => _bank.Survey(InSeason, who: _bank.Reviewer));
        Assert.Contains("甲 is registered as reviewer", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _bank.Ledger.Head.Entries);
    }

    [Fact]
    public void Late_readings_of_a_well_judge_the_year_again_and_its_release_waits()
    {
        _bank.Season(new(2025, 4, 14));
        _bank.Rain("0.5");
        _bank.Judge();
        _bank.Survey(InSeason);
        LedgerEntry proposal = _bank.File("year-1", "年度监测报告");
        Assert.Equal(LedgerKinds.Proposal, proposal.Kind);
        _bank.Late(_bank.Bank.Monitoring!.Wells[0], new(2025, 3, 30), "0.45");
        Assert.Equal(LedgerKinds.Revision, Assert.Single(_bank.Judge()).Kind);
        Assert.Equal("fail: hydrology", Standing(Assert.Single(_bank.JudgeYears())));
        Assert.Throws<InputException>(() => _bank.Decisions.Decide(proposal.Number, _bank.Reviewer, approves: true));
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void A_survey_is_sealed_with_its_table_and_the_same_one_again_changes_nothing()
    {
        SurveyOutcome survey = _bank.Survey(InSeason, invasive: 7.5m);
        Assert.Equal(CriterionOutcome.Fail, survey.Statement.Outcome);
        IReadOnlyList<EvidenceLine> lines = MilestoneEvidence.Lines(survey.Entry, _bank.Ledger.At, null);
        Assert.Contains(lines, l => l.Value == "要求 required < 5 %；实测 measured 7.5，12 个样方 plots：未达到 fail");
        long head = _bank.Ledger.Head.Entries;
        Assert.Equal(survey.Entry.Number, _bank.Survey(InSeason, invasive: 7.5m).Entry.Number);
        Assert.Equal(head, _bank.Ledger.Head.Entries);
        Assert.True(_bank.Audit().Intact);
    }

    [Fact]
    public void A_survey_of_a_whole_milestone_is_proposed_and_a_later_one_that_fails_holds_its_release()
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        SurveyOutcome first = bank.Survey(InSeason, path: "exotics");
        LedgerEntry proposal = Assert.Single(first.Followed);
        Assert.Equal("22.6667", BankProposal.Read(proposal)!.Credits);
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true);
        Assert.Empty(bank.Survey(InSeason.AddDays(9), invasive: 12m, path: "exotics").Followed);
        InputException refused = Assert.Throws<InputException>(
            () => bank.Decisions.Decide(proposal.Number, bank.Approver, approves: true));
        Assert.Contains("again on later evidence: fail", refused.Message, StringComparison.Ordinal);
        Assert.True(bank.Audit().Intact);
    }

    [Fact]
    public void A_survey_outside_its_days_decides_nothing() =>
        Assert.Equal(CriterionOutcome.Inconclusive, _bank.Survey(new(2025, 4, 1)).Statement.Outcome);

    [Theory]
    [InlineData("2024-09-01", "%", "year-1.survey", "is of the monitoring year 2025")]
    [InlineData("2025-09-01", "1", "year-1.survey", "native-cover is in '1', and '%' is asked.")]
    [InlineData("2025-09-01", "%", "year-1.hydrology", "is shown by hydrology, not by a survey.")]
    [InlineData("2025-09-01", "%", "year-1", "year-1 is shown by yearly, not by a survey. Use one of: year-1.survey.")]
    [InlineData("2025-09-01", "%", "easement", "is shown by document, not by a survey.")]
    public void A_survey_that_cannot_be_judged_is_refused_and_nothing_is_sealed(
        string day, string unit, string path, string fault)
    {
        long head = _bank.Ledger.Head.Entries;
        InputException refused = Assert.Throws<InputException>(() => _bank.Survey(
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), unit: unit, path: path));
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.Equal(head, _bank.Ledger.Head.Entries);
    }

    [Fact]
    public void A_survey_that_says_of_its_figures_what_they_do_not_say_does_not_verify()
    {
        SurveyOutcome honest = _bank.Survey(InSeason, invasive: 7.5m);
        SurveyStatement lie = honest.Statement with
        {
            // Another threshold than the figures were held against.
            Asked = honest.Statement.Asked with { PlotsMin = 1 },
        };
        byte[] body = lie.Write(_bank.Sponsor.Person, unsigned => _bank.Sponsor.Sign(unsigned));
        JsonNode json = JsonNode.Parse(body)!;
        Assert.Equal("fail", (string?)json["outcome"]);
        string text = System.Text.Encoding.UTF8.GetString(body);
        string forged = text[..text.LastIndexOf(",\"signature\"", StringComparison.Ordinal)]
            .Replace("\"outcome\":\"fail\"", "\"outcome\":\"pass\"", StringComparison.Ordinal) + "}";
        byte[] signed = Monitor.Domain.People.SignedStatement.Sign(
            System.Text.Encoding.UTF8.GetBytes(forged), unsigned => _bank.Sponsor.Sign(unsigned));
        _bank.Ledger.Append(new LedgerDraft(
            LedgerKinds.Assessment, lie.Key, "monitor test", _bank.Sponsor.Position, honest.Entry.Evidence, signed),
            honest.Entry.SealedAt);
        LedgerVerdict verdict = _bank.Audit();
        Assert.False(verdict.Intact);
        Assert.Contains("what its figures do not say", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_that_says_what_its_entries_do_not_say_does_not_verify()
    {
        _bank.Survey(InSeason);
        LedgerEntry honest = _bank.Ledger.Entries().Last();
        string body = System.Text.Encoding.UTF8.GetString(honest.Body.Span);
        Assert.Equal("inconclusive: hydrology, report", Standing(honest));
        _bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Revision, honest.Key.Replace("assessment/", "revision/", StringComparison.Ordinal) + "/1",
                "monitor test", null, null, System.Text.Encoding.UTF8.GetBytes(
                    body.Replace("\"outcome\":\"inconclusive\"", "\"outcome\":\"pass\"", StringComparison.Ordinal))),
            honest.SealedAt);
        LedgerVerdict verdict = _bank.Audit();
        Assert.Equal((false, honest.Number + 1), (verdict.Intact, verdict.BrokenAt));
        Assert.Contains("what the entries before it do not say", verdict.Reason, StringComparison.Ordinal);
    }

    // What speaks against a proposal by what the ledger holds now.
    private string? Later(LedgerEntry proposal) =>
        ShownMilestone.FaultOf(_bank.Programme, BankProposal.Read(proposal)!, [.. _bank.Ledger.Entries()]);

    private static string Standing(LedgerEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return $"{json.RootElement.GetProperty("outcome").GetString()}: "
            + string.Join(", ", json.RootElement.GetProperty("missing").EnumerateArray().Select(m => m.GetString()));
    }
}
