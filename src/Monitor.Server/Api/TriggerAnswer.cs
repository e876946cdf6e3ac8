using Monitor.Programmes.Banks;

namespace Monitor.Server.Api;

/// <summary>Something that speaks for a suspension or for adaptive management now, and what became of it.</summary>
/// <remarks>
/// <c>Proposes</c>: <c>suspension</c> or <c>adaptive-management</c>.
/// <c>Subject</c>: Milestone, report, assurance or protection concerned.
/// <c>Shows</c>: The entry that shows it; null where the terms and the calendar do.
/// <c>Proposal</c>: Entry of the proposal on this ground; null where it is not made yet, and <c>State</c> with it.
/// </remarks>
internal sealed record TriggerAnswer(
    string Proposes, string Trigger, string Subject, BilingualName Reason, long? Shows, long? Proposal, string? State)
{
    internal static IReadOnlyList<TriggerAnswer> All(BankNow at) => [.. at.Triggers.All().Select(t =>
    {
        TriggerPart? made = t.Proposed(at.Account);
        return new TriggerAnswer(
            t.Proposes, t.Trigger, t.Subject, BilingualName.Of(t.Reason), t.Shows, made?.Case.Entry, made?.Case.State);
    })];
}

/// <summary>A report that is due each year.</summary>
/// <remarks>
/// <c>Year</c>: The civil year covered: the oldest that is not filed; null before the award.
/// <c>Due</c>: Its last day, inclusive. <c>Filed</c>: Entry of the newest report filed; null where none was.
/// </remarks>
internal sealed record ReportAnswer(string Id, BilingualName Name, int? Year, string? Due, bool IsOverdue, long? Filed)
{
    internal static IReadOnlyList<ReportAnswer> All(BankNow at) => [.. at.Programme.Compliance.Reports.Select(duty =>
    {
        long? filed = at.Dossier.Filings.LastOrDefault(f => f.Filing.Report == duty.Id)?.Entry;
        int? year = at.Triggers.NextYear(duty);
        return new ReportAnswer(
            duty.Id, BilingualName.Of(duty.Name), year,
            StageAnswer.Day(year is int y ? duty.LastDay(y) : null), at.Triggers.Overdue(duty).Count > 0, filed);
    })];
}
