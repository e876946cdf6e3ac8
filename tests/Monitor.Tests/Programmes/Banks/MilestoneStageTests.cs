using Monitor.Programmes.Banks;
using Monitor.Rules.Credits;
using Monitor.Tests.Ledger.Decisions;
using Xunit;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>Where a milestone stands, day by day.</summary>
public sealed class MilestoneStageTests
{
    [Fact]
    public void A_document_goes_from_evidence_to_release_with_its_days()
    {
        var bank = new BankDiary();
        Assert.Equal("evidence", Told(bank, "easement", "2026-03-01"));
        bank.Award("2026-03-01");
        long proposal = bank.File("2026-03-02", "easement");
        // 2 March + 15 days of comments = 17 March; + 30 days for the decision = 16 April. Both are the last day.
        Assert.Equal("proposed 2026-03-17 2026-04-16", Told(bank, "easement", "2026-03-02"));
        Assert.Equal("in-review 2026-03-17 2026-04-16", Told(bank, "easement", "2026-03-03"));
        Assert.Equal("in-review 2026-03-17 2026-04-16", Told(bank, "easement", "2026-04-16"));
        Assert.Equal("in-review 2026-03-17 2026-04-16 overdue", Told(bank, "easement", "2026-04-17"));
        bank.Approve("2026-04-16", proposal);
        Assert.Equal("decided 2026-03-17 2026-04-16", Told(bank, "easement", "2026-05-01"));
        bank.Release("2026-04-16", "easement");
        Assert.Equal("released", Told(bank, "easement", "2026-05-01"));
    }

    [Fact]
    public void A_decision_after_its_day_stays_marked_as_late()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        bank.Approve("2026-04-17", bank.File("2026-03-02", "easement"));
        Assert.Equal("decided 2026-03-17 2026-04-16 overdue", Told(bank, "easement", "2026-04-17"));
    }

    [Fact]
    public void The_review_begins_with_the_first_signature_where_that_is_earlier()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        bank.Decide("2026-03-02", bank.File("2026-03-02", "easement"), Signer.Reviewer, approves: true);
        Assert.Equal("in-review 2026-03-17 2026-04-16", Told(bank, "easement", "2026-03-02"));
    }

    [Fact]
    public void Without_a_time_for_review_a_proposal_stays_proposed_and_is_never_overdue()
    {
        var bank = new BankDiary(("review:\n  comment_days: 15\n  decision_days: 30\n", "aside:\n"), (
            "aside:\n  assumed: the seed prints no time; 15 and 30 days are those of 33 CFR 332.8(o)(9), recalled\n", ""));
        bank.File("2026-03-02", "easement");
        Assert.Equal("proposed", Told(bank, "easement", "2030-01-01"));
    }

    [Fact]
    public void What_is_rejected_is_closed_until_something_newer_shows_it()
    {
        var bank = new BankDiary();
        long proposal = bank.File("2026-03-02", "easement");
        bank.Decide("2026-03-05", proposal, Signer.Approver, approves: false);
        Assert.Equal("closed", Told(bank, "easement", "2026-06-01"));
        bank.File("2026-06-02", bank.Filing() with { Milestone = "easement" });
        Assert.Equal("evidence", Told(bank, "easement", "2026-06-02"));
        bank.File("2026-06-03", "easement");
        Assert.Equal("proposed 2026-06-18 2026-07-18", Told(bank, "easement", "2026-06-03"));
    }

    [Theory]
    [InlineData("pass", CriterionOutcome.Pass)]
    [InlineData("fail", CriterionOutcome.Fail)]
    [InlineData("inconclusive", CriterionOutcome.Inconclusive)]
    public void A_judgement_is_computed_until_it_is_proposed(string outcome, CriterionOutcome found)
    {
        var bank = new BankDiary();
        var judged = bank.Judge("2026-07-01", "2026-06-20", outcome);
        Assert.Equal(("computed", found, judged.Number), Computed());
        long proposal = bank.Propose("2026-07-02", "cover", judged);
        Assert.Equal("proposed", bank.Stage("cover", "2026-07-02").Word);
        bank.Decide("2026-07-03", proposal, Signer.Approver, approves: false);
        Assert.Equal("closed", bank.Stage("cover", "2026-07-03").Word);
        // A scene of before, which came in after the rejection, may answer it.
        judged = bank.Judge("2026-07-04", "2026-06-01", outcome);
        Assert.Equal(("computed", found, judged.Number), Computed());

        (string, CriterionOutcome?, long?) Computed()
        {
            MilestoneStage stage = bank.Stage("cover", "2026-07-05");
            return (stage.Word, stage.Outcome, stage.Entry);
        }
    }

    [Theory]
    [InlineData("assessment/wetland-seed-florida/1/jiulong/year-1/2026", "\"year\":\"2026\"", "2026-12-31T15:59:59.999Z")]
    [InlineData("filing/wetland-seed-florida/jiulong/year-1/abc", "\"day\":\"2026-08-20\"", "2026-08-20T15:59:59.999Z")]
    public void A_year_and_a_survey_are_findings_of_their_last_moment(string key, string time, string at)
    {
        var bank = new BankDiary();
        string document = "\"document\":{\"name\":\"s.txt\",\"sha256\":\"00\",\"bytes\":1}";
        bank.Seal("2027-02-01", "assessment", key, System.Text.Encoding.UTF8.GetBytes(
            "{\"programme\":\"wetland-seed-florida\",\"version\":\"1\",\"bank\":\"jiulong\",\"milestone\":\"year-1\"," +
            $"{time},{document},\"outcome\":\"fail\"}}"));
        BankFinding found = Assert.Single(bank.Dossier.Findings);
        Assert.Equal(("year-1", CriterionOutcome.Fail, at), (found.Milestone, found.Outcome, found.At.ToString()));
        Assert.Equal("computed", bank.Stage("year-1", "2027-02-02").Word);
    }

    private static string Told(BankDiary bank, string milestone, string day)
    {
        MilestoneStage s = bank.Stage(milestone, day);
        return string.Join(' ', new[]
        {
            s.Word, $"{s.CommentsUntil:yyyy-MM-dd}", $"{s.Due:yyyy-MM-dd}", s.IsOverdue ? "overdue" : "",
        }.Where(w => w.Length > 0));
    }
}
