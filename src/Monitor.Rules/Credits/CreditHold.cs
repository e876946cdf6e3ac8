using Monitor.Domain.Readings;

namespace Monitor.Rules.Credits;

/// <summary>
/// A reservation as the account has it. It holds released credits, oldest reservation first; what is not released yet is
/// waited for and is compensation for nothing.
/// </summary>
/// <param name="Id">Number of the entry that made it.</param>
/// <param name="Credits">Credits reserved.</param>
/// <param name="Until">When it ends, exclusive; what it holds is free again from then on.</param>
/// <param name="Held">Released credits that it holds.</param>
/// <param name="Used">Those of it that were sold.</param>
public sealed record CreditHold(long Id, decimal Credits, Instant Until, SerialSet Held, SerialSet Used)
{
    /// <summary>Credits it waits for.</summary>
    public decimal Waiting => Credits - Held.Credits - Used.Credits;
}
