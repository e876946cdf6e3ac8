using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>
/// The rules that a history asks before it seals: the product's own. A test puts a fault in by overriding one, to show that
/// its property finds it.
/// </summary>
internal class BankLaw
{
    /// <summary>Whether the store gives back the entry of a key that is there, as every store does.</summary>
    public virtual bool IsIdempotent => true;

    public virtual bool MayPropose(BankAccount account, string milestone) => account.StandingProposal(milestone) is null;

    public virtual string? FaultOfRelease(
        BankAccount account, BankDossier dossier, Milestone milestone, decimal credits, Instant now) =>
        ReleaseConditions.FaultOf(RandomBank.Programme, RandomBank.Bank, account, dossier, milestone, credits, now);

    public virtual string? FaultOfReservation(BankAccount account, BankDossier dossier, decimal credits, DateOnly today) =>
        AssuranceWatch.FaultOf(RandomBank.Bank, today, dossier)
            ?? CreditMovements.FaultOfReservation(account, credits, allowsPresale: true);

    public virtual string? FaultOfSale(
        BankAccount account, BankDossier dossier, decimal credits, long? reservation, DateOnly today) =>
        AssuranceWatch.FaultOf(RandomBank.Bank, today, dossier) ?? CreditMovements.FaultOfSale(account, credits, reservation);

    public virtual string? FaultOfUse(CreditSale sale, AreaException? exception) =>
        CreditUse.FaultOf(RandomBank.Bank, sale, exception);

    public virtual SerialSet Serials(BankAccount account, decimal credits, CreditHold? hold) =>
        account.Holdings.NextSale(credits, hold);

    public virtual (SerialSet Serials, bool Frees)? Correction(BankAccount account, long reverses, decimal? credits) =>
        CreditMovements.Correction(account, reverses, credits, out _);

    public virtual string? FaultOfSigner(string kind, Person signer, Person? reversed) =>
        StatementSigner.FaultOf(kind, signer, reversed);

    /// <summary>The readings that are kept as the evidence of a judgement.</summary>
    public virtual IReadOnlyList<StoredReading> Evidence(IReadOnlyList<StoredReading> judged) => judged;

    /// <summary>The triggers that the service sees.</summary>
    public virtual IReadOnlyList<BankTrigger> Triggers(BankAccount account, BankDossier dossier, Instant now) =>
        new BankTriggers(RandomBank.Programme, RandomBank.Bank, account, dossier, now).All();

    /// <summary>What the store does to what it holds when the next entry comes.</summary>
    public virtual void Keep(List<LedgerEntry> entries, LedgerEntry next) => entries.Add(next);

    /// <summary>What is judged when a scene comes in.</summary>
    public virtual MilestoneAssessment? Judge(Instant taken, IEnumerable<Reading> season) => RandomBank.Assess(taken, season);
}
