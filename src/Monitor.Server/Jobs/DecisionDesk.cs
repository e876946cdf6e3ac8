using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>What a decision came to.</summary>
/// <param name="Entry">The entry that seals it.</param>
/// <param name="IsNew">Whether it was sealed now; the same decision of the same person before is a no-op.</param>
/// <param name="Case">Where the entry decided on stands.</param>
/// <param name="Results">What was sealed in consequence, in ledger order.</param>
/// <param name="Waits">What an approved release or suspension waits for; null where it waits for nothing.</param>
public sealed record DecisionOutcome(
    LedgerEntry Entry, bool IsNew, DecisionCase Case, IReadOnlyList<LedgerEntry> Results, string? Waits);

/// <summary>
/// Takes the decisions of registered persons, and seals what follows when two have approved. An approval and its
/// consequence are two entries; where the program ends between them, the next <see cref="Complete"/> seals the second.
/// </summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">What judgements were made from.</param>
/// <param name="folder">Where documents are written.</param>
/// <param name="register">Who is registered.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class DecisionDesk(
    ILedgerStore ledger, EvidenceStore evidence, DataFolder folder, PersonRegister register, TimeProvider clock)
{
    /// <summary>Every entry that two persons decide, as it stands; unregistered signatures do not count.</summary>
    public DecisionBook Read() => DecisionBook.Of(ledger.Entries(), register.Registration());

    /// <summary>
    /// Why a person may not decide on an entry now; null where nothing is against it, or where the person has said the same
    /// before, which is a no-op.
    /// </summary>
    /// <exception cref="InputException">There is no such entry, or it is none that is decided.</exception>
    public DecisionFault? FaultOf(long number, Person person, bool approves)
    {
        LedgerEntry target = Target(number);
        DecisionCase found = Find(Read(), target);
        return Own(found, person, approves) is null
            ? Refused(target, approves) ?? found.FaultOf(person, approves)
            : null;
    }

    /// <summary>Seals a person's decision on an entry and what follows from it.</summary>
    /// <param name="number">The entry.</param>
    /// <param name="who">Who decides.</param>
    /// <param name="approves">Yes or no.</param>
    /// <param name="reason">Why; needed for a no.</param>
    /// <exception cref="InputException">There is no such entry, it is decided, or this person may not decide it.</exception>
    public DecisionOutcome Decide(long number, Signatory who, bool approves, string reason = "")
    {
        LedgerEntry target = Target(number);
        RequireReason(approves, reason);
        if (Own(Find(Read(), target), who.Person, approves) is SealedDecision before) return Outcome(before.Number, isNew: false);
        var decision = new Decision(number, target.Hash, approves, who.Person, reason);
        string registered = evidence.Put(register.LinesAt(who.Position));
        LedgerEntry made = ledger.Append(decision.LedgerKey, _ =>
        {
            // Read under the ledger's lock: what the rules are asked of cannot change before the entry is there.
            DecisionFault? fault = Refused(target, approves) ?? Find(Read(), target).FaultOf(who.Person, approves);
            return fault is null
                ? new LedgerDraft(
                    decision.Kind, decision.LedgerKey, SealingDesk.Software, who.Position, registered,
                    decision.Write(who.Sign))
                : throw new InputException(fault.Fault, fault.Remedy, field: "ENTRY");
        }, Now)!;
        Person? signer = SignedStatement.SignerOf(made.Body.Span, out _);
        return signer == who.Person ? Outcome(made.Number, isNew: true) : throw new InputException(
            $"Entry {number} was decided meanwhile by {signer?.Name} (entry {made.Number}).", "Look with `ledger show`.");

        DecisionOutcome Outcome(long entry, bool isNew)
        {
            IReadOnlyList<LedgerEntry> results = Complete();
            DecisionCase now = Find(Read(), target);
            return new DecisionOutcome(ledger.At(entry)!, isNew, now, results, WaitsFor(now));
        }
    }

    /// <summary>
    /// Seals everything that two persons approved and nothing is against: notices, awards, releases, suspensions, definitions, in
    /// ledger order, and again as long as one makes way for another. Nothing to do is a no-op.
    /// </summary>
    /// <returns>What was sealed now.</returns>
    public IReadOnlyList<LedgerEntry> Complete()
    {
        List<LedgerEntry> made = [];
        for (bool isMore = true; isMore;)
        {
            isMore = false;
            foreach (DecisionCase decided in Read().Cases.Where(c => c is { IsApproved: true, Result: null }))
            {
                LedgerEntry? result = decided.Kind == LedgerKinds.Notice
                    ? new NoticeIssue(ledger, evidence, folder).Complete(decided, Now)
                    : AdoptionProposal.Is(ledger.At(decided.Entry)!)
                    ? new AdoptionDesk(ledger, evidence, clock).Complete(decided, Now)
                    : TriggerProposal.Read(ledger.At(decided.Entry)!) is not null
                    ? Suspensions.Complete(decided, Now)
                    : Releases.Complete(decided, Now);
                if (result is null) continue;
                made.Add(result);
                isMore = true;
            }
        }
        return made;
    }

    /// <summary>
    /// What an approved release or suspension waits for, in words; null where nothing is against it, or it is not approved.
    /// </summary>
    public string? WaitsFor(DecisionCase decided) =>
        decided is { IsApproved: true, Result: null } && !AdoptionProposal.Is(ledger.At(decided.Entry)!)
            ? Suspensions.Waits(decided, Now) ?? Releases.Waits(decided, Now)
            : null;

    private SuspensionIssue Suspensions => new(ledger, evidence);

    private ReleaseIssue Releases => new(ledger, evidence, folder);

    private Instant Now => Instant.From(clock.GetUtcNow());

    private LedgerEntry Target(long number) => ledger.At(number) ?? throw new InputException(
        $"There is no entry {number}.", $"The ledger has entries 1 to {ledger.Head.Entries}.", field: "ENTRY");

    private static SealedDecision? Own(DecisionCase found, Person person, bool approves) => approves
        ? found.Approvals.FirstOrDefault(a => a.Decision.Person == person)
        : found.Rejection is SealedDecision no && no.Decision.Person == person ? no : null;

    private static DecisionCase Find(DecisionBook book, LedgerEntry target) => book.Find(target.Number)
        ?? throw new InputException(
            $"Entry {target.Number} is of kind {target.Kind} and nothing that is decided.",
            "Name a proposal or a draft notice.", field: "ENTRY");

    private DecisionFault? Refused(LedgerEntry target, bool approves) => Preliminary(target, approves)
        ?? (approves && Releases.FaultOfShown(target) is string later
            ? new DecisionFault(
                DecisionRule.JudgedAgain, $"Nothing is released on entry {target.Number}: {later}.",
                "Reject it, with this reason.")
            : null);

    // For decisions from here on: what was approved before there was this rule stays as it is sealed.
    private static DecisionFault? Preliminary(LedgerEntry target, bool approves) =>
        approves && target.Kind == LedgerKinds.Notice && SealedNotice.Read(target).IsPreliminary
            ? new DecisionFault(
                DecisionRule.Preliminary,
                $"Entry {target.Number} is a month's draft, which is preliminary: nothing is issued on it.",
                "Approve the year's.")
            : null;

    private static void RequireReason(bool approves, string reason)
    {
        if (!approves && reason.Trim().Length == 0) throw new InputException(
            "The reason is empty.", "Say why it is rejected.", field: "--reason");
        if (reason.Length > Decision.ReasonLengthMax) throw new InputException(
            $"The reason has {reason.Length} characters.", $"Use at most {Decision.ReasonLengthMax}.", field: "--reason");
    }
}
