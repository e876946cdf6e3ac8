using Monitor.Ledger.Decisions;

namespace Monitor.Programmes.Banks;

/// <summary>A proposal of the service to suspend the bank or to order measures, and where its decision stands.</summary>
/// <param name="Case">The decision.</param>
/// <param name="Proposal">What is proposed.</param>
public sealed record TriggerPart(DecisionCase Case, TriggerProposal Proposal);

/// <summary>A reservation as the account has it; whether it stands is <see cref="BankAccount.Holdings"/>' to say.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Reservation">What was reserved.</param>
public sealed record ReservedPart(long Entry, CreditReservation Reservation);

/// <summary>A sale as the account has it.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Sale">What was sold.</param>
/// <param name="Transfer">Entry by which responsibility passed; null before it.</param>
public sealed record SoldPart(long Entry, CreditSale Sale, long? Transfer);

/// <summary>A suspension as the account has it.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Suspension">Why.</param>
/// <param name="LiftedBy">Entry that lifted it; null while it stands.</param>
public sealed record SuspendedPart(long Entry, BankSuspension Suspension, long? LiftedBy);

/// <summary>A correction as the account has it.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Correction">What it reverses.</param>
/// <param name="ReversedBy">Entry of the correction that reversed it in turn; null where none did.</param>
public sealed record CorrectedPart(long Entry, CreditCorrection Correction, long? ReversedBy);
