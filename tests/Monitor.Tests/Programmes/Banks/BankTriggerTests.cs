using Monitor.Programmes.Banks;
using Monitor.Tests.Ledger.Decisions;
using Xunit;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>What speaks for a suspension, when, and how often it is proposed.</summary>
public sealed class BankTriggerTests
{
    private static readonly (string, string) Suspends = ("regression: adaptive-management", "regression: suspension");

    [Fact]
    public void A_passed_criterion_that_fails_in_a_later_season_is_seen_once_that_is_over()
    {
        BankDiary bank = Covered();
        var failed = bank.Judge("2027-07-01", "2027-06-20", "fail");
        Reports(bank, 2026, "2027-02-01");
        // The season ends on 30 September: until then a later scene may still come.
        Assert.Equal("", Told(bank, "2027-09-30"));
        Assert.Equal($"adaptive-management missed-standard cover {failed.Number}", Told(bank, "2027-10-01"));
        bank.Judge("2027-10-02", "2027-08-20", "inconclusive");
        Assert.Equal($"adaptive-management missed-standard cover {failed.Number}", Told(bank, "2027-10-02"));
        // Late, of a later day of the same season: the last conclusive one is the season's.
        bank.Judge("2027-10-03", "2027-09-10", "pass");
        Assert.Equal("", Told(bank, "2027-10-03"));
    }

