using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Decisions on real stores: what follows from them, what a crash leaves, what an audit finds.</summary>
public sealed class DecisionDeskTests : IDisposable
{
    private readonly BankFolder bank = new();

    public void Dispose() => bank.Dispose();

    [Fact]
    public void The_second_approval_seals_the_release_and_its_certificate_in_the_same_step()
    {
        bank.Award();
        DecisionOutcome outcome = bank.Approve(bank.File("easement"));

        LedgerEntry entry = Assert.Single(outcome.Results);
        CreditRelease release = CreditRelease.Read(entry);
        Assert.Equal(("13.5999", "90.6666", "77.0667"), (release.Credits, release.Awarded, release.Remaining));
        Assert.Equal([bank.Reviewer.Person.Name, bank.Approver.Person.Name], release.Approvals.Select(a => a.Person));
        string certificate = File.ReadAllText(Path.Combine(bank.Folder.Root, release.File));
        foreach (string printed in (string[])["湿地信用释放证书", "13.5999", "77.0667", $"#{entry.Number}", entry.Previous])
        {
            Assert.Contains(printed, certificate, StringComparison.Ordinal);
        }
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void What_a_program_left_between_the_second_approval_and_the_release_is_completed_on_the_next_run()
    {
        bank.Award();
        LedgerEntry proposal = bank.File("easement");
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true);
        bank.SealApprovalOnly(proposal, bank.Approver);
        Assert.Equal("approved", bank.Decisions.Read().Find(proposal.Number)!.State);

        LedgerEntry release = Assert.Single(bank.Decisions.Complete());
        Assert.Equal(LedgerKinds.Release, release.Kind);
        Assert.Empty(bank.Decisions.Complete());
        // And the approval repeated by its person, as the operator would after the crash, changes nothing either.
        DecisionOutcome again = bank.Decisions.Decide(proposal.Number, bank.Approver, approves: true);
        Assert.False(again.IsNew);
        Assert.Empty(again.Results);
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void A_repeated_approval_after_the_crash_completes_the_release()
    {
        bank.Award();
        LedgerEntry proposal = bank.File("easement");
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true);
        bank.SealApprovalOnly(proposal, bank.Approver);
        DecisionOutcome again = bank.Decisions.Decide(proposal.Number, bank.Approver, approves: true);
        Assert.Equal((false, "done", 1), (again.IsNew, again.Case.State, again.Results.Count));
    }

    [Fact]
    public void A_release_waits_for_the_milestones_before_it_and_follows_them()
    {
        DecisionOutcome early = bank.Approve(bank.File("exotics"));
        Assert.Equal(("it waits for the award of credits", 0), (early.Waits, early.Results.Count));
        bank.Award();
        Assert.Empty(bank.Decisions.Complete());
        DecisionOutcome easement = bank.Approve(bank.File("easement"));
        Assert.Equal(["easement", "exotics"], easement.Results.Select(r => CreditRelease.Read(r).Milestone));
        Assert.True(bank.Audit.Verify().Intact);
    }

