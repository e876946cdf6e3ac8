using Monitor.Domain.People;

namespace Monitor.Ledger.Decisions;

/// <summary>Why a person may not decide.</summary>
/// <param name="Rule">The rule that is against it.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Remedy">What would help.</param>
public sealed record DecisionFault(DecisionRule Rule, string Fault, string Remedy);

/// <summary>The rules of deciding.</summary>
public enum DecisionRule
{
    /// <summary>What is decided stays.</summary>
    Decided,

    /// <summary>Reviewers and approvers decide.</summary>
    Role,

    /// <summary>Who prepared does not decide.</summary>
    Preparer,

    /// <summary>Nobody approves twice.</summary>
    Twice,

    /// <summary>One of the two is an approver.</summary>
    NeedsApprover,

    /// <summary>A draft that a later one took the place of is not decided.</summary>
    Replaced,

    /// <summary>A month's judgement is preliminary: nothing is issued on it.</summary>
    Preliminary,

    /// <summary>What it rests on was judged again on later evidence, and does not pass any more.</summary>
    JudgedAgain,
}

/// <summary>A person who signed something that an entry rests on.</summary>
/// <param name="Name">The name.</param>
/// <param name="Key">The key's fingerprint.</param>
public sealed record CasePreparer(string? Name, string? Key);

/// <summary>Where an entry that two persons decide stands.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="PreparerName">Who prepared it; null where the service did.</param>
/// <param name="PreparerKey">That person's fingerprint; null where the service did.</param>
public sealed record DecisionCase(long Entry, string Hash, string Kind, string? PreparerName, string? PreparerKey)
{
    /// <summary>How many different persons must say yes.</summary>
    public const int ApprovalsNeeded = 2;

    /// <summary>Persons who signed what it rests on, as the parts of a year; none of them decides either.</summary>
    public IReadOnlyList<CasePreparer> PartPreparers { get; init; } = [];

    /// <summary>The approvals, in ledger order; never more than <see cref="ApprovalsNeeded"/>.</summary>
    public IReadOnlyList<SealedDecision> Approvals { get; init; } = [];

    /// <summary>The no; null where there is none.</summary>
    public SealedDecision? Rejection { get; init; }

    /// <summary>The entry that the approval led to (issued notice, release, award); null where it is not yet sealed.</summary>
    public long? Result { get; init; }

    /// <summary>The draft that took the place of this one, on later data; null where none did.</summary>
    public long? ReplacedBy { get; init; }

    /// <summary>Whether two persons said yes.</summary>
    public bool IsApproved => Approvals.Count == ApprovalsNeeded;

    /// <summary>Whether somebody may still decide.</summary>
    public bool IsOpen => !IsApproved && Rejection is null && ReplacedBy is null;

    /// <summary><c>open</c>, <c>approved</c>, <c>rejected</c>, <c>replaced</c> or <c>done</c>.</summary>
    public string State => ReplacedBy is not null ? "replaced" : Rejection is not null ? "rejected"
        : Result is not null ? "done" : IsApproved ? "approved" : "open";

    /// <summary>
    /// Why this person may not decide now; null where nothing is against it. Two different persons (keys and names), neither
    /// a preparer of it or of its parts, nobody twice, at least one of them an approver and the other a reviewer or an approver.
    /// </summary>
    public DecisionFault? FaultOf(Person person, bool approves)
    {
        if (ReplacedBy is long next)
        {
            return new DecisionFault(
                DecisionRule.Replaced, $"Entry {next} took the place of entry {Entry}, on data that came later.",
                $"Decide on entry {next}.");
        }
        if (Rejection is SealedDecision no)
        {
            return new DecisionFault(
                DecisionRule.Decided,
                $"Entry {Entry} was rejected by {no.Decision.Person.Name} (entry {no.Number}): {no.Decision.Reason}",
                "What is decided stays; prepare it anew.");
        }
        if (IsApproved)
        {
            string names = string.Join(" and ", Approvals.Select(a => a.Decision.Person.Name));
            string numbers = string.Join(", ", Approvals.Select(a => a.Number));
            return new DecisionFault(
                DecisionRule.Decided,
                $"Entry {Entry} is decided: {names} approved it (entries {numbers}).",
                "A correction is a new entry that cites the old.");
        }
        if (person.Role is not (PersonRole.Reviewer or PersonRole.Approver))
        {
            return new DecisionFault(
                DecisionRule.Role,
                $"{person.Name} is registered as {person.Role.Name()} and cannot decide.",
                "A reviewer or an approver must.");
        }
        if (person.Name == PreparerName || person.Key == PreparerKey)
        {
            return new DecisionFault(
                DecisionRule.Preparer,
                $"{person.Name} prepared entry {Entry} and so cannot decide it.", "Two other persons must.");
        }
        if (PartPreparers.Any(p => p.Name == person.Name || p.Key == person.Key))
        {
            return new DecisionFault(
                DecisionRule.Preparer,
                $"{person.Name} signed a part of what entry {Entry} rests on and so cannot decide it.",
                "Two other persons must.");
        }
        SealedDecision? own = Approvals.FirstOrDefault(
            a => a.Decision.Person.Name == person.Name || a.Decision.Person.Key == person.Key);
        if (own is not null)
        {
            return new DecisionFault(
                DecisionRule.Twice,
                $"{person.Name} approved entry {Entry} already (entry {own.Number}).", "Another person must decide next.");
        }
        bool onlyReviewers = person.Role == PersonRole.Reviewer
            && Approvals.Any(a => a.Decision.Person.Role == PersonRole.Reviewer);
        return approves && onlyReviewers
            ? new DecisionFault(
                DecisionRule.NeedsApprover,
                $"A reviewer, {Approvals[0].Decision.Person.Name}, approved entry {Entry} already.",
                "The second approval must be an approver's.")
            : null;
    }
}
