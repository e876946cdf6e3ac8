using System.Text;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>1: forgets what was released, in the rule and in the store's keys.</summary>
internal sealed class ForgetsReleases : BankLaw
{
    public override bool IsIdempotent => false;

    public override bool MayPropose(BankAccount account, string milestone) => true;

    public override string? FaultOfRelease(
        BankAccount account, BankDossier dossier, Milestone milestone, decimal credits, Instant now) =>
        account.Award is null ? "no award" : null;
}

/// <summary>2: forgets that reservations hold credits.</summary>
internal sealed class ForgetsReservations : BankLaw
{
    public override string? FaultOfSale(
        BankAccount account, BankDossier dossier, decimal credits, long? reservation, DateOnly today) =>
        credits > All(account).Credits ? "not enough" : null;

    public override SerialSet Serials(BankAccount account, decimal credits, CreditHold? hold) => All(account).Lowest(credits);

    private static SerialSet All(BankAccount account) => account.Holdings.Holds.Aggregate(
        account.Holdings.Free, (all, hold) => all.With(hold.Held));
}

/// <summary>3: sells the first numbers again.</summary>
internal sealed class SellsTheFirstNumbers : BankLaw
{
    public override SerialSet Serials(BankAccount account, decimal credits, CreditHold? hold) =>
        SerialSet.Of([new SerialRange(1, (long)(credits * 10_000))]);
}

/// <summary>4: lets a sale be reversed.</summary>
internal sealed class ReversesSales : BankLaw
{
    public override (SerialSet Serials, bool Frees)? Correction(BankAccount account, long reverses, decimal? credits) =>
        account.Sales.FirstOrDefault(s => s.Entry == reverses) is SoldPart sold
            ? (SerialSet.Of(sold.Sale.Serials.Split(',').Select(SerialRange.Parse)), true)
            : base.Correction(account, reverses, credits);
}

/// <summary>4: lets anybody correct, his own entries too.</summary>
internal sealed class LetsAnybodyCorrect : BankLaw
{
    public override string? FaultOfSigner(string kind, Person signer, Person? reversed) => null;
}

/// <summary>5: a store that edits what it holds: every sale of an odd number becomes one credit smaller to the eye.</summary>
internal sealed class EditsItsStore : BankLaw
{
    public override void Keep(List<LedgerEntry> entries, LedgerEntry next)
    {
        string text = Encoding.UTF8.GetString(next.Bytes.Span);
        int at = text.IndexOf("\"permittee\":\"乙公司\"", StringComparison.Ordinal);
        entries.Add(at < 0 ? next : next with
        {
            Bytes = Encoding.UTF8.GetBytes(text.Replace("乙公司", "丙公司", StringComparison.Ordinal)),
        });
    }
}

/// <summary>6: keeps less evidence than was judged.</summary>
internal sealed class KeepsHalfTheEvidence : BankLaw
{
    public override IReadOnlyList<StoredReading> Evidence(IReadOnlyList<StoredReading> judged) =>
        [.. judged.Where(r => r.Reading.Measurand != Measurands.CoverLow)];
}

/// <summary>7: forgets suspensions.</summary>
internal sealed class ForgetsSuspensions : BankLaw
{
    public override string? FaultOfSale(
        BankAccount account, BankDossier dossier, decimal credits, long? reservation, DateOnly today) =>
        base.FaultOfSale(account with { Suspensions = [] }, dossier, credits, reservation, today);
}

/// <summary>8: sells to anybody for anything.</summary>
internal sealed class AsksForNoUse : BankLaw
{
    public override string? FaultOfUse(CreditSale sale, AreaException? exception) => null;
}

/// <summary>9: judges a scene that comes in by editing the judgement before it.</summary>
internal sealed class JudgesInPlace : BankLaw
{
    public override void Keep(List<LedgerEntry> entries, LedgerEntry next)
    {
        entries.Add(next);
        int former = entries.FindLastIndex(
            e => e != next && e.Key.StartsWith("assessment/", StringComparison.Ordinal));
        bool isJudged = next.Key.StartsWith("assessment/", StringComparison.Ordinal) && former >= 0;
        if (isJudged) entries[former] = entries[former] with { Bytes = next.Bytes, Body = next.Body };
    }
}

/// <summary>9: looks at nothing once a milestone has passed.</summary>
internal sealed class LooksAway : BankLaw
{
    public override IReadOnlyList<BankTrigger> Triggers(BankAccount account, BankDossier dossier, Instant now) =>
        [.. base.Triggers(account, dossier, now).Where(t => t.Shows is null)];
}
