using Monitor.Domain.Readings;

namespace Monitor.Rules.Credits;

/// <summary>
/// A bank's credits by serial number: each number is free, held by one reservation, sold, or reduced, and never two of these.
/// Available = released − sold − held − reduced, which cannot fall below 0. What is sold stays sold and keeps its value
/// (33 CFR 332.8(o)(4)).
/// </summary>
public sealed record CreditHoldings
{
    /// <summary>Nothing released, nothing sold.</summary>
    public static CreditHoldings Empty { get; } = new();

    /// <summary>Credits released so far; the numbers 1 to this × 10,000 exist.</summary>
    public decimal Released { get; private init; }

    /// <summary>Released and at nobody's disposal yet.</summary>
    public SerialSet Free { get; private init; } = SerialSet.Empty;

    /// <summary>Sold, for good.</summary>
    public SerialSet Sold { get; private init; } = SerialSet.Empty;

    /// <summary>Taken back by a correction.</summary>
    public SerialSet Reduced { get; private init; } = SerialSet.Empty;

    /// <summary>Reservations that neither ended nor were used up, in the order they were made.</summary>
    public IReadOnlyList<CreditHold> Holds { get; private init; } = [];

    /// <summary>Credits that can be sold to anybody.</summary>
    public decimal Available => Free.Credits;

    /// <summary>Released credits that reservations hold.</summary>
    public decimal Reserved => Holds.Sum(h => h.Held.Credits);

    /// <summary>Credits that reservations wait for.</summary>
    public decimal Waiting => Holds.Sum(h => h.Waiting);

    /// <summary>The serial numbers that the next release of so many credits gets.</summary>
    /// <param name="credits">Above 0, at most four decimals.</param>
    public SerialRange NextRelease(decimal credits)
    {
        long before = (long)(Released * SerialRange.PerCredit);
        return new SerialRange(before + 1, before + (long)(credits * SerialRange.PerCredit));
    }

    /// <summary>After a release; reservations that wait are served first, the oldest before the next.</summary>
    public CreditHoldings Release(decimal credits) => (this with
    {
        Free = Free.With(SerialSet.Of([NextRelease(credits)])),
        Released = Released + credits,
    }).Serve();

    /// <summary>After a reservation of free credits and, beyond them, of such as are not released yet.</summary>
    public CreditHoldings Reserve(long id, decimal credits, Instant until) => (this with
    {
        Holds = [.. Holds, new CreditHold(id, credits, until, SerialSet.Empty, SerialSet.Empty)],
    }).Serve();

    /// <summary>The reservation of an id that still stands, or null.</summary>
    public CreditHold? FindHold(long id) => Holds.FirstOrDefault(h => h.Id == id);

    /// <summary>The serial numbers that a sale takes: the lowest that are free, or that the reservation holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public SerialSet NextSale(decimal credits, CreditHold? hold) => (hold?.Held ?? Free).Lowest(credits);

    /// <summary>After a sale of <see cref="NextSale"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public CreditHoldings Sell(decimal credits, CreditHold? hold)
    {
        SerialSet sold = NextSale(credits, hold);
        CreditHoldings after = this with { Sold = Sold.With(sold) };
        if (hold is null) return after with { Free = Free.Without(sold) };
        CreditHold rest = hold with { Held = hold.Held.Without(sold), Used = hold.Used.With(sold) };
        bool isUsedUp = rest.Used.Credits == rest.Credits;
        IEnumerable<CreditHold> left = isUsedUp
            ? Holds.Where(h => h.Id != hold.Id)
            : Holds.Select(h => h.Id == hold.Id ? rest : h);
        return after with { Holds = [.. left] };
    }

    /// <summary>After a reservation ended: what it held is free, for those that wait first.</summary>
    public CreditHoldings End(CreditHold hold) => (this with
    {
        Free = Free.With(hold.Held),
        Holds = [.. Holds.Where(h => h.Id != hold.Id)],
    }).Serve();

    /// <summary>As it stands at a time: reservations whose time is over have ended, in the order they were made.</summary>
    public CreditHoldings At(Instant time) =>
        Holds.FirstOrDefault(h => h.Until <= time) is CreditHold over ? End(over).At(time) : this;

    /// <summary>The serial numbers that a reduction of a release takes: its lowest that are still free.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many free.</exception>
    public SerialSet NextReduction(SerialRange release, decimal credits) =>
        Free.Common(SerialSet.Of([release])).Lowest(credits);

    /// <summary>After a reduction of free credits.</summary>
    public CreditHoldings Reduce(SerialSet numbers) =>
        this with { Free = Free.Without(numbers), Reduced = Reduced.With(numbers) };

    /// <summary>After a reduction was itself reversed.</summary>
    public CreditHoldings Restore(SerialSet numbers) =>
        (this with { Free = Free.With(numbers), Reduced = Reduced.Without(numbers) }).Serve();

    private CreditHoldings Serve()
    {
        SerialSet free = Free;
        List<CreditHold> served = [];
        foreach (CreditHold hold in Holds)
        {
            SerialSet more = free.Lowest(Math.Min(hold.Waiting, free.Credits));
            free = free.Without(more);
            served.Add(hold with { Held = hold.Held.With(more) });
        }
        return this with { Free = free, Holds = served };
    }
}
