using Monitor.Domain;
using Monitor.Rules.Screening;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads screening limits: the same words in a programme and in a file of their own.</summary>
public static class ScreeningLimitsReader
{
    /// <summary>The limits of a file, as <c>monitor screen --limits</c> takes it.</summary>
    /// <exception cref="InputException">The first fault of the file, with file, line, field and remedy.</exception>
    public static ScreeningLimits Read(DefinitionText text)
    {
        var faults = new DefinitionFaults(text.File);
        DefinitionNode? root = faults.Load(text);
        ScreeningLimits limits = root is null ? new ScreeningLimits() : Read(root);
        faults.ThrowIfAny();
        return limits;
    }

    internal static ScreeningLimits Read(DefinitionNode node)
    {
        var limits = new ScreeningLimits
        {
            GrossRange = Try(node, "gross_range", n => new GrossRangeLimits(Range(n, "fail"), OptionalRange(n, "suspect"))),
            Spike = Try(node, "spike", n => new SpikeLimits(
                Optional(n, "suspect"), Optional(n, "fail"),
                n.Has("method")
                    ? n.Choice("method", ("average", SpikeMethod.Average), ("differential", SpikeMethod.Differential))
                    : SpikeMethod.Average)),
            RateOfChange = Try(node, "rate_of_change", n => new RateOfChangeLimits(
                Optional(n, "suspect_per_s"), Optional(n, "fail_per_s"))),
            FlatLine = Try(node, "flat_line", n => new FlatLineLimits(
                Optional(n, "suspect_s"), Optional(n, "fail_s"), Optional(n, "tolerance") ?? 0)),
        };
        node.Close();
        return limits;
    }

    // The limits' own constructors know which combinations mean nothing; their words become the fault.
    private static T? Try<T>(DefinitionNode node, string key, Func<DefinitionNode, T> read) where T : class
    {
        DefinitionNode? child = node.OptionalMap(key);
        if (child is null) return null;
        try
        {
            T limits = read(child);
            child.Close();
            return limits;
        }
        catch (ArgumentException e)
        {
            child.Fault(e.Message, "Correct the limits.");
            return null;
        }
    }

    private static ValueRange Range(DefinitionNode node, string key)
    {
        IReadOnlyList<decimal> ends = node.At(key).Numbers();
        if (ends.Count == 2 && node.Has(key)) return new ValueRange(ends[0], ends[1]);
        node.At(key).Fault($"{key} needs two ends.", "Write it as [0, 14].");
        return new ValueRange(0, 0);
    }

    private static ValueRange? OptionalRange(DefinitionNode node, string key) => node.Has(key) ? Range(node, key) : null;

    private static decimal? Optional(DefinitionNode node, string key) => node.Has(key) ? node.Number(key) : null;
}