    [Fact]
    public void A_document_is_filed_once_and_anew_only_after_a_rejection()
    {
        LedgerEntry proposal = bank.File("easement");
        Assert.Equal(proposal.Number, bank.File("easement").Number);
        Assert.Contains("not decided", Assert.Throws<InputException>(() => bank.File("easement", "另一份")).Fault,
            StringComparison.Ordinal);
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: false, "缺登记号");
        Assert.Contains("rejected", Assert.Throws<InputException>(() => bank.File("easement")).Fault,
            StringComparison.Ordinal);
        Assert.NotEqual(proposal.Number, bank.File("easement", "另一份").Number);
        InputException cover = Assert.Throws<InputException>(() => bank.File("cover"));
        Assert.Contains("judged from scenes", cover.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filing_that_was_left_without_its_proposal_is_proposed_by_the_same_filing_again()
    {
        LedgerEntry first = bank.File("easement");
        using BankFolder other = new();
        // The filing's entry alone, byte for byte as the desk sealed it, but for its signer.
        LedgerEntry filing = bank.Ledger.At(first.Number - 1)!;
        other.Ledger.Append(
            new LedgerDraft(filing.Kind, filing.Key, filing.Software, filing.Position, filing.Evidence, filing.Body),
            filing.SealedAt);
        Assert.Equal(LedgerKinds.Proposal, other.File("easement").Kind);
    }

    [Fact]
    public void An_approval_signed_with_a_key_that_nobody_registered_is_named_and_releases_nothing()
    {
        bank.Award();
        LedgerEntry proposal = bank.File("easement");
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true);
        using BankFolder elsewhere = new();
        LedgerEntry forged = bank.SealApprovalOnly(proposal, elsewhere.Approver);

        Assert.Empty(bank.Decisions.Complete());
        LedgerVerdict verdict = bank.Audit.Verify();
        Assert.Equal((false, forged.Number), (verdict.Intact, verdict.BrokenAt));
        Assert.Contains("is not registered", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revoked_key_signs_no_more_and_what_it_signed_stays_good()
    {
        bank.Award();
        bank.Register.Revoke(bank.Approver.Person.Name, "调离");
        Assert.True(bank.Audit.Verify().Intact);
        InputException fault = Assert.Throws<InputException>(
            () => Signatory.Open(bank.KeyFile(bank.Approver.Person.Name), bank.Register));
        Assert.Contains("调离", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_over_another_entry_is_named_at_its_entry()
    {
        bank.Award();
        LedgerEntry proposal = bank.File("easement");
        var decision = new Decision(proposal.Number, proposal.Hash, true, bank.Approver.Person, "");
        string body = Encoding.UTF8.GetString(decision.Write(bank.Approver.Sign));
        string tampered = body.Replace("\"reason\":\"\"", "\"reason\":\"同意\"", StringComparison.Ordinal);
        LedgerEntry entry = bank.Ledger.Append(
            new LedgerDraft(LedgerKinds.Approval, decision.LedgerKey, "monitor test", bank.Approver.Position, null,
                Encoding.UTF8.GetBytes(tampered)), new Instant(1));
        LedgerVerdict verdict = bank.Audit.Verify();
        Assert.Equal((false, entry.Number), (verdict.Intact, verdict.BrokenAt));
        Assert.Contains("signature is not one of 乙", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "was changed")]
    [InlineData(true, "is missing")]
    public void A_document_that_was_changed_or_removed_is_named_at_its_entry(bool isRemoved, string reason)
    {
        bank.Award();
        LedgerEntry release = bank.Approve(bank.File("easement")).Results[0];
        string file = Path.Combine(bank.Folder.Root, CreditRelease.Read(release).File);
        if (isRemoved) File.Delete(file);
        else File.WriteAllText(file, File.ReadAllText(file).Replace("13.5999", "93.5999", StringComparison.Ordinal));
        LedgerVerdict verdict = bank.Audit.Verify();
        Assert.Equal((false, release.Number), (verdict.Intact, verdict.BrokenAt));
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_that_complete_at_once_release_once_and_the_certificate_is_the_sealed_one()
    {
        bank.Award();
        LedgerEntry proposal = bank.File("easement");
        bank.Decisions.Decide(proposal.Number, bank.Reviewer, approves: true);
        bank.SealApprovalOnly(proposal, bank.Approver);
        using SqliteLedgerStore second = SqliteLedgerStore.Open(bank.Folder);
        var other = new DecisionDesk(second, bank.Evidence, bank.Folder, bank.Register, TimeProvider.System);
        Parallel.Invoke(() => bank.Decisions.Complete(), () => other.Complete());
        Assert.Single(bank.Ledger.Entries(), e => e.Kind == LedgerKinds.Release);
        Assert.True(bank.Audit.Verify().Intact);
    }
}
