using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>
/// What a release is proposed on must show its milestone: the desk, the list of conditions, the audit and the bundle ask the
/// same of a ledger whose writer did not.
/// </summary>
public sealed class ShownMilestoneTests
{
    private static readonly DateOnly InSeason = new(2025, 9, 1);

    // The shipped programme, whose first year is shown by a survey and a report alone, and released in any order.
    private static readonly WetlandProgramme WithoutWells = Read(text =>
    {
        int from = text.IndexOf("          - id: hydrology", StringComparison.Ordinal);
        int to = text.IndexOf("          - id: survey", from, StringComparison.Ordinal);
        return text[..from] + text[to..];
    });

    [Theory]
    [InlineData("failed survey", "exotics", "it came to fail")]
    [InlineData("another document", "exotics", "it was filed of something else")]
    [InlineData("document for a year", "year-1", "it was filed of something else")]
    [InlineData("part for the year", "year-1", "judged something else")]
    [InlineData("accepts another", "cover", "judged something else")]
    [InlineData("accepts nothing", "cover", "a document does not, where cover is asked for")]
    public void What_does_not_show_the_milestone_is_found_by_all_who_ask(string what, string milestone, string words)
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        LedgerEntry shown = Shown(bank, what);
        LedgerEntry proposal = Propose(bank, milestone, shown, bank.Sponsor);

