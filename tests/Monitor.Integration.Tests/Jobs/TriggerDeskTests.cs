using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>What the service proposes against a bank, what two persons make of it, and what it stops; on real stores.</summary>
public sealed class TriggerDeskTests : IDisposable
{
    private readonly SimulatedClock clock = new(Noon("2026-03-02"));
    private readonly BankFolder bank;

    public TriggerDeskTests() => bank = new BankFolder(clock);

    private static WetlandProgramme Programme => BankFolder.Programme;

    private static WetlandBank Bank => BankFolder.Bank;

    public void Dispose() => bank.Dispose();

    [Fact]
    public async Task The_job_proposes_at_the_midnight_after_the_last_day_and_once()
    {
        Release();
        Report("ledger", 2026, "2027-02-01");
        await using JobService service = await JobService.StartAsync(
            bank.Folder, Noon("2027-03-30"), [], Programme);
        await service.RunToAsync(Midnight("2027-03-31"));
        Assert.Empty(Proposals());
        await service.RunToAsync(Midnight("2027-04-01"));
        TriggerProposal proposal = Assert.Single(Proposals());
        Assert.Equal(
            ("suspension", "late-report", "monitoring", "2027-03-31"),
            (proposal.Proposes, proposal.Trigger, proposal.Subject, proposal.Ground));
        await service.RunToAsync(Midnight("2027-04-03"));
        await service.RestartAsync();
        Assert.Single(Proposals());
        Assert.Equal(0, service.Job("triggers/wetland-seed-florida").Faults);
    }

    [Fact]
    public void Two_persons_suspend_and_what_the_sponsor_owes_may_still_be_filed()
    {
        Release();
        Report("ledger", 2026, "2027-02-01");
        clock.MoveTo(Noon("2027-04-01"));
        LedgerEntry proposal = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        Assert.Empty(bank.Triggers.Propose(Programme, Bank));
        LedgerEntry suspension = Assert.Single(bank.Approve(proposal).Results);
        Assert.Equal(LedgerKinds.Suspension, suspension.Kind);
        Assert.Equal(proposal.Number, BankSuspension.Read(suspension).Completes);
        Assert.Contains("is suspended by entry", Sell("X-1").Refusal, StringComparison.Ordinal);
        Assert.Contains("is suspended by entry", bank.Credits.Reserve(
            Programme, Bank, new ReservationOrder("HT-1", 1, Bank.Class, "甲公司", new DateOnly(2027, 5, 1)), bank.Sponsor).Refusal,
            StringComparison.Ordinal);
        LedgerEntry exotics = bank.File("exotics");
        Assert.Contains("until the suspension", bank.Approve(exotics).Waits, StringComparison.Ordinal);
        Assert.NotNull(bank.Credits.Correct(Programme, Bank, Account.Releases[0].Entry, 1, "误登", bank.Approver).Entry);
        Report("monitoring", 2026, "2027-04-02");
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
        Assert.NotNull(bank.Credits.Lift(Programme, Bank, "已补交", bank.Approver).Entry);
        Assert.Equal(LedgerKinds.Release, Assert.Single(bank.Decisions.Complete()).Kind);
        Assert.Empty(bank.Triggers.Propose(Programme, Bank));
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
    }

    [Fact]
    public void After_a_rejection_the_same_ground_is_never_proposed_again_and_another_is()
    {
        Release();
        Report("ledger", 2026, "2027-02-01");
        clock.MoveTo(Noon("2027-04-01"));
        LedgerEntry first = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        bank.Decisions.Decide(first.Number, bank.Approver, approves: false, "已口头说明");
        Report("ledger", 2027, "2028-02-01");
        clock.MoveTo(Noon("2028-03-31"));
        Assert.Empty(bank.Triggers.Propose(Programme, Bank));
        clock.MoveTo(Noon("2028-04-01"));
        LedgerEntry second = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        Assert.Equal("2028-03-31", TriggerProposal.Read(second)!.Ground);
    }

    [Fact]
    public void An_approved_suspension_waits_for_the_one_that_stands_and_lapses_with_its_ground()
    {
        Release();
        Report("ledger", 2026, "2027-02-01");
        clock.MoveTo(Noon("2027-04-01"));
        LedgerEntry late = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        bank.Compliance.FileInstrument(
            Programme, Bank, "bond-1", BankFiling.Voided, new DateOnly(2027, 4, 2), "保函撤销", "notice.txt", [1], bank.Sponsor);
        clock.MoveTo(Noon("2027-04-02"));
        LedgerEntry lapsed = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        Assert.Single(bank.Approve(late).Results);
        DecisionOutcome waits = bank.Approve(lapsed);
        Assert.Equal(("the bank is suspended already", 0), (waits.Waits, waits.Results.Count));
        bank.Credits.Lift(Programme, Bank, "报告已交", bank.Approver);
        // Its ground holds: it follows by itself.
        LedgerEntry followed = Assert.Single(bank.Decisions.Complete());
        Assert.Equal("lapsed-assurance", BankSuspension.Read(followed).Trigger);
        bank.Credits.Lift(Programme, Bank, "另议", bank.Approver);
        Assert.Contains("is void from 2027-04-02 on", Sell("X-1").Refusal, StringComparison.Ordinal);
        bank.Compliance.FileInstrument(
            Programme, Bank, "bond-1", BankFiling.Renewed, new DateOnly(2027, 4, 2), "重新出具", "bond.txt", [2], bank.Approver);
        Assert.NotNull(Sell("X-1").Entry);
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
    }

