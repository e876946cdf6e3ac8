using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Banks;

/// <summary>Something that speaks for a suspension or for adaptive management, as the ledger and the calendar show it.</summary>
/// <param name="Proposes"><see cref="TriggerProposal.Suspension"/> or <see cref="TriggerProposal.Management"/>.</param>
/// <param name="Trigger">One of <see cref="BankSuspension.Triggers"/>.</param>
/// <param name="Subject">Milestone, report, assurance or protection concerned.</param>
/// <param name="Ground">What shows it, so that the same is told from the next: an entry's number, or a day.</param>
/// <param name="Shows">The entry that shows it; null where the terms and the calendar do.</param>
/// <param name="Reason">In words.</param>
public sealed record BankTrigger(
    string Proposes, string Trigger, string Subject, string Ground, long? Shows, Bilingual Reason)
{
    /// <summary>The proposal that was made on this very ground, decided or not; null where none was.</summary>
    public TriggerPart? Proposed(BankAccount account) =>
        account.Triggers.FirstOrDefault(p => IsSame(p.Proposal, withGround: true));

    /// <summary>
    /// Whether it is to be proposed now: never again on the same ground, and on another one only when nothing of its subject
    /// is under way: no proposal that waits for a decision, no suspension that stands, no measures due.
    /// </summary>
    /// <param name="account">The account as it stands.</param>
    /// <param name="dossier">What its filings show.</param>
    public bool IsDue(BankAccount account, BankDossier dossier)
    {
        if (Proposed(account) is not null) return false;
        return !account.Triggers.Any(p => IsSame(p.Proposal, withGround: false) && IsUnderWay(p, account, dossier));
    }

    private bool IsSame(TriggerProposal p, bool withGround) => p.Proposes == Proposes && p.Trigger == Trigger
        && p.Subject == Subject && (!withGround || p.Ground == Ground);

    private static bool IsUnderWay(TriggerPart part, BankAccount account, BankDossier dossier)
    {
        if (part.Case.Rejection is not null) return false;
        if (!part.Case.IsApproved) return true;
        // Approved and never sealed: another suspension stood, and by now the ground is another.
        return part.Proposal.Proposes == TriggerProposal.Management
            ? dossier.Filings.All(f => f.Filing.Order != part.Case.Entry)
            : part.Case.Result is long made && account.Suspensions.Any(s => s.Entry == made && s.LiftedBy is null);
    }

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static DateOnly DayOf(Instant moment, WetlandProgramme programme) => Period.DayOf(moment, programme.Zone);
}
