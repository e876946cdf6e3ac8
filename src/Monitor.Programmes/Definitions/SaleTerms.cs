namespace Monitor.Programmes.Definitions;

/// <summary>How a programme's credits may be reserved and sold.</summary>
/// <param name="AllowsPresale">
/// Whether credits that are not released yet may be reserved. Such a reservation is a contract and compensates nothing; the
/// federal rule of the United States allows it to in-lieu-fee programmes only.
/// </param>
/// <param name="ReservationDaysMax">Longest a reservation may run, in days.</param>
/// <param name="EndowmentPercent">Share of each sale's price for the endowment fund, in percent; 0 for none.</param>
public sealed record SaleTerms(bool AllowsPresale, int ReservationDaysMax, decimal EndowmentPercent)
{
    /// <summary>Days before an assurance expires at which it is warned of.</summary>
    public static IReadOnlyList<int> AssuranceWarningDays { get; } = [180, 120, 60];
}

/// <summary>Money that answers for a bank: a bond, a letter of credit, an escrow account, an insurance.</summary>
/// <param name="Id">Its id in the programme.</param>
/// <param name="Kind"><c>bond</c>, <c>letter-of-credit</c>, <c>escrow</c> or <c>insurance</c>.</param>
/// <param name="Amount">In yuan.</param>
/// <param name="Issuer">Who answers.</param>
/// <param name="Expires">Its last day, inclusive, in the programme's zone.</param>
public sealed record Assurance(string Id, string Kind, decimal Amount, string Issuer, DateOnly Expires);
