using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>
/// What speaks for suspending a bank or for adaptive management now (33 CFR 332.7(c), 332.8(o)(10) and what stands around it).
/// Pure: it proposes nothing; persons decide.
/// </summary>
/// <param name="programme">The terms.</param>
/// <param name="bank">The bank.</param>
/// <param name="account">Its account.</param>
/// <param name="dossier">What its entries show beside that.</param>
/// <param name="now">The time.</param>
public sealed class BankTriggers(
    WetlandProgramme programme, WetlandBank bank, BankAccount account, BankDossier dossier, Instant now)
{
    private readonly DateOnly today = Period.DayOf(now, programme.Zone);
    private readonly ComplianceTerms terms = programme.Compliance;

    /// <summary>All that holds now, in the order of the rules below.</summary>
    public IReadOnlyList<BankTrigger> All() =>
        [.. Regressions(), .. MissedStandards(), .. LateReports(), .. LateMeasures(), .. LapsedAssurances(), .. Unprotected()];

    /// <summary>The years whose report is overdue, newest last.</summary>
    /// <param name="duty">A report of the programme.</param>
    public IReadOnlyList<int> Overdue(ReportDuty duty)
    {
        if (dossier.AwardedAt is not Instant awarded) return [];
        int first = Period.DayOf(awarded, programme.Zone).Year;
        return [.. Enumerable.Range(first, Math.Max(0, today.Year - first))
            .Where(year => duty.LastDay(year) < today && dossier.FindReport(duty.Id, year) is null)];
    }

    /// <summary>The oldest year whose report is not filed; null before the award, from which reports are owed.</summary>
    /// <param name="duty">A report of the programme.</param>
    public int? NextYear(ReportDuty duty)
    {
        if (dossier.AwardedAt is not Instant awarded) return null;
        int year = Period.DayOf(awarded, programme.Zone).Year;
        while (dossier.FindReport(duty.Id, year) is not null) year++;
        return year;
    }

    // A year's judgement is the last conclusive one of its season, once that is over: before, more scenes may come.
    private IEnumerable<BankTrigger> Regressions()
    {
        if (terms.Regression is not RegressionRule rule) yield break;
        foreach (Milestone milestone in programme.Milestones)
        {
            BankFinding? last = Conclusive(milestone.Id).LastOrDefault(f => IsOver(f.At));
            if (last is not { Outcome: CriterionOutcome.Fail }) continue;
            if (!account.IsReleased(milestone.Id) && !dossier.EverPassed(milestone.Id, last.At)) continue;
            string day = BankTrigger.Text(BankTrigger.DayOf(last.At, programme));
            var reason = new Bilingual(
                $"「{milestone.Name.Chinese}」曾经达到，{day} 的判定未达到（存证 #{last.Entry}）",
                $"{milestone.Name.English} was reached before, and the judgement of {day} fails (entry {last.Entry})");
            var found = new BankTrigger(
                TriggerProposal.Management, "missed-standard", milestone.Id, BankTrigger.Text(last.Entry), last.Entry, reason);
            yield return found;
            if (rule == RegressionRule.Suspension) yield return found with { Proposes = TriggerProposal.Suspension };
        }
    }

    private IEnumerable<BankTrigger> MissedStandards()
    {
        if (dossier.AwardedAt is not Instant awarded) yield break;
        foreach (StandardDeadline standard in terms.Standards)
        {
            DateOnly last = standard.LastDay(Period.DayOf(awarded, programme.Zone));
            if (today <= last || IsMet(standard.Milestone)) continue;
            Milestone milestone = programme.FindMilestone(standard.Milestone)!;
            BankFinding? failed = Conclusive(milestone.Id).LastOrDefault(f => IsOver(f.At));
            yield return new BankTrigger(
                TriggerProposal.Suspension, standard.Trigger, milestone.Id,
                failed is null ? BankTrigger.Text(last) : BankTrigger.Text(failed.Entry), failed?.Entry,
                new Bilingual(
                    $"「{milestone.Name.Chinese}」应于 {BankTrigger.Text(last)} 前达到，尚未达到",
                    $"{milestone.Name.English} was to be met by {BankTrigger.Text(last)} and is not"));
        }
    }

    private IEnumerable<BankTrigger> LateReports()
    {
        foreach (ReportDuty duty in terms.Reports)
        {
            if (Overdue(duty) is not [.., int newest] years) continue;
            string all = string.Join(", ", years.Select(y => y.ToString(CultureInfo.InvariantCulture)));
            string day = BankTrigger.Text(duty.LastDay(newest));
            yield return new BankTrigger(
                TriggerProposal.Suspension, "late-report", duty.Id, day, null, new Bilingual(
                    $"{duty.Name.Chinese}（{all} 年度）应于 {day} 前报送，未收到",
                    $"{duty.Name.English} of {all}, due by {day}, was not filed"));
        }
    }

    private IEnumerable<BankTrigger> LateMeasures()
    {
        foreach (TriggerPart order in account.Triggers)
        {
            bool isOrdered = order.Proposal.Proposes == TriggerProposal.Management && order.Case.IsApproved
                && dossier.Filings.All(f => f.Filing.Order != order.Case.Entry);
            if (!isOrdered || MeasuresDue(order) is not DateOnly due || due >= today) continue;
            yield return new BankTrigger(
                TriggerProposal.Suspension, "late-report", order.Proposal.Subject,
                $"measures/{order.Case.Entry}", order.Case.Entry, new Bilingual(
                    $"适应性管理措施（存证 #{order.Case.Entry}）应于 {BankTrigger.Text(due)} 前报送，未收到",
                    $"the measures ordered by entry {order.Case.Entry}, due by {BankTrigger.Text(due)}, were not filed"));
        }
    }

    /// <summary>The last day for the measures of an approved order, inclusive; null before it is approved.</summary>
    public DateOnly? MeasuresDue(TriggerPart order) =>
        order.Case.IsApproved && dossier.Times.TryGetValue(order.Case.Approvals[^1].Number, out Instant ordered)
            ? Period.DayOf(ordered, programme.Zone).AddDays(terms.MeasuresDays)
            : null;

    private IEnumerable<BankTrigger> LapsedAssurances()
    {
        foreach (Assurance assurance in bank.Assurances)
        {
            if (dossier.VoidOn(assurance.Id, today) is FiledPart voided)
            {
                yield return new BankTrigger(
                    TriggerProposal.Suspension, "lapsed-assurance", assurance.Id, BankTrigger.Text(voided.Entry), voided.Entry,
                    new Bilingual(
                        $"担保 {assurance.Id} 自 {voided.Filing.Day} 起失效：{voided.Filing.Reason}",
                        $"the assurance {assurance.Id} is void from {voided.Filing.Day} on: {voided.Filing.Reason}"));
            }
            else if (assurance.Expires < today)
            {
                string day = BankTrigger.Text(assurance.Expires);
                yield return new BankTrigger(
                    TriggerProposal.Suspension, "lapsed-assurance", assurance.Id, day, null, new Bilingual(
                        $"担保 {assurance.Id} 已于 {day} 到期", $"the assurance {assurance.Id} expired on {day}"));
            }
        }
    }

    private IEnumerable<BankTrigger> Unprotected()
    {
        foreach (string id in terms.Protection)
        {
            Milestone milestone = programme.FindMilestone(id)!;
            if (dossier.VoidOn(id, today) is FiledPart voided)
            {
                yield return new BankTrigger(
                    TriggerProposal.Suspension, "missing-protection", id, BankTrigger.Text(voided.Entry), voided.Entry,
                    new Bilingual(
                        $"「{milestone.Name.Chinese}」自 {voided.Filing.Day} 起失效：{voided.Filing.Reason}",
                        $"{milestone.Name.English} is void from {voided.Filing.Day} on: {voided.Filing.Reason}"));
            }
            else if (!account.IsReleased(id) && account.Releases is [ReleasedPart first, ..])
            {
                yield return new BankTrigger(
                    TriggerProposal.Suspension, "missing-protection", id, BankTrigger.Text(first.Entry), first.Entry,
                    new Bilingual(
                        $"已释放信用（存证 #{first.Entry}），而「{milestone.Name.Chinese}」尚未完成",
                        $"credits are released (entry {first.Entry}) and {milestone.Name.English} is not shown"));
            }
        }
    }

    private bool IsMet(string milestone) => account.IsReleased(milestone)
        || account.StandingProposal(milestone) is { Case.IsApproved: true }
        || Conclusive(milestone).LastOrDefault() is { Outcome: CriterionOutcome.Pass };

    private IEnumerable<BankFinding> Conclusive(string milestone) => dossier.Findings
        .Where(f => f.Milestone == milestone && (f.Outcome is CriterionOutcome.Pass or CriterionOutcome.Fail))
        .OrderBy(f => f.At).ThenBy(f => f.Entry);

    private bool IsOver(Instant at)
    {
        int year = Period.DayOf(at, programme.Zone).Year;
        Instant end = programme.Composite?.Holds(at, programme.Zone) == true
            ? programme.Composite.SeasonOf(year, programme.Zone).To
            : Period.OfYear(year, programme.Zone).End;
        return end <= now;
    }
}