    [Fact]
    public void An_approved_suspension_follows_whatever_the_sponsor_files_of_the_same_meanwhile()
    {
        Release();
        Report("ledger", 2026, "2027-02-01");
        clock.MoveTo(Noon("2027-04-01"));
        LedgerEntry late = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        Void("bond-1", "2027-04-02", 1);
        clock.MoveTo(Noon("2027-04-02"));
        LedgerEntry lapsed = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        Assert.NotNull(bank.Credits.Suspend(Programme, Bank, "lapsed-assurance", "另案", bank.Approver).Entry);
        Assert.NotNull(bank.Approve(late).Waits);
        Assert.NotNull(bank.Approve(lapsed).Waits);
        // Another filing of the same bond, and a year later another report is late: the grounds of both read otherwise now.
        Void("bond-1", "2027-04-02", 2);
        clock.MoveTo(Noon("2028-04-01"));
        Assert.DoesNotContain(bank.Triggers.Propose(Programme, Bank), e => TriggerProposal.Read(e)!.Subject == "bond-1");
        bank.Credits.Lift(Programme, Bank, "另案已结", bank.Approver);
        Assert.Equal("late-report", BankSuspension.Read(Assert.Single(bank.Decisions.Complete())).Trigger);
        bank.Credits.Lift(Programme, Bank, "报告另议", bank.Approver);
        Assert.Equal(lapsed.Number, BankSuspension.Read(Assert.Single(bank.Decisions.Complete())).Completes);
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);
    }

    [Fact]
    public void Nothing_is_reserved_or_sold_while_the_protection_is_void()
    {
        Release();
        Void("easement", "2026-03-02", 1);
        Assert.Contains(
            "the protection easement of jiulong is void from 2026-03-02 on", Sell("X-1").Refusal, StringComparison.Ordinal);
        Assert.Contains("the protection easement of jiulong is void", bank.Credits.Reserve(
            Programme, Bank, new ReservationOrder("HT-1", 1, Bank.Class, "甲公司", new DateOnly(2026, 5, 1)), bank.Sponsor).Refusal,
            StringComparison.Ordinal);
        bank.Compliance.FileInstrument(
            Programme, Bank, "easement", BankFiling.Renewed, new DateOnly(2026, 3, 2), "重新登记", "deed.txt", [2], bank.Approver);
        Assert.NotNull(Sell("X-1").Entry);
    }

    [Fact]
    public void A_regress_orders_measures_which_the_sponsor_files()
    {
        Release();
        Judge("2026-06-20", "pass");
        Judge("2026-09-20", "fail");
        clock.MoveTo(Noon("2026-09-30"));
        Assert.Empty(bank.Triggers.Propose(Programme, Bank));
        clock.MoveTo(Noon("2026-10-01"));
        LedgerEntry proposal = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        TriggerProposal asked = TriggerProposal.Read(proposal)!;
        Assert.Equal(("adaptive-management", "cover"), (asked.Proposes, asked.Subject));
        Assert.Equal(bank.Ledger.At(asked.Shows!.Value)!.Hash, asked.ShowsHash);
        Assert.Contains("orders no measures", Assert.Throws<InputException>(() => Measures(proposal.Number)).Fault,
            StringComparison.Ordinal);
        Assert.Empty(bank.Approve(proposal).Results);
        // Measures stop nothing.
        Assert.NotNull(Sell("X-1").Entry);
        Assert.Equal(Measures(proposal.Number), Measures(proposal.Number));
        clock.MoveTo(Noon("2027-01-15"));
        Assert.Empty(bank.Triggers.Propose(Programme, Bank));
        Assert.True(bank.Audit.Verify().Intact, bank.Audit.Verify().Reason);

        long Measures(long order) => bank.Compliance.FileMeasures(
            Programme, Bank, order, "measures.txt", Encoding.UTF8.GetBytes("补植芦苇"), bank.Sponsor).Number;
    }

    [Fact]
    public void An_audit_finds_a_suspension_that_nobody_decided_and_a_correction_by_who_may_not()
    {
        Release();
        Report("ledger", 2026, "2027-02-01");
        clock.MoveTo(Noon("2027-04-01"));
        LedgerEntry proposal = Assert.Single(bank.Triggers.Propose(Programme, Bank));
        bank.Decisions.Decide(proposal.Number, bank.Approver, approves: true);
        var forged = BankSuspension.Of(TriggerProposal.Read(proposal)!, bank.Decisions.Read().Find(proposal.Number)!);
        LedgerEntry made = bank.Ledger.Append(
            new LedgerDraft(LedgerKinds.Suspension, "suspension/forged", "monitor test", null, null, forged.Write()), Now);
        LedgerVerdict verdict = bank.Audit.Verify();
        Assert.Equal(made.Number, verdict.BrokenAt);
        Assert.Contains("which two persons have not approved", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_finds_a_suspension_signed_by_the_sponsor()
    {
        Release();
        LedgerEntry made = bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Suspension, "suspension/sponsor", "monitor test", bank.Sponsor.Position, null, BankStatement.Write(
                    LedgerKinds.Suspension, new BankSuspension(Programme.Id, Bank.Id, "late-report", "逾期"),
                    bank.Sponsor.Person, bank.Sponsor.Sign)),
            Now);
        Assert.Equal(
            (made.Number, $"Entry {made.Number}: 建设方 is registered as sponsor and signed a suspension."),
            (bank.Audit.Verify().BrokenAt!.Value, bank.Audit.Verify().Reason));
    }

    [Fact]
    public void What_is_filed_names_a_report_of_the_programme_a_year_that_is_over_and_who_may()
    {
        clock.MoveTo(Noon("2027-02-01"));
        Assert.Contains("no report 'survey'", Refused(() => Report("survey", 2026)), StringComparison.Ordinal);
        Assert.Contains("2027 is not over", Refused(() => Report("ledger", 2027)), StringComparison.Ordinal);
        Assert.Contains("cannot trade", Refused(() => bank.Compliance.FileReport(
            Programme, Bank, "ledger", 2026, "r.txt", [1], bank.Reviewer)), StringComparison.Ordinal);
        Assert.Contains("no instrument 'bond-9'", Refused(() => bank.Compliance.FileInstrument(
            Programme, Bank, "bond-9", BankFiling.Voided, new DateOnly(2027, 1, 1), "撤销", "n.txt", [1], bank.Sponsor)),
            StringComparison.Ordinal);
        Assert.Contains("registered as sponsor", Refused(() => bank.Compliance.FileInstrument(
            Programme, Bank, "bond-1", BankFiling.Renewed, new DateOnly(2027, 1, 1), "恢复", "n.txt", [1], bank.Sponsor)),
            StringComparison.Ordinal);

        static string Refused(Action act) => Assert.Throws<InputException>(act).Fault;
    }

    private Instant Now => Instant.From(clock.GetUtcNow());

    private BankAccount Account => BankAccounts.Read(bank.Ledger, Programme, Bank);

    private List<TriggerProposal> Proposals() =>
        [.. bank.Ledger.Entries().Select(TriggerProposal.Read).OfType<TriggerProposal>().Where(p => p.Bank == Bank.Id)];

    private void Release()
    {
        bank.Award();
        bank.Approve(bank.File("easement"));
    }

    private void Void(string instrument, string day, byte document) => bank.Compliance.FileInstrument(
        Programme, Bank, instrument, BankFiling.Voided,
        DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "撤销", "notice.txt", [document], bank.Sponsor);

    private void Report(string report, int year, string day)
    {
        clock.MoveTo(Noon(day));
        Report(report, year);
    }

    private void Report(string report, int year) => bank.Compliance.FileReport(
        Programme, Bank, report, year, $"{report}.txt", Encoding.UTF8.GetBytes($"{report} {year}"), bank.Sponsor);

    // A sealed judgement of the cover as the scene flow writes it, in what the dossier reads of it.
    private void Judge(string scene, string outcome)
    {
        string at = Instant.From(Noon(scene)).ToString();
        byte[] body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new { programme = Programme.Id, version = "1", bank = Bank.Id, milestone = "cover", scene = at, outcome });
        clock.MoveTo(Noon(scene));
        bank.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Assessment, $"assessment/{Programme.Id}/1/{Bank.Id}/cover/{at}", "monitor test", 1, null, body),
            Now);
    }

    private CreditAnswer Sell(string permit) => bank.Sales.Sell(
        Programme, Bank, new SaleOrder(
            permit, 1, Bank.Class, permit, "乙公司", null, 119.92m, 28.45m, "33010203", 1000m, null, null), bank.Sponsor);

    private static DateTimeOffset Noon(string day) => Midnight(day).ToDateTimeOffset().AddHours(12);

    private static Instant Midnight(string day) => Period.Midnight(
        DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), BankFolder.Programme.Zone);
}
