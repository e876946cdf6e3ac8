using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>The values that a rounded index can have, and which unrounded ones round to them.</summary>
internal static class AheadLattice
{
    /// <summary>The least value of the index in the interval; null where the interval has no lower end.</summary>
    internal static decimal? First(IndexDefinition index, Interval cell)
    {
        if (cell.Low is not decimal low) return null;
        decimal up = decimal.Round(low, index.Digits, MidpointRounding.ToPositiveInfinity);
        return up == low && !cell.LowIncluded ? up + Step(index) : up;
    }

    /// <summary>The greatest value of the index in the interval; null where the interval has no upper end.</summary>
    internal static decimal? Last(IndexDefinition index, Interval cell)
    {
        if (cell.High is not decimal high) return null;
        decimal down = decimal.Round(high, index.Digits, MidpointRounding.ToNegativeInfinity);
        return down == high && !cell.HighIncluded ? down - Step(index) : down;
    }

    /// <summary>The unrounded values that round into the interval; null where none does.</summary>
    internal static Interval? Unrounded(IndexDefinition index, Interval cell)
    {
        (decimal? first, decimal? last) = (First(index, cell), Last(index, cell));
        if (first > last) return null;
        (decimal? low, bool lowIncluded) = End(first, down: true);
        (decimal? high, bool highIncluded) = End(last, down: false);
        return new Interval(low, lowIncluded, high, highIncluded);

        // Towards one side the whole step may belong to the value, half of it, or nothing.
        (decimal? End, bool IsIncluded) End(decimal? value, bool down)
        {
            if (value is not decimal point) return (null, false);
            decimal step = down ? -Step(index) : Step(index), half = point + (step / 2);
            if (decimal.Round(point + (step / 4), index.Digits, index.Rounding) != point) return (point, true);
            if (decimal.Round(point + (step * 3 / 4), index.Digits, index.Rounding) == point) return (point + step, false);
            return (half, decimal.Round(half, index.Digits, index.Rounding) == point);
        }
    }

    private static decimal Step(IndexDefinition index) => new(1, 0, 0, false, (byte)index.Digits);
}
