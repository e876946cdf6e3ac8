using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>
/// What wells or a survey showed, and was released, is looked at again where the terms look for its regress; beside
/// <see cref="RegressTests"/>, which is of scenes.
/// </summary>
public sealed class WatchedRegressTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dry_season_after_the_release_is_judged_where_the_terms_look_for_it(bool isAsked)
    {
        using var bank = new WatchedBank(Washington(isAsked));
        bank.Season(new(2025, 6, 30));
        bank.Rain("0.5");
        LedgerEntry proposal = bank.Judge()[1];
        bank.Approve(bank.Banks.ProposeAward(bank.Programme, bank.Bank, bank.Sponsor));
        Assert.Single(bank.Approve(proposal).Results);
        bank.Store(bank.SeasonBatches(new(2026, 3, 25), new(2026, 11, 1)), on: new(2026, 11, 2));
        bank.Store(bank.RainBatches("0.5", new(2026, 11, 1)), on: new(2026, 11, 2));
        IReadOnlyList<LedgerEntry> judged = bank.Judge(Midnight(bank, new(2026, 11, 2)));

        if (!isAsked)
        {
            Assert.Empty(judged);
            return;
        }
        LedgerEntry failed = Assert.Single(judged);
        Assert.Equal("fail", MilestoneJudgement.OutcomeOf(failed.Body));
        Assert.Equal(("hydrology", failed.Number), Regress(bank, new(2027, 1, 2)));
        Assert.True(bank.Audit().Intact, bank.Audit().Reason);
    }

    [Fact]
    public void A_survey_that_fails_after_the_release_is_taken_and_proposed_as_adaptive_management()
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        bank.Approve(bank.Banks.ProposeAward(bank.Programme, bank.Bank, bank.Sponsor));
        Assert.Single(bank.Approve(bank.File("easement", "登记证明")).Results);
        DateOnly day = new(2025, 9, 1);
        Assert.Single(bank.Approve(Assert.Single(bank.Survey(day, path: "exotics").Followed)).Results);
        SurveyOutcome later = bank.Survey(day.AddDays(30), invasive: 12m, path: "exotics");

        Assert.Equal(CriterionOutcome.Fail, later.Statement.Outcome);
        Assert.Empty(later.Followed);
        Assert.Equal(("exotics", later.Entry.Number), Regress(bank, new(2027, 1, 2)));
        Assert.True(bank.Audit().Intact, bank.Audit().Reason);
    }

    [Fact]
    public void A_survey_of_what_is_released_is_refused_where_the_terms_look_for_no_regress()
    {
        using var bank = new WatchedBank(Text(WatchedBank.SurveyedExotics, t => t.Replace(
            "  regression: adaptive-management\n  measures_days: 60\n", "", StringComparison.Ordinal)));
        bank.Approve(bank.Banks.ProposeAward(bank.Programme, bank.Bank, bank.Sponsor));
        Assert.Single(bank.Approve(bank.File("easement", "登记证明")).Results);
        DateOnly day = new(2025, 9, 1);
        Assert.Single(bank.Approve(Assert.Single(bank.Survey(day, path: "exotics").Followed)).Results);
        InputException refused = Assert.Throws<InputException>(
            () => bank.Survey(day.AddDays(30), invasive: 12m, path: "exotics"));
        Assert.Contains("is released already", refused.Message, StringComparison.Ordinal);
    }

    private static (string Subject, long? Shows) Regress(WatchedBank bank, DateOnly on)
    {
        var desk = new TriggerDesk(
            bank.Ledger, bank.Evidence, new SimulatedClock(Midnight(bank, on).ToDateTimeOffset()));
        TriggerProposal proposal = Assert.Single(
            desk.Propose(bank.Programme, bank.Bank).Select(e => TriggerProposal.Read(e)!),
            p => p.Proposes == TriggerProposal.Management);
        return (proposal.Subject, proposal.Shows);
    }

    private static Instant Midnight(WatchedBank bank, DateOnly day) => Period.Midnight(day, bank.Programme.Zone);

    private static WetlandProgramme Washington(bool looksForRegress) => Text(WatchedBank.Washington, t => looksForRegress
        ? t.Replace("\nreports:\n", """

            compliance:
              regression: adaptive-management
              measures_days: 60
              assumed: made up for the test

            reports:

            """, StringComparison.Ordinal)
        : t);

    private static WetlandProgramme Text(WetlandProgramme programme, Func<string, string> change) =>
        WetlandProgrammeReader.Read(new DefinitionText(
            "changed.yaml", Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(programme.Text.Bytes.Span)))));
}
