using FsCheck;
using FsCheck.Fluent;
using Monitor.Ledger;
using Xunit;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>
/// The laws of a bank's ledger over random histories of commands by anybody, and for each a fault put into the rules that
/// its property must find.
/// </summary>
public sealed class BankInvariantTests
{
    private const int Histories = 60, HistoriesToBreak = 400;

    [Fact]
    public void Released_is_never_more_than_awarded_and_no_milestone_is_released_twice() =>
        AssertLaw(BankInvariants.ReleasedWithinAward, [LedgerKinds.Release], new ForgetsReleases());

    [Fact]
    public void Available_is_released_less_sold_less_reduced_less_reserved_and_never_below_zero() =>
        AssertLaw(
            BankInvariants.AvailableIsWhatIsLeft, [LedgerKinds.Sale, LedgerKinds.Reservation, LedgerKinds.Correction],
            new ForgetsReservations());

    [Fact]
    public void A_serial_number_is_in_one_state_and_what_is_sold_stays_sold() =>
        AssertLaw(BankInvariants.SerialsAreInOneState, [LedgerKinds.Sale, LedgerKinds.Correction], new SellsTheFirstNumbers());

    [Fact]
    public void A_correction_is_an_entry_of_another_approver_with_a_reason_and_reverses_no_sale() =>
        AssertLaw(
            BankInvariants.CorrectionsAreEntries, [LedgerKinds.Correction, LedgerKinds.Sale], new ReversesSales(),
            new LetsAnybodyCorrect());

    [Fact]
    public void Every_hash_holds_over_the_stored_bytes_up_to_the_head() =>
        AssertLaw(BankInvariants.ChainHolds, [LedgerKinds.Sale], new EditsItsStore());

    [Fact]
    public void What_a_decision_rests_on_is_kept_and_gives_the_same_again() =>
        AssertLaw(
            BankInvariants.DecisionsReplay, [LedgerKinds.Release, LedgerKinds.Assessment], new KeepsHalfTheEvidence());

    [Fact]
    public void While_a_suspension_stands_nothing_is_released_reserved_or_sold() =>
        AssertLaw(
            BankInvariants.SuspendedMeansStopped, [LedgerKinds.Suspension, LedgerKinds.Lifting, LedgerKinds.Sale],
            new ForgetsSuspensions());

    [Fact]
    public void A_sale_names_a_permit_the_class_and_a_place_that_the_area_or_two_persons_allow() =>
        AssertLaw(BankInvariants.SalesNameTheirUse, [LedgerKinds.Sale], new AsksForNoUse());

    [Fact]
    public void Late_data_change_no_decision_and_raise_a_re_evaluation() =>
        AssertLaw(
            BankInvariants.LateDataOnlyRaise, [LedgerKinds.Assessment, LedgerKinds.Release], new JudgesInPlace(),
            new LooksAway());

    [Fact]
    public void The_histories_reach_what_the_laws_are_about()
    {
        Dictionary<string, int> reached = [];
        void Count(string what, int times) => reached[what] = reached.GetValueOrDefault(what) + times;
        foreach (BankCommand[] commands in BankCommand.Histories.Generator.Sample(3 * Histories, 100))
        {
            RandomBank bank = RandomBank.Run(commands);
            Assert.False(bank.IsBroken);
            Assert.Empty(bank.AuditFaults);
            foreach (LedgerEntry entry in bank.Entries) Count(entry.Kind, 1);
            Count("reservations that ended", bank.Expired);
            Count("late scenes", bank.LateScenes);
            Count("exceptions used", bank.Account.Sales.Count(s => s.Sale.Completes is not null));
            Count("triggers proposed", bank.Account.Triggers.Count);
            Count("suspensions decided by two", bank.Account.Suspensions.Count(s => s.Suspension.Completes is not null));
        }
        string[] wanted =
        [
            LedgerKinds.Release, LedgerKinds.Reservation, LedgerKinds.Sale, LedgerKinds.Transfer, LedgerKinds.Suspension,
            LedgerKinds.Lifting, LedgerKinds.Correction, LedgerKinds.Rejection, LedgerKinds.Assessment,
            "reservations that ended", "late scenes", "triggers proposed", "suspensions decided by two", "exceptions used",
        ];
        string all = string.Join(", ", reached.Select(r => $"{r.Key} {r.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine(all);
        Assert.All(wanted, what => Assert.True(reached.GetValueOrDefault(what) >= 1, $"{what} in {all}"));
        Assert.True(reached[LedgerKinds.Sale] >= Histories, all);
        // More than the easements with which each begins.
        Assert.True(reached[LedgerKinds.Release] > 3 * Histories, all);
    }

    // Holds over random histories that reach what it is about; and each fault is found, so that the property can fail.
    private static void AssertLaw(Func<RandomBank, string?> fault, string[] reaches, params BankLaw[] broken)
    {
        Dictionary<string, int> reached = [];
        Prop.ForAll(BankCommand.Histories, commands =>
        {
            RandomBank bank = RandomBank.Run(commands);
            foreach (LedgerEntry entry in bank.Entries) reached[entry.Kind] = reached.GetValueOrDefault(entry.Kind) + 1;
            Assert.Null(fault(bank));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));
        Assert.All(reaches, kind => Assert.True(reached.GetValueOrDefault(kind) > 0, $"no history came to a {kind}"));
        foreach (BankLaw law in broken)
        {
            bool isFound = BankCommand.Histories.Generator.Sample(HistoriesToBreak, 100)
                .Any(commands => fault(RandomBank.Run(commands, law)) is not null);
            Assert.True(isFound, $"{law.GetType().Name} was not found in {HistoriesToBreak} histories");
        }
    }
}
