using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A cover that was released is looked at again, by the service's own jobs on real scenes.</summary>
public sealed class RegressTests : IDisposable
{
    // Each scene for itself, and the cover first in no sequence: what is tried here is what comes after its release.
    private static readonly WetlandProgramme Programme = Changed();

    private readonly SimulatedClock clock = new(new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly BankFolder bank;

    public RegressTests() => bank = new BankFolder(clock);

    private static WetlandBank Bank => Programme.FindBank("jiulong")!;

    public void Dispose() => bank.Dispose();

    [Fact]
    public async Task A_later_bare_scene_of_a_released_cover_is_judged_and_proposed_as_adaptive_management()
    {
        DroppedScene.Drop(bank.Folder, Bank.Id, "green", DroppedScene.At(7, 15), vegetated: 0.93);
        await using JobService service = await JobService.StartAsync(
            bank.Folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], Programme);
        LedgerEntry release = ReleaseCover();
        byte[] before = release.Bytes.ToArray();
        DroppedScene.Drop(bank.Folder, Bank.Id, "bare", DroppedScene.At(9, 21), vegetated: 0.10);
        await service.RestartAsync();
        LedgerEntry failed = service.Server.Ledger.Find(
            $"assessment/{Programme.Id}/{Programme.Version}/{Bank.Id}/cover/{DroppedScene.At(9, 21)}")!;
        Assert.Contains("\"outcome\":\"fail\"", Encoding.UTF8.GetString(failed.Body.Span), StringComparison.Ordinal);
        Assert.Empty(Proposals());
        // Judged scene by scene, a year is over with the civil year.
        await service.JumpToAsync(Period.Midnight(new DateOnly(2026, 1, 1), Programme.Zone));
        TriggerProposal proposal = Assert.Single(Proposals());
        Assert.Equal(
            ("adaptive-management", "missed-standard", "cover", failed.Number, failed.Hash),
            (proposal.Proposes, proposal.Trigger, proposal.Subject, proposal.Shows!.Value, proposal.ShowsHash));
        Assert.Equal(before, bank.Ledger.At(release.Number)!.Bytes.ToArray());
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
    }

    private LedgerEntry ReleaseCover()
    {
        bank.Approve(bank.Banks.ProposeAward(Programme, Bank, bank.Sponsor));
        bank.Approve(bank.Banks.File(
            Programme, Bank, Programme.FindMilestone("easement")!, "easement.txt", [1, 2, 3], bank.Sponsor));
        ProposedPart proposed = BankAccounts.Read(bank.Ledger, Programme, Bank).StandingProposal("cover")!;
        DecisionOutcome outcome = bank.Approve(bank.Ledger.At(proposed.Case.Entry)!);
        return Assert.Single(outcome.Results);
    }

    private List<TriggerProposal> Proposals() =>
        [.. bank.Ledger.Entries().Select(TriggerProposal.Read).OfType<TriggerProposal>().Where(p => p.Bank == Bank.Id)];

    private static WetlandProgramme Changed()
    {
        string text = Encoding.UTF8.GetString(BankFolder.Programme.Text.Bytes.Span);
        int from = text.IndexOf("composite:\n", StringComparison.Ordinal);
        int to = text.IndexOf("milestones:\n", StringComparison.Ordinal);
        text = string.Concat(text.AsSpan(0, from), text.AsSpan(to)).Replace(
            "order: strict", "order: any", StringComparison.Ordinal);
        return WetlandProgrammeReader.Read(new DefinitionText("wetland.yaml", Encoding.UTF8.GetBytes(text)));
    }
}
