using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>Something that was done about a bank in a year.</summary>
/// <param name="On">The civil day, in the programme's zone.</param>
/// <param name="Entry">Its entry.</param>
/// <param name="What">What was done.</param>
/// <param name="Reason">Why.</param>
public sealed record ReportAction(DateOnly On, long Entry, string What, string Reason);

/// <summary>What a monitoring report prints.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Year">The civil year, in the programme's zone.</param>
/// <param name="Account">The account as it stands.</param>
/// <param name="Standings">Where each milestone stands.</param>
/// <param name="Actions">
/// Suspensions, liftings, corrections and rejections of the year, what the service proposed against the bank, measures and
/// instruments that were filed, in ledger order.
/// </param>
/// <param name="Sponsor">Who asked for the award; null where nobody did.</param>
/// <param name="AwardedOn">The civil day of the award; null before it.</param>
/// <param name="Head">Number of the newest ledger entry.</param>
/// <param name="HeadHash">Its hash.</param>
public sealed record MonitoringContext(
    WetlandProgramme Programme, WetlandBank Bank, int Year, BankAccount Account, IReadOnlyList<MilestoneStanding> Standings,
    IReadOnlyList<ReportAction> Actions, string? Sponsor, DateOnly? AwardedOn, long Head, string HeadHash)
{
    /// <summary>Of a ledger.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="year">The civil year.</param>
    /// <param name="entries">The ledger.</param>
    /// <param name="book">Its decisions.</param>
    /// <param name="head">Its head.</param>
    public static MonitoringContext Of(
        WetlandProgramme programme, WetlandBank bank, int year, IReadOnlyList<LedgerEntry> entries, DecisionBook book,
        LedgerHead head)
    {
        BankAccount account = BankAccount.Of(programme.Id, bank.Id, entries, book);
        // As of the newest entry, not of the clock: the same ledger gives the same report.
        if (entries.Count > 0) account = account.At(entries[^1].SealedAt);
        LedgerEntry? award = account.AwardEntry is long number ? entries.FirstOrDefault(e => e.Number == number) : null;
        return new MonitoringContext(
            programme, bank, year, account, MilestoneStanding.Of(programme, bank, account, entries, year),
            [.. ActionsOf(programme, account, entries).Concat(ManagementOf(programme, account, entries))
                .Where(a => a.On.Year == year).OrderBy(a => a.Entry)],
            account.Proposals.LastOrDefault(p => p.Proposal.Milestone is null)?.Proposal.Preparer?.Person,
            award is null ? null : Period.DayOf(award.SealedAt, programme.Zone), head.Entries, head.Hash);
    }

    private static IEnumerable<ReportAction> ActionsOf(
        WetlandProgramme programme, BankAccount account, IReadOnlyList<LedgerEntry> entries)
    {
        ReportAction Of(long entry, string what, string reason) => ActionOf(programme, entries, entry, what, reason);
        foreach (SuspendedPart suspended in account.Suspensions)
        {
            yield return Of(
                suspended.Entry, "中止 suspension",
                $"{BankWords.Trigger(suspended.Suspension.Trigger)}：{suspended.Suspension.Reason}");
            if (suspended.LiftedBy is not long lifted) continue;
            yield return Of(lifted, $"恢复 lifting of #{suspended.Entry}", BankLifting.Read(At(entries, lifted)).Reason);
        }
        foreach (CorrectedPart corrected in account.Corrections)
        {
            CreditCorrection made = corrected.Correction;
            yield return Of(corrected.Entry, $"更正 correction of #{made.Reverses}", $"{made.Credits}：{made.Reason}");
        }
        foreach (ProposedPart proposed in account.Proposals)
        {
            if (proposed.Case.Rejection is not SealedDecision no) continue;
            yield return Of(no.Number, $"驳回 rejection of #{proposed.Case.Entry}", no.Decision.Reason);
        }
    }

    // Adaptive management: what was proposed, how it was decided, and what was filed in answer.
    private static IEnumerable<ReportAction> ManagementOf(
        WetlandProgramme programme, BankAccount account, IReadOnlyList<LedgerEntry> entries)
    {
        ReportAction Of(long entry, string what, string reason) => ActionOf(programme, entries, entry, what, reason);
        foreach ((DecisionCase decided, TriggerProposal proposal) in account.Triggers)
        {
            string what = proposal.Proposes == TriggerProposal.Management
                ? "提案适应性管理 adaptive management proposed"
                : "提案中止 suspension proposed";
            yield return Of(
                decided.Entry, what, $"{proposal.Trigger}：{proposal.Reason.Chinese}（{MilestoneStanding.Words(decided)}）");
            if (decided.Rejection is not SealedDecision no) continue;
            yield return Of(no.Number, $"驳回 rejection of #{decided.Entry}", no.Decision.Reason);
        }
        foreach (FiledPart filed in BankDossier.Of(programme, account.Bank, entries).Filings)
        {
            BankFiling filing = filed.Filing;
            if (filing.Order is long order)
            {
                yield return Of(filed.Entry, $"报送措施 measures under #{order}", filing.Document.Name);
            }
            else if (filing.Instrument is string instrument)
            {
                string what = filing.State == BankFiling.Voided ? "文书失效 instrument voided" : "文书恢复 instrument renewed";
                yield return Of(filed.Entry, what, $"{instrument}，{filing.Day} 起 from then on：{filing.Reason}");
            }
        }
    }

    private static ReportAction ActionOf(
        WetlandProgramme programme, IReadOnlyList<LedgerEntry> entries, long entry, string what, string reason) =>
        new(Period.DayOf(At(entries, entry).SealedAt, programme.Zone), entry, what, reason);

    private static LedgerEntry At(IReadOnlyList<LedgerEntry> entries, long number) => entries.First(e => e.Number == number);
}
