using Monitor.Domain.Readings;

namespace Monitor.Programmes.Banks;

/// <summary>One step of a credit's way, with the entry that seals it.</summary>
/// <param name="Step">
/// <c>determination</c> (what is proposed as the award), <c>approval</c>, <c>award</c>, <c>evidence</c>, <c>proposal</c>,
/// <c>release</c>, <c>reservation</c>, <c>expiry</c>, <c>sale</c>, <c>transfer</c> or <c>correction</c>.
/// </param>
/// <param name="Entry">Its entry; null for a reservation that ended by itself.</param>
/// <param name="Hash">That entry's hash.</param>
/// <param name="At">When it was sealed, or when the reservation ended.</param>
/// <param name="Subject">Milestone, contract, permit or reason; empty where the step says all.</param>
/// <param name="Credits">Credits that it concerns, with four decimals; null where it moves none.</param>
/// <param name="Serials">All serial numbers that it concerns; null where it has none.</param>
/// <param name="Person">Who signed or prepared it; null where the service did.</param>
/// <param name="File">The document printed of it, relative to the data folder; null where there is none.</param>
public sealed record TraceStep(
    string Step, long? Entry, string? Hash, Instant At, string Subject, string? Credits = null, string? Serials = null,
    string? Person = null, string? File = null);