    [Fact]
    public void A_criterion_that_never_passed_does_not_regress()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        bank.Judge("2026-07-01", "2026-06-20", "fail");
        Assert.Equal("", Told(bank, "2026-12-01"));
    }

    [Fact]
    public void The_programme_says_whether_a_regress_also_proposes_a_suspension()
    {
        BankDiary bank = Covered(Suspends);
        long failed = bank.Judge("2026-10-01", "2026-09-20", "fail").Number;
        Assert.Equal(
            $"adaptive-management missed-standard cover {failed}; suspension missed-standard cover {failed}",
            Told(bank, "2026-10-02"));
    }

    [Fact]
    public void A_report_is_late_on_the_day_after_its_last_and_names_its_years()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        Assert.Equal("", Told(bank, "2027-03-31"));
        Assert.Equal(
            "suspension late-report monitoring 2027-03-31; suspension late-report ledger 2027-03-31", Told(bank, "2027-04-01"));
        bank.File("2027-04-02", bank.Filing() with { Report = "ledger", Year = 2026 });
        Assert.Equal("suspension late-report monitoring 2027-03-31", Told(bank, "2027-04-02"));
        // A year later both of the first report's years are missing, and it is the newest day that counts.
        Assert.Equal(
            "suspension late-report monitoring 2028-03-31; suspension late-report ledger 2028-03-31", Told(bank, "2028-04-01"));
        Assert.Contains("2026, 2027", bank.Triggers("2028-04-01")[0].Reason.English, StringComparison.Ordinal);
        // Before an award nothing is owed.
        Assert.Equal("", Told(new BankDiary(), "2030-01-01"));
    }

    [Fact]
    public void A_standard_is_missed_after_its_year_until_it_is_met()
    {
        var bank = new BankDiary(("years: 5", "years: 1"), ("due: \"03-31\"", "due: \"12-31\""));
        bank.Award("2026-03-01");
        Reports(bank, 2026, "2027-02-01");
        Assert.Equal("", Told(bank, "2027-12-31"));
        Assert.Equal("suspension missed-standard cover 2027-12-31", Told(bank, "2028-01-01"));
        long failed = bank.Judge("2028-07-01", "2028-06-20", "fail").Number;
        Assert.Equal($"suspension missed-standard cover {failed}", Told(bank, "2028-10-01"));
        bank.Judge("2028-10-02", "2028-09-20", "pass");
        Assert.Equal("", Told(bank, "2028-10-02"));
    }

    [Fact]
    public void An_assurance_lapses_when_it_expires_or_is_voided_until_it_is_renewed()
    {
        var bank = new BankDiary(("expires: 2035-12-31", "expires: 2026-06-30"));
        Assert.Equal("", Told(bank, "2026-06-30"));
        Assert.Equal("suspension lapsed-assurance bond-1 2026-06-30", Told(bank, "2026-07-01"));

        bank = new BankDiary();
        long voided = Void(bank, "2026-03-01", "bond-1", BankFiling.Voided, from: "2026-05-01");
        Assert.Equal("", Told(bank, "2026-04-30"));
        Assert.Equal($"suspension lapsed-assurance bond-1 {voided}", Told(bank, "2026-05-01"));
        Assert.Equal("assurance", bank.Awaited("easement", "2026-05-01").Split(' ').Single(c => c == "assurance"));
        Void(bank, "2026-06-01", "bond-1", BankFiling.Renewed, from: "2026-06-01");
        Assert.Equal("", Told(bank, "2026-06-01"));
    }

    [Fact]
    public void A_protection_that_is_voided_or_missing_speaks_for_a_suspension()
    {
        BankDiary bank = Released();
        long voided = Void(bank, "2026-05-01", "easement", BankFiling.Voided, from: "2026-05-01");
        Assert.Equal($"suspension missing-protection easement {voided}", Told(bank, "2026-05-01"));
        Assert.Equal("protection decision", bank.Awaited("exotics", "2026-05-01"));

        // Terms by which another milestone protects, which nobody has shown.
        bank = Released(("protection: [easement]", "protection: [exotics]"));
        Assert.Equal(
            $"suspension missing-protection exotics {bank.Account.Releases[0].Entry}", Told(bank, "2026-05-01"));
    }

    [Fact]
    public void A_trigger_is_proposed_once_and_again_only_after_a_rejection_on_another_ground()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        bank.File("2027-02-01", bank.Filing() with { Report = "ledger", Year = 2026 });
        long first = Assert.Single(bank.ProposeTriggers("2027-04-01"));
        Assert.Empty(bank.ProposeTriggers("2027-04-02"));
        bank.File("2028-02-01", bank.Filing() with { Report = "ledger", Year = 2027 });
        // Another ground, and the first is not decided.
        Assert.Empty(bank.ProposeTriggers("2028-04-01"));
        bank.Decide("2028-04-02", first, Signer.Approver, approves: false);
        long second = Assert.Single(bank.ProposeTriggers("2028-04-03"));
        bank.Decide("2028-04-04", second, Signer.Approver, approves: false);
        // Rejected, and the ground is the same.
        Assert.Empty(bank.ProposeTriggers("2028-12-01"));
    }

    [Fact]
    public void A_suspension_that_two_decided_stands_until_it_is_lifted_and_then_its_ground_is_spent()
    {
        BankDiary bank = Released();
        bank.File("2027-02-01", bank.Filing() with { Report = "ledger", Year = 2026 });
        long proposal = Assert.Single(bank.ProposeTriggers("2027-04-01"));
        bank.Approve("2027-04-05", proposal);
        (long entry, string? fault) = bank.Suspend("2027-04-05", proposal);
        Assert.Null(fault);
        Assert.Equal((entry, "late-report"), (bank.Account.Suspended!.Entry, bank.Account.Suspended.Suspension.Trigger));
        Assert.Equal(entry, bank.Book.Find(proposal)!.Result);
        Assert.StartsWith("jiulong is suspended by entry", CreditMovements.FaultOfSale(bank.Account, 1, null));
        Assert.Equal("not-suspended reports decision", bank.Awaited("exotics", "2027-04-06"));
        bank.Lift("2027-04-07");
        Assert.Empty(bank.ProposeTriggers("2027-04-08"));
        Assert.Equal("reports decision", bank.Awaited("exotics", "2027-04-08"));
        bank.File("2027-04-09", bank.Filing() with { Report = "monitoring", Year = 2026 });
        Assert.Equal("decision", bank.Awaited("exotics", "2027-04-09"));
    }

    [Fact]
    public void Nobody_seals_a_suspension_that_two_persons_did_not_approve()
    {
        var bank = new BankDiary();
        bank.Award("2026-03-01");
        bank.File("2027-02-01", bank.Filing() with { Report = "ledger", Year = 2026 });
        long proposal = Assert.Single(bank.ProposeTriggers("2027-04-01"));
        bank.Decide("2027-04-02", proposal, Signer.Approver, approves: true);
        Assert.Contains("which two persons have not approved", Assert.Throws<InvalidOperationException>(
            () => bank.Suspend("2027-04-03", proposal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_that_were_ordered_and_not_filed_in_time_speak_for_a_suspension()
    {
        BankDiary bank = Covered();
        bank.Judge("2026-09-25", "2026-09-20", "fail");
        long order = Assert.Single(bank.ProposeTriggers("2026-10-01"));
        bank.Approve("2026-10-10", order);
        // 10 October + 60 days = 9 December, the last day.
        Assert.DoesNotContain("late-report", Told(bank, "2026-12-09"), StringComparison.Ordinal);
        Assert.Contains($"suspension late-report cover measures/{order}", Told(bank, "2026-12-10"), StringComparison.Ordinal);
        bank.File("2026-12-11", bank.Filing() with { Order = order });
        Assert.DoesNotContain("late-report", Told(bank, "2026-12-11"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bank_in_order_awaits_only_the_decision_and_each_condition_is_told_by_itself()
    {
        var bank = new BankDiary();
        Assert.Equal("award decision", bank.Awaited("easement", "2026-03-01"));
        bank.Award("2026-03-01");
        Assert.Equal("decision", bank.Awaited("easement", "2026-03-01"));
        Assert.Equal("previous protection decision", bank.Awaited("exotics", "2026-03-01"));
        bank.Approve("2026-03-03", bank.File("2026-03-02", "easement"));
        Assert.Equal("", bank.Awaited("easement", "2026-03-03"));
        bank.Release("2026-03-03", "easement");
        Assert.Equal("once", bank.Awaited("easement", "2026-03-03"));
        Assert.Equal("decision", bank.Awaited("exotics", "2026-03-03"));
    }

    // Awarded, and the cover has passed in June 2026.
    private static BankDiary Covered(params (string, string)[] changes)
    {
        var bank = new BankDiary(changes);
        bank.Award("2026-03-01");
        bank.Judge("2026-07-01", "2026-06-20", "pass");
        return bank;
    }

    private static BankDiary Released(params (string, string)[] changes)
    {
        var bank = new BankDiary(changes);
        bank.Award("2026-03-01");
        bank.Approve("2026-03-03", bank.File("2026-03-02", "easement"));
        bank.Release("2026-03-03", "easement");
        return bank;
    }

    private static void Reports(BankDiary bank, int year, string day)
    {
        foreach (string report in (string[])["monitoring", "ledger"])
        {
            bank.File(day, bank.Filing() with { Report = report, Year = year });
        }
    }

    private static long Void(BankDiary bank, string day, string instrument, string state, string from) => bank.File(
        day, bank.Filing() with { Instrument = instrument, State = state, Day = from, Reason = "通知" }).Number;

    private static string Told(BankDiary bank, string day) => string.Join("; ", bank.Triggers(day)
        .Select(t => $"{t.Proposes} {t.Trigger} {t.Subject} {t.Ground}"));
}
