using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>What one part of an outcome came to.</summary>
/// <param name="Part">The part.</param>
/// <param name="Items">What it was reckoned from, one by one.</param>
/// <param name="Direction">Who pays by this part alone.</param>
/// <param name="Yuan">
/// Signed, after the part's cap, unrounded: above 0 the downstream side pays; null where undefined or suspended.
/// </param>
/// <param name="Uncapped">The same before the part's cap.</param>
/// <param name="Reasons">Why it is undefined or suspended; empty otherwise.</param>
public sealed record PartOutcome(
    OutcomePart Part, IReadOnlyList<PartItem> Items, Direction Direction, decimal? Yuan, decimal? Uncapped,
    IReadOnlyList<Bilingual> Reasons)
{
    /// <summary>A part that came to an amount.</summary>
    internal static PartOutcome Of(OutcomePart part, IReadOnlyList<PartItem> items, decimal yuan)
    {
        decimal capped = SignedYuan.Capped(yuan, part.CapYuan);
        return new PartOutcome(part, items, SignedYuan.DirectionOf(capped), capped, yuan, []);
    }

    /// <summary>A part that the source leaves open, or that too few data are there for.</summary>
    internal static PartOutcome Open(
        OutcomePart part, IReadOnlyList<PartItem> items, Direction direction, IReadOnlyList<Bilingual> reasons) =>
        new(part, items, direction, null, null, reasons);
}

/// <summary>One figure that a part was reckoned from.</summary>
/// <param name="Name">
/// What: <c>index</c>, <c>class</c>, a measurand, or a month with a measurand, as <c>2018-03 w01018</c>.
/// </param>
/// <param name="Value">The figure, unrounded; a class is its number, 6 for inferior V.</param>
/// <param name="Limit">What it is held against; null where nothing is.</param>
/// <param name="Inflow">The figure of the water that came in; null where the programme does not look at it.</param>
/// <param name="Counts">What counts: the multiple, the tonnes or the share; null where the value itself does.</param>
/// <param name="Row">The row of the table that applied; null where there is no table.</param>
/// <param name="Yuan">Signed and unrounded; null where the part is not reckoned item by item, or the row is open.</param>
public sealed record PartItem(
    string Name, decimal? Value, decimal? Limit = null, decimal? Inflow = null, decimal? Counts = null, string? Row = null,
    decimal? Yuan = null);

/// <summary>Who pays whom how much.</summary>
/// <param name="Payer">Who pays.</param>
/// <param name="Payee">Who is paid.</param>
/// <param name="Yuan">How much; above 0.</param>
/// <param name="Instalments">The same in its instalments; empty where all is due at once.</param>
public sealed record SplitPayment(Bilingual Payer, Bilingual Payee, decimal Yuan, IReadOnlyList<decimal> Instalments)
{
    /// <summary>
    /// Divides an amount among the parties of both sides: first among the payers, then each payer's part among the
    /// payees. Nothing is lost by the rounding.
    /// </summary>
    internal static IReadOnlyList<SplitPayment> Of(
        RiverProgramme programme, RiverSection section, Direction direction, decimal? yuan)
    {
        if (yuan is not > 0 || direction is not (Direction.DownstreamPays or Direction.UpstreamPays)) return [];
        bool down = direction == Direction.DownstreamPays;
        IReadOnlyList<PartyShare> payers = down ? section.DownstreamShares : section.UpstreamShares;
        IReadOnlyList<PartyShare> payees = down ? section.UpstreamShares : section.DownstreamShares;
        (int digits, IReadOnlyList<decimal> instalments) = (programme.Outcome.Digits, programme.Payment.Instalments);
        List<SplitPayment> payments = [];
        foreach ((decimal paid, PartyShare payer) in Split.Of(yuan.Value, Shares(payers), digits).Zip(payers))
        {
            foreach ((decimal got, PartyShare payee) in Split.Of(paid, Shares(payees), digits).Zip(payees))
            {
                if (got > 0)
                {
                    payments.Add(new SplitPayment(payer.Party, payee.Party, got, Split.Of(got, instalments, digits)));
                }
            }
        }
        return payments;
    }

    private static IReadOnlyList<decimal> Shares(IReadOnlyList<PartyShare> side) => [.. side.Select(s => s.Share)];
}
