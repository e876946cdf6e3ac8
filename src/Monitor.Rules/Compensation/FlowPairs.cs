namespace Monitor.Rules.Compensation;

/// <summary>What values and flows of the same slots of time come to.</summary>
/// <param name="Pairs">Slots that have both.</param>
/// <param name="ValuesAlone">Slots with a value and no flow: they do not count.</param>
/// <param name="FlowsAlone">Slots with a flow and no value: they do not count.</param>
/// <param name="CubicMetres">Σ Q·Δt over the pairs.</param>
/// <param name="Tonnes">Σ C·Q·Δt over the pairs.</param>
public sealed record PairedLoad(int Pairs, int ValuesAlone, int FlowsAlone, decimal CubicMetres, decimal Tonnes)
{
    /// <summary>Nothing.</summary>
    public static PairedLoad None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public PairedLoad Plus(PairedLoad other) => new(
        Pairs + other.Pairs, ValuesAlone + other.ValuesAlone, FlowsAlone + other.FlowsAlone,
        CubicMetres + other.CubicMetres, Tonnes + other.Tonnes);
}

/// <summary>Pairs concentrations with flows. No value is carried over to a slot that has none: it is counted only.</summary>
public static class FlowPairs
{
    /// <summary>
    /// Whether a slot has both, and the river ran on: with water that runs back Σ C·Q ÷ Σ Q is no concentration, so that its
    /// value and its flow are each counted as alone.
    /// </summary>
    public static bool IsPair(
        IReadOnlyDictionary<long, decimal> values, IReadOnlyDictionary<long, decimal> flows, long slot) =>
        values.ContainsKey(slot) && flows.TryGetValue(slot, out decimal flow) && flow >= 0;

    /// <summary>The sums over the slots that have both.</summary>
    /// <param name="values">mg/L by slot.</param>
    /// <param name="flows">L/s by slot.</param>
    /// <param name="slotSeconds">How long a slot is.</param>
    public static PairedLoad Of(
        IReadOnlyDictionary<long, decimal> values, IReadOnlyDictionary<long, decimal> flows, decimal slotSeconds)
    {
        PairedLoad sum = PairedLoad.None with { FlowsAlone = flows.Keys.Count(slot => !values.ContainsKey(slot)) };
        // In the order of the slots, so that the last digit is the same on any machine.
        foreach ((long slot, decimal value) in values.OrderBy(v => v.Key))
        {
            if (!IsPair(values, flows, slot))
            {
                sum = sum with
                {
                    ValuesAlone = sum.ValuesAlone + 1, FlowsAlone = sum.FlowsAlone + (flows.ContainsKey(slot) ? 1 : 0),
                };
                continue;
            }
            decimal volume = Load.CubicMetres(flows[slot], slotSeconds);
            sum = sum with
            {
                Pairs = sum.Pairs + 1,
                CubicMetres = sum.CubicMetres + volume,
                Tonnes = sum.Tonnes + Load.Tonnes(value, volume),
            };
        }
        return sum;
    }
}
