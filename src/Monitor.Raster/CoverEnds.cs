namespace Monitor.Raster;

/// <summary>
/// NDVI of bare soil and of full vegetation, each low, central and high, as a programme freezes them. The ends are
/// crossed: the low cover uses soil-high and veg-high, the high cover soil-low and veg-low.
/// </summary>
public sealed record CoverEnds
{
    /// <summary>Ends in rising order, every soil below its veg; all within [−1, 1].</summary>
    /// <exception cref="ArgumentException">They are not so.</exception>
    public CoverEnds(
        double soilLow, double soilCentral, double soilHigh, double vegLow, double vegCentral, double vegHigh,
        CoverModel model = CoverModel.Linear)
    {
        if (!(-1 <= soilLow && soilLow <= soilCentral && soilCentral <= soilHigh && soilHigh <= 1))
            throw new ArgumentException("Soil must rise from low to central to high within [-1, 1].", nameof(soilLow));
        if (!(-1 <= vegLow && vegLow <= vegCentral && vegCentral <= vegHigh && vegHigh <= 1))
            throw new ArgumentException("Veg must rise from low to central to high within [-1, 1].", nameof(vegLow));
        if (!(soilLow < vegLow && soilCentral < vegCentral && soilHigh < vegHigh))
            throw new ArgumentException("Each soil must lie below the veg of the same name.", nameof(soilLow));
        Low = new(soilHigh, vegHigh, model);
        Central = new(soilCentral, vegCentral, model);
        High = new(soilLow, vegLow, model);
    }

    /// <summary>The line that gives the low cover.</summary>
    public CoverLine Low { get; }

    /// <summary>The line that gives the central cover.</summary>
    public CoverLine Central { get; }

    /// <summary>The line that gives the high cover.</summary>
    public CoverLine High { get; }
}
