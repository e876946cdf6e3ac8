namespace Monitor.Rules.Screening;

/// <summary>A range of values; both ends belong to it.</summary>
public readonly record struct ValueRange
{
    /// <summary>A range from low to high.</summary>
    /// <exception cref="ArgumentException">Low is above high.</exception>
    public ValueRange(decimal low, decimal high)
    {
        if (low > high) throw new ArgumentException($"The range begins at {low}, above its end {high}.", nameof(low));
        (Low, High) = (low, high);
    }

    /// <summary>Lowest value inside.</summary>
    public decimal Low { get; }

    /// <summary>Highest value inside.</summary>
    public decimal High { get; }

    /// <summary>Whether the value lies inside; ends do.</summary>
    public bool Contains(decimal value) => Low <= value && value <= High;

    /// <summary>Whether all of the other range lies inside.</summary>
    public bool Contains(ValueRange other) => Low <= other.Low && other.High <= High;
}
