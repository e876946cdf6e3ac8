namespace Monitor.Rules.Credits;

/// <summary>
/// A set of serial numbers, kept as ranges in ascending order that neither touch nor overlap. A number is in one such set of
/// an account at a time: that is how the same credit is never sold twice.
/// </summary>
public sealed class SerialSet : IEquatable<SerialSet>
{
    private SerialSet(IReadOnlyList<SerialRange> ranges) => Ranges = ranges;

    /// <summary>No number.</summary>
    public static SerialSet Empty { get; } = new([]);

    /// <summary>The ranges, ascending, apart from each other.</summary>
    public IReadOnlyList<SerialRange> Ranges { get; }

    /// <summary>The credits it stands for.</summary>
    public decimal Credits => Ranges.Sum(r => r.Credits);

    /// <summary>Of ranges in any order.</summary>
    /// <exception cref="ArgumentException">Two of them share a number.</exception>
    public static SerialSet Of(IEnumerable<SerialRange> ranges)
    {
        List<SerialRange> merged = [];
        foreach (SerialRange next in ranges.OrderBy(r => r.First))
        {
            if (merged.Count == 0 || next.First > merged[^1].Last + 1) merged.Add(next);
            else if (next.First == merged[^1].Last + 1) merged[^1] = merged[^1] with { Last = next.Last };
            else throw new ArgumentException($"The serial numbers {merged[^1]} and {next} overlap.", nameof(ranges));
        }
        return merged.Count == 0 ? Empty : new SerialSet(merged);
    }

    /// <summary>Whether a number is in it.</summary>
    public bool Contains(long number) => Ranges.Any(r => r.First <= number && number <= r.Last);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">A part is no range.</exception>
    /// <exception cref="ArgumentException">Two parts share a number.</exception>
    public static SerialSet Parse(string text) =>
        text.Length == 0 ? Empty : Of(text.Split(',').Select(SerialRange.Parse));

    /// <summary>Both sets together.</summary>
    /// <exception cref="ArgumentException">They share a number.</exception>
    public SerialSet With(SerialSet other) => Of([.. Ranges, .. other.Ranges]);

    /// <summary>This set without the numbers of another.</summary>
    public SerialSet Without(SerialSet other)
    {
        List<SerialRange> left = [.. Ranges];
        foreach (SerialRange cut in other.Ranges) left = [.. left.SelectMany(r => Without(r, cut))];
        return Of(left);
    }

    /// <summary>The numbers that both sets hold.</summary>
    public SerialSet Common(SerialSet other) => Without(Without(other));

    /// <summary>The lowest numbers that make up so many credits.</summary>
    /// <param name="credits">At most four decimals, from 0 up to <see cref="Credits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many, or more than four decimals were asked.</exception>
    public SerialSet Lowest(decimal credits)
    {
        decimal numbers = credits * SerialRange.PerCredit;
        if (numbers < 0 || numbers != decimal.Truncate(numbers) || credits > Credits)
        {
            throw new ArgumentOutOfRangeException(nameof(credits), credits, $"The set holds {Credits} credits.");
        }
        List<SerialRange> taken = [];
        long wanted = (long)numbers;
        foreach (SerialRange range in Ranges)
        {
            if (wanted == 0) break;
            long count = Math.Min(wanted, range.Count);
            taken.Add(range with { Last = range.First + count - 1 });
            wanted -= count;
        }
        return Of(taken);
    }

    /// <inheritdoc/>
    public bool Equals(SerialSet? other) => other is not null && Ranges.SequenceEqual(other.Ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SerialSet);

    /// <inheritdoc/>
    public override int GetHashCode() => Ranges.Count == 0 ? 0 : HashCode.Combine(Ranges.Count, Ranges[0], Ranges[^1]);

    /// <summary>The ranges, comma-separated; empty for none.</summary>
    public override string ToString() => string.Join(",", Ranges);

    private static IEnumerable<SerialRange> Without(SerialRange range, SerialRange cut)
    {
        if (cut.Last < range.First || cut.First > range.Last)
        {
            yield return range;
            yield break;
        }
        if (range.First < cut.First) yield return range with { Last = cut.First - 1 };
        if (range.Last > cut.Last) yield return range with { First = cut.Last + 1 };
    }
}
