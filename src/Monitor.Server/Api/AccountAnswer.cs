using Monitor.Domain.Readings;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Api;

/// <summary>Credits of a bank, with four decimals, as they stand now.</summary>
/// <remarks>
/// <c>Remaining</c>: Awarded and not released yet.
/// <c>Available</c>: released − sold − reserved − reduced: what can be sold to anybody.
/// <c>Reserved</c>: released credits that reservations hold. <c>Presold</c>: what they wait for; it compensates nothing.
/// <c>Reduced</c>: taken back by corrections.
/// <c>Class</c>, <c>Method</c>: credits of different classes or methods are never added.
/// <c>Warnings</c>: assurances that run out within 180, 120 or 60 days, or have; the nearest first.
/// </remarks>
internal sealed record AccountAnswer(
    string Awarded, string Released, string Remaining, long? AwardEntry, string? Method, string Class, string Sold,
    string Reserved, string Presold, string Reduced, string Available, SuspensionAnswer? Suspension,
    IReadOnlyList<AssuranceAnswer> Warnings, IReadOnlyList<AccountLineAnswer> Lines)
{
    internal static AccountAnswer Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, LedgerView view, Instant now)
    {
        BankAccount at = account.At(now);
        return new AccountAnswer(
            CreditAward.Text(at.Awarded), CreditAward.Text(at.Released), CreditAward.Text(at.Awarded - at.Released),
            at.AwardEntry, at.Award?.Method, bank.Class, CreditAward.Text(at.Holdings.Sold.Credits),
            CreditAward.Text(at.Holdings.Reserved), CreditAward.Text(at.Holdings.Waiting),
            CreditAward.Text(at.Holdings.Reduced.Credits), CreditAward.Text(at.Holdings.Available),
            at.Suspended is SuspendedPart s
                ? new SuspensionAnswer(s.Entry, s.Suspension.Trigger, s.Suspension.Reason, view.At(s.Entry)!.SealedAt.ToString())
                : null,
            [.. AssuranceWatch.Of(bank, Period.DayOf(now, programme.Zone)).Select(AssuranceAnswer.Of)],
            [.. AccountLine.Of(programme.Id, bank.Id, view.Entries, view.Decisions, now)
                .Select(l => AccountLineAnswer.Of(l, at))]);
    }
}

/// <summary>The suspension that stands.</summary>
internal sealed record SuspensionAnswer(long Entry, string Trigger, string Reason, string SealedAt);

/// <summary>An assurance that runs out.</summary>
/// <remarks>
/// <c>Amount</c>: Yuan. <c>Expires</c>: Its last day. <c>DaysLeft</c>: Below 0 where it has expired, and nothing is sold.
/// </remarks>
internal sealed record AssuranceAnswer(string Id, string Kind, string Amount, string Issuer, string Expires, int DaysLeft)
{
    internal static AssuranceAnswer Of(AssuranceWarning warning) => new(
        warning.Assurance.Id, warning.Assurance.Kind, CanonicalAssessment.Plain(warning.Assurance.Amount)!,
        warning.Assurance.Issuer, $"{warning.Assurance.Expires:yyyy-MM-dd}", warning.DaysLeft);
}

/// <summary>One movement of the account.</summary>
/// <remarks>
/// <c>Kind</c>: the entry's kind, or <c>expiry</c> of a reservation, which has no entry.
/// <c>Subject</c>: milestone, contract, trigger, or the entry concerned.
/// <c>Serials</c>: serial numbers, one for each ten-thousandth of a credit.
/// <c>Available</c>: after it.
/// <c>Document</c>: the certificate or confirmation; null where there is none.
/// </remarks>
internal sealed record AccountLineAnswer(
    long? Entry, string SealedAt, string Kind, string Subject, string? Permit, string Credits, string Serials,
    string Released, string Sold, string Reserved, string Available, string? Document)
{
    internal static AccountLineAnswer Of(AccountLine line, BankAccount account) => new(
        line.Entry, line.SealedAt.ToString(), line.Kind, line.Subject, line.Permit,
        (line.Credits < 0 ? "-" : "") + CreditAward.Text(Math.Abs(line.Credits)), line.Serials,
        CreditAward.Text(line.After.Released), CreditAward.Text(line.After.Sold.Credits),
        CreditAward.Text(line.After.Reserved), CreditAward.Text(line.After.Available),
        account.Sales.FirstOrDefault(s => s.Entry == line.Entry)?.Sale.File);
}
