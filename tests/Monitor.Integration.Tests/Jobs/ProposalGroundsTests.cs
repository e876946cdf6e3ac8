using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Server.Api;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>What the pages of a proposal and of a bank say that a release rests on, from real stores.</summary>
public sealed class ProposalGroundsTests
{
    [Fact]
    public void The_proposal_of_a_year_shows_what_each_part_required_and_measured()
    {
        using var bank = new WatchedBank(WatchedBank.Florida);
        bank.Season(new(2025, 6, 30));
        bank.Rain("0.5");
        bank.Judge();
        bank.Survey(new(2025, 9, 1));
        ProposalAnswer page = bank.Page(bank.File("year-1", "年度监测报告"));
        IReadOnlyList<MilestoneLine> lines = page.Grounds!.Lines;
        string well = bank.Bank.Monitoring!.Wells[0];
        Assert.Contains("：达到 pass", lines.Single(l => l.Name == $"水文 – 观测井 Well {well}").Value, StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Value == "要求 required ≥ 80 %；实测 measured 90，12 个样方 plots：达到 pass");
        Assert.Equal("pass", page.Grounds.Outcome);
        Assert.DoesNotContain(page.Evidence, row => row.What == "filing");
    }

    [Fact]
    public void A_survey_by_itself_shows_its_figures_beside_its_filed_report()
    {
        using var bank = new WatchedBank(WatchedBank.SurveyedExotics);
        ProposalAnswer page = bank.Page(bank.Survey(new(2025, 9, 1), path: "exotics").Followed[^1]);
        Assert.Contains(
            page.Grounds!.Lines, l => l.Value.StartsWith("要求 required < 5 %；实测 measured 1，", StringComparison.Ordinal));
        Assert.Contains(page.Evidence, row => row is { What: "filing", Source: "survey.txt", IsSame: true });
    }

    [Fact]
    public void A_document_that_is_filed_has_no_figures()
    {
        using var bank = new WatchedBank(WatchedBank.Florida);
        ProposalAnswer page = bank.Page(bank.File("easement", "地役权登记"));
        Assert.Null(page.Grounds);
        Assert.Contains(page.Evidence, row => row is { What: "filing", Source: "report.txt", IsSame: true });
    }

    [Fact]
    public void A_released_milestone_keeps_the_figures_that_its_release_rests_on()
    {
        using var bank = new WatchedBank(WatchedBank.Washington);
        bank.Season(new(2025, 6, 30));
        bank.Rain("0.5");
        LedgerEntry proposal = bank.Judge()[1];
        bank.Approve(bank.Banks.ProposeAward(bank.Programme, bank.Bank, bank.Sponsor));
        Assert.Equal(LedgerKinds.Release, Assert.Single(bank.Approve(proposal).Results).Kind);
        string[] released = Lines(bank, "pass");
        foreach (string well in bank.Bank.Monitoring!.Wells) bank.Late(well, new(2025, 4, 1), "0.31");
        Assert.Equal(LedgerKinds.Revision, bank.Judge()[0].Kind);
        Assert.Equal(released, Lines(bank, "pass"));
        Assert.StartsWith($"评判记录 Entry: #{BankProposal.Read(proposal)!.Assessment} ", released[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspension_that_rests_on_a_filing_names_its_document_and_sees_when_it_was_changed()
    {
        using var bank = new WatchedBank(WatchedBank.Florida);
        byte[] letter = Encoding.UTF8.GetBytes("保函撤销通知");
        LedgerEntry filed = new ComplianceDesk(bank.Ledger, bank.Evidence, TimeProvider.System).FileInstrument(
            bank.Programme, bank.Bank, bank.Bank.Assurances[0].Id, BankFiling.Voided, new(2026, 1, 5), "保函撤销",
            "letter.txt", letter, bank.Sponsor);
        LedgerEntry proposal = new TriggerDesk(bank.Ledger, bank.Evidence, TimeProvider.System)
            .Propose(bank.Programme, bank.Bank).First(p => TriggerProposal.Read(p)!.Shows == filed.Number);
        ProposalAnswer page = bank.Page(proposal);
        Assert.Contains(page.Evidence, row => row is { What: "filing", Source: "letter.txt", IsSame: true });
        Assert.Contains(page.Evidence, row => row.What == "assessment" && row.Sha256 == filed.Hash);
        Assert.True(page.IsWhole);

        string kept = Directory.GetFiles(bank.Folder.Evidence, "*", SearchOption.AllDirectories)
            .Single(f => File.ReadAllBytes(f).AsSpan().SequenceEqual(letter));
        File.Delete(kept);
        Assert.False(bank.Page(proposal).IsWhole);
    }

    private static string[] Lines(WatchedBank bank, string outcome)
    {
        LedgerView view = bank.View;
        MilestoneAnswer hydrology = MilestoneAnswer
            .All(BankNow.Of(bank.Programme, bank.Bank, view, Instant.From(TimeProvider.System.GetUtcNow())), view)
            .Single(m => m.Id == "hydrology");
        Assert.Equal(("released", outcome), (hydrology.State, hydrology.Outcome));
        return [.. hydrology.Lines.Select(l => $"{l.Name}: {l.Value}")];
    }
}
