using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>One party's account of a period.</summary>
/// <param name="Party">The party.</param>
/// <param name="PaysIn">What it pays into the common fund.</param>
/// <param name="Receives">What it gets of it by the agreed shares.</param>
/// <param name="Deducted">What it pays by the outcomes of the sections.</param>
/// <param name="Gains">What it is paid by them.</param>
public sealed record PartyAccount(Bilingual Party, decimal PaysIn, decimal Receives, decimal Deducted, decimal Gains)
{
    /// <summary>What is left to it; below 0 it pays. The parties' nets add up to 0.</summary>
    public decimal Net => Receives + Gains - PaysIn - Deducted;
}

/// <summary>All payments of a programme's period by party: the common fund, and what the sections' outcomes move.</summary>
public static class PoolAccount
{
    /// <summary>
    /// The accounts, in the order in which the parties first appear; null where a section is suspended or undefined, since
    /// then nobody can say what is left.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="assessments">The judgements of its sections over one period.</param>
    public static IReadOnlyList<PartyAccount>? Of(RiverProgramme programme, IReadOnlyList<RiverAssessment> assessments)
    {
        if (assessments.Any(a => a.AmountYuan is null)) return null;
        Dictionary<Bilingual, PartyAccount> accounts = [];
        if (programme.Pool is PoolTerms pool)
        {
            int digits = programme.Outcome.Digits;
            foreach ((PartyShare share, decimal yuan) in Parts(pool.Yuan, pool.Contributions, digits))
            {
                PartyAccount account = Account(accounts, share.Party);
                accounts[share.Party] = account with { PaysIn = account.PaysIn + yuan };
            }
            foreach ((PartyShare share, decimal yuan) in Parts(pool.Yuan, pool.Distribution, digits))
            {
                PartyAccount account = Account(accounts, share.Party);
                accounts[share.Party] = account with { Receives = account.Receives + yuan };
            }
        }
        foreach (SplitPayment payment in assessments.SelectMany(a => a.Payments))
        {
            PartyAccount payer = Account(accounts, payment.Payer);
            accounts[payment.Payer] = payer with { Deducted = payer.Deducted + payment.Yuan };
            PartyAccount payee = Account(accounts, payment.Payee);
            accounts[payment.Payee] = payee with { Gains = payee.Gains + payment.Yuan };
        }
        return [.. accounts.Values];
    }

    private static PartyAccount Account(Dictionary<Bilingual, PartyAccount> accounts, Bilingual party) =>
        accounts.TryGetValue(party, out PartyAccount? account) ? account : accounts[party] = new PartyAccount(party, 0, 0, 0, 0);

    private static IEnumerable<(PartyShare Share, decimal Yuan)> Parts(
        decimal yuan, IReadOnlyList<PartyShare> shares, int digits) =>
        shares.Zip(Split.Of(yuan, [.. shares.Select(s => s.Share)], digits));
}