        LedgerVerdict verdict = bank.Audit();
        Assert.Equal((false, proposal.Number), (verdict.Intact, verdict.BrokenAt));
        Assert.Contains(words, verdict.Reason, StringComparison.Ordinal);
        BundleStep step = bank.Verify(proposal.Number).Steps[^1];
        Assert.Equal(("proposals", false), (step.Name, step.Holds));
        Assert.Contains(words, step.Words, StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(
            () => bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true));
        Assert.Contains(words, refused.Fault, StringComparison.Ordinal);
        Assert.Contains(words, Condition(bank, milestone).Fault, StringComparison.Ordinal);
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: false, "证据不符");
    }

    [Fact]
    public void A_later_survey_that_fails_holds_the_release_and_an_older_one_that_is_filed_later_does_not()
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        LedgerEntry proposal = Assert.Single(bank.Survey(InSeason, path: "exotics").Followed);
        bank.Survey(InSeason.AddDays(-9), invasive: 12m, path: "exotics");
        Assert.True(Condition(bank, "exotics").IsMet);
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true);
        bank.Survey(InSeason.AddDays(9), invasive: 12m, path: "exotics");
        List<LedgerEntry> entries = [.. bank.Ledger.Entries()];
        BankProposal asked = BankProposal.Read(proposal)!;
        Assert.Null(ShownMilestone.FaultOfShown(bank.Programme, asked, entries));
        Assert.Contains(
            "again on later evidence: fail", ShownMilestone.FaultOf(bank.Programme, asked, entries), StringComparison.Ordinal);
        Assert.Contains("again on later evidence: fail", Condition(bank, "exotics").Fault, StringComparison.Ordinal);
        Assert.True(bank.Audit().Intact, bank.Audit().Reason);
    }

    [Fact]
    public void A_year_without_wells_is_released_and_its_bundle_holds()
    {
        using var bank = new WatchedBank(WithoutWells);
        Award(bank);
        Assert.Single(bank.Approve(bank.File("easement", "地役权")).Results);
        bank.Survey(InSeason);
        LedgerEntry proposal = bank.File("year-1", "年度监测报告");
        Assert.Null(proposal.Evidence);
        LedgerEntry release = Assert.Single(bank.Approve(proposal).Results);
        Assert.Equal(("year-1", "4.5333"), (CreditRelease.Read(release).Milestone, CreditRelease.Read(release).Credits));
        Assert.True(bank.Audit().Intact, bank.Audit().Reason);
        foreach (long number in (long[])[proposal.Number, release.Number])
        {
            BundleReport report = bank.Verify(number);
            Assert.True(report.Holds, Words(report));
        }
    }

    [Fact]
    public void A_year_without_wells_that_says_what_its_entries_do_not_say_is_found()
    {
        using var bank = new WatchedBank(WithoutWells);
        bank.Survey(InSeason);
        LedgerEntry honest = bank.Ledger.Entries().Last();
        LedgerEntry lie = bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Revision, honest.Key.Replace("assessment/", "revision/", StringComparison.Ordinal) + "/1",
                SealingDesk.Software, null, null, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(honest.Body.Span)
                    .Replace("\"outcome\":\"inconclusive\"", "\"outcome\":\"pass\"", StringComparison.Ordinal))),
            honest.SealedAt);
        LedgerEntry proposal = Propose(bank, "year-1", lie, null);
        BundleStep step = bank.Verify(proposal.Number).Steps[^1];
        Assert.Equal(("proposals", false), (step.Name, step.Holds));
        Assert.Contains("what the entries before it do not say", step.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survey_that_another_proposed_verifies_and_not_the_release_that_its_filer_approved()
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        Award(bank);
        bank.Approve(bank.File("easement", "地役权"));
        SurveyStatement survey = Surveyed(bank);
        LedgerEntry filed = bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Assessment, survey.Key, SealingDesk.Software, bank.Approver.Position, survey.Report.Sha256,
                survey.Write(bank.Approver.Person, bank.Approver.Sign)),
            Now);
        LedgerEntry proposal = Propose(bank, "exotics", filed, bank.Sponsor);
        BundleReport report = bank.Verify(proposal.Number);
        Assert.True(report.Holds, Words(report));
        LedgerEntry release = Assert.Single(bank.Approve(proposal).Results);
        BundleStep step = bank.Verify(release.Number).Steps[^1];
        Assert.Equal(("releases", false), (step.Name, step.Holds));
        Assert.Contains($"was approved by 乙, who made what entry {filed.Number} rests on", step.Words, StringComparison.Ordinal);
    }

    private static LedgerEntry Shown(WatchedBank bank, string what)
    {
        switch (what)
        {
            case "failed survey":
                return bank.Survey(InSeason, invasive: 12m, path: "exotics").Entry;
            case "another document" or "document for a year":
                return bank.Ledger.At(BankProposal.Read(bank.File("easement", "地役权"))!.Assessment!.Value)!;
        }
        bank.Season(new(2025, 6, 30));
        bank.Rain("0.5");
        LedgerEntry wells = bank.Judge()[0];
        Assert.True(MilestoneJudgement.IsPass(wells.Body));
        if (what == "part for the year") return wells;
        bool accepts = what == "accepts another";
        var filing = new BankFiling(bank.Programme.Id, bank.Programme.Version, bank.Bank.Id)
        {
            Milestone = "cover",
            Reviews = accepts ? wells.Number : null,
            ReviewsHash = accepts ? wells.Hash : null,
            Document = FiledDocument.Of("cover.txt", "看过"u8),
        };
        return bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Assessment, filing.Key(), SealingDesk.Software, bank.Sponsor.Position, filing.Document.Sha256,
                filing.Write(bank.Sponsor.Person, bank.Sponsor.Sign)),
            Now);
    }

    // As a writer seals it who does not ask the rules.
    private static LedgerEntry Propose(WatchedBank bank, string milestone, LedgerEntry shown, Signatory? preparer)
    {
        BankAccount account = BankAccounts.Read(bank.Ledger, bank.Programme, bank.Bank);
        bool isFiled = shown.Key.StartsWith("filing/", StringComparison.Ordinal);
        BankProposal proposal = BankProposal.OfRelease(
            bank.Programme, bank.Bank, account, bank.Programme.FindMilestone(milestone)!, shown,
            isFiled && preparer is not null ? PreparedBy.Of(preparer.Person) : null);
        return bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Proposal, $"proposal/{bank.Programme.Id}/{bank.Bank.Id}/{milestone}/made-up", SealingDesk.Software,
                shown.Position, shown.Evidence, proposal.Write()),
            Now);
    }

    private static ReleaseCondition Condition(WatchedBank bank, string milestone)
    {
        (BankAccount account, BankDossier dossier) = BankAccounts.ReadAll(bank.Ledger, bank.Programme, bank.Bank);
        return ReleaseConditions.Of(
            bank.Programme, bank.Bank, account, dossier, bank.Programme.FindMilestone(milestone)!, 1, Now,
            [.. bank.Ledger.Entries()]).Single(c => c.Id == "evidence");
    }

    private static SurveyStatement Surveyed(WatchedBank bank)
    {
        MilestonePart part = bank.Programme.FindPart("exotics")!;
        return new SurveyStatement(
            bank.Programme, bank.Bank, part, (BySurvey)part.Criterion, InSeason,
            [new("invasive-cover", 1, "%", 12)], FiledDocument.Of("survey.txt", "样方"u8));
    }

    private static void Award(WatchedBank bank) =>
        bank.Approve(bank.Banks.ProposeAward(bank.Programme, bank.Bank, bank.Sponsor));

    private static WetlandProgramme Read(Func<string, string> change) => WetlandProgrammeReader.Read(new DefinitionText(
        "other.yaml", Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(WatchedBank.Florida.Text.Bytes.Span).Replace(
            "order: strict", "order: any", StringComparison.Ordinal)))));

    private static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    private static string Words(BundleReport report) =>
        string.Join('\n', report.Steps.Select(s => $"{s.Name} {s.Holds}: {s.Words}"));
}
