using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A draft notice that two persons approve becomes an issued one beside it.</summary>
public sealed class NoticeIssueTests : IDisposable
{
    private readonly BankFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_approvals_issue_the_notice_with_its_signers_and_the_draft_stays()
    {
        LedgerEntry draft = SealDraft();
        DecisionOutcome outcome = folder.Approve(draft);

        LedgerEntry entry = Assert.Single(outcome.Results);
        SealedNotice issued = SealedNotice.Read(entry), before = SealedNotice.Read(draft);
        Assert.Equal(("issued", draft.Number, before.Index), (issued.Status, issued.Completes, issued.Index));
        string document = Text(issued);
        Assert.DoesNotContain("DRAFT", document, StringComparison.Ordinal);
        Assert.DoesNotContain("（草）", document, StringComparison.Ordinal);
        string[] printed =
            [folder.Reviewer.Person.Name, folder.Approver.Person.Name, draft.Hash, $"#{entry.Number}", "演示"];
        foreach (string words in printed) Assert.Contains(words, document, StringComparison.Ordinal);
        Assert.Contains("DRAFT", Text(before), StringComparison.Ordinal);
        Assert.True(folder.Audit.Verify().Intact);
    }

    [Fact]
    public void A_notice_that_was_approved_and_not_issued_is_issued_on_the_next_run()
    {
        LedgerEntry draft = SealDraft();
        folder.Decisions.Decide(draft.Number, folder.Approver, approves: true);
        folder.SealApprovalOnly(draft, folder.Reviewer);
        Assert.Equal("issued", SealedNotice.Read(Assert.Single(folder.Decisions.Complete())).Status);
        Assert.Empty(folder.Decisions.Complete());
        Assert.True(folder.Audit.Verify().Intact);
    }

    [Fact]
    public void A_rejected_draft_is_never_issued()
    {
        LedgerEntry draft = SealDraft();
        folder.Decisions.Decide(draft.Number, folder.Approver, approves: true);
        folder.Decisions.Decide(draft.Number, folder.Reviewer, approves: false, "数据不足");
        folder.SealApprovalOnly(draft, folder.Add("丁", Domain.People.PersonRole.Approver));
        Assert.Empty(folder.Decisions.Complete());
        Assert.Contains("was rejected", folder.Audit.Verify().Reason, StringComparison.Ordinal);
    }

    // No readings at all: a suspended year is a notice too.
    private LedgerEntry SealDraft()
    {
        StandardFile standard = StandardFile.Read(Shipped("gb3838-2002.yaml"));
        RiverProgramme programme = RiverProgrammeReader.Read(Shipped("ou-river.yaml"), _ => standard);
        var nothing = new JudgementInputs([], []);
        RiverAssessment assessment = RiverJudgement.Assess(
            programme, programme.Sections[0], Period.OfYear(2025, programme.Zone), nothing);
        new SealingDesk(folder.Ledger, folder.Evidence, folder.Folder, TimeProvider.System)
            .Seal(assessment, nothing, position: 0, new Bilingual("演示", "Demonstration"));
        return folder.Ledger.At(folder.Ledger.Head.Entries)!;
    }

    private string Text(SealedNotice notice) => File.ReadAllText(Path.Combine(folder.Folder.Root, notice.File));

    private static DefinitionText Shipped(string name) =>
        new(name, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pipelines", name)));
}
