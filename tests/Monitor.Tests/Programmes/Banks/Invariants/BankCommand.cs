using FsCheck;
using FsCheck.Fluent;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>What somebody asks of a bank; which of the others it concerns is left to the numbers.</summary>
/// <param name="Verb">See <see cref="RandomBank.Do"/>.</param>
/// <param name="Who">Index of a person.</param>
/// <param name="Which">Index of a milestone, reservation, entry or place.</param>
/// <param name="Amount">Ten-thousandths of a credit.</param>
/// <param name="Days">Civil days that pass before it.</param>
internal readonly record struct BankCommand(BankVerb Verb, int Who, int Which, int Amount, int Days)
{
    // How often each is asked: sales and approvals carry the histories on, orders to stop are rarer.
    private static readonly (int Weight, BankVerb Verb)[] Weights =
    [
        (5, BankVerb.File), (14, BankVerb.Approve), (1, BankVerb.Reject), (4, BankVerb.Reserve), (7, BankVerb.Sell),
        (3, BankVerb.SellReserved), (2, BankVerb.Transfer), (4, BankVerb.Except), (2, BankVerb.Suspend), (7, BankVerb.Lift),
        (4, BankVerb.Correct), (4, BankVerb.Judge), (3, BankVerb.Propose), (3, BankVerb.Report), (1, BankVerb.Instrument),
    ];

    internal static Arbitrary<BankCommand[]> Histories { get; } =
        (from verb in Gen.Frequency([.. Weights.Select(w => (w.Weight, Gen.Constant(w.Verb)))])
         from who in Gen.Choose(0, 5)
         from which in Gen.Choose(0, 11)
         from amount in Gen.Choose(1, 60_000)
         from days in Gen.Frequency((6, Gen.Choose(0, 3)), (2, Gen.Choose(4, 60)), (1, Gen.Choose(61, 200)))
         select new BankCommand(verb, who, which, amount, days)).ArrayOf(45).ToArbitrary();
}

/// <summary>The verbs of a history.</summary>
internal enum BankVerb
{
    /// <summary>Files a document and proposes the release.</summary>
    File,

    /// <summary>Says yes to something that is open.</summary>
    Approve,

    /// <summary>Says no.</summary>
    Reject,

    /// <summary>Reserves until a day.</summary>
    Reserve,

    /// <summary>Sells free credits, or an exception's.</summary>
    Sell,

    /// <summary>Sells what a reservation holds.</summary>
    SellReserved,

    /// <summary>Responsibility for a sale passes.</summary>
    Transfer,

    /// <summary>Asks for an exception from the service area.</summary>
    Except,

    /// <summary>Suspends.</summary>
    Suspend,

    /// <summary>Lifts.</summary>
    Lift,

    /// <summary>Corrects a former entry.</summary>
    Correct,

    /// <summary>A scene comes in, perhaps late, and is judged.</summary>
    Judge,

    /// <summary>The service proposes what the triggers show.</summary>
    Propose,

    /// <summary>Files a year's report.</summary>
    Report,

    /// <summary>Files that an instrument is void, or holds again.</summary>
    Instrument,
}
