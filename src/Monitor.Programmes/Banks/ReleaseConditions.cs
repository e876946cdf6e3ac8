using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Banks;

/// <summary>One thing that must hold before a milestone's credits are released.</summary>
/// <param name="Id">
/// <c>award</c>, <c>once</c>, <c>not-suspended</c>, <c>previous</c>, <c>within-award</c>, <c>protection</c>, <c>assurance</c>,
/// <c>reports</c>, <c>evidence</c> or <c>decision</c>.
/// </param>
/// <param name="Fault">What is awaited, in words; null where it holds.</param>
public sealed record ReleaseCondition(string Id, string? Fault)
{
    /// <summary>Whether it holds.</summary>
    public bool IsMet => Fault is null;
}

/// <summary>
/// What a release waits for: one list, which the release itself asks and the page shows. Pure. (33 CFR 332.8(o)(8)–(10), (q),
/// (t)(1); the decision is two persons'.)
/// </summary>
public static class ReleaseConditions
{
    /// <summary>Id of the condition that two persons approved.</summary>
    public const string Decision = "decision";

    /// <summary>Every condition, in the order in which the first that fails is told.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="account">Its account.</param>
    /// <param name="dossier">What its entries show beside that.</param>
    /// <param name="milestone">A milestone of the programme.</param>
    /// <param name="credits">What would be released.</param>
    /// <param name="now">The time.</param>
    /// <param name="entries">
    /// The ledger, to ask whether what is proposed rests on what shows the milestone; null where only the account is at hand.
    /// </param>
    public static IReadOnlyList<ReleaseCondition> Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, BankDossier dossier, Milestone milestone,
        decimal credits, Instant now, IReadOnlyList<LedgerEntry>? entries = null)
    {
        DateOnly today = Period.DayOf(now, programme.Zone);
        ProposedPart? standing = account.StandingProposal(milestone.Id);
        DecisionCase? decided = standing?.Case;
        return
        [
            new("award", account.Award is null ? "it waits for the award of credits" : null),
            new("once", account.IsReleased(milestone.Id) ? $"{milestone.Id} is released already" : null),
            new("not-suspended", account.Suspended is SuspendedPart s
                ? $"it waits until the suspension of the bank is lifted (entry {s.Entry})" : null),
            new("previous", FaultOfSequence(programme, account, milestone)),
            new("within-award", account.Award is not null && account.Released + credits > account.Awarded
                ? $"{account.Released} released and {credits} would be more than the {account.Awarded} awarded" : null),
            new("protection", FaultOfProtection(programme, account, dossier, milestone, today)),
            new("assurance", AssuranceWatch.FaultOf(bank, today, dossier)),
            new("reports", FaultOfReports(new BankTriggers(programme, bank, account, dossier, now), programme)),
            new("evidence", standing is null || entries is null || account.IsReleased(milestone.Id)
                ? null
                : ShownMilestone.FaultOf(programme, standing.Proposal, entries)),
            new(Decision, decided is { IsApproved: true } || account.IsReleased(milestone.Id)
                ? null
                : decided is null ? "it is not proposed" : $"it waits for two persons to approve entry {decided.Entry}"),
        ];
    }

    /// <summary>The first condition that does not hold, in words; null where all hold.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? FaultOf(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, BankDossier dossier, Milestone milestone,
        decimal credits, Instant now, IReadOnlyList<LedgerEntry>? entries = null) =>
        Of(programme, bank, account, dossier, milestone, credits, now, entries).FirstOrDefault(c => !c.IsMet)?.Fault;

    private static string? FaultOfSequence(WetlandProgramme programme, BankAccount account, Milestone milestone)
    {
        Milestone? before = programme.IsInSequence
            ? programme.Milestones.TakeWhile(m => m.Id != milestone.Id).FirstOrDefault(m => !account.IsReleased(m.Id))
            : null;
        return before is null ? null : $"it waits for the release of {before.Id}";
    }

    // 332.8(t)(1): protection is finalized before any credits are released; its own milestone is how it is shown.
    private static string? FaultOfProtection(
        WetlandProgramme programme, BankAccount account, BankDossier dossier, Milestone milestone, DateOnly today)
    {
        foreach (string id in programme.Compliance.Protection)
        {
            if (dossier.VoidOn(id, today) is FiledPart voided)
            {
                return $"the protection {id} is void from {voided.Filing.Day} on (entry {voided.Entry})";
            }
            if (id != milestone.Id && !account.IsReleased(id)) return $"it waits for the protection of the site, {id}";
        }
        return null;
    }

    private static string? FaultOfReports(BankTriggers triggers, WetlandProgramme programme)
    {
        foreach (ReportDuty duty in programme.Compliance.Reports)
        {
            if (triggers.Overdue(duty) is [int first, ..])
            {
                return $"it waits for the report {duty.Id} of {first}, due by {BankTrigger.Text(duty.LastDay(first))}";
            }
        }
        return null;
    }
}
