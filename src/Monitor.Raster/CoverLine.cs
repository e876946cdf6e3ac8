namespace Monitor.Raster;

/// <summary>One pair of ends: cover = clamp((NDVI − soil) / (veg − soil), 0, 1), squared by the second model.</summary>
/// <param name="Soil">NDVI at which cover is 0.</param>
/// <param name="Veg">NDVI from which cover is 1; above <paramref name="Soil"/>.</param>
/// <param name="Model">Linear or Carlson–Ripley.</param>
public readonly record struct CoverLine(double Soil, double Veg, CoverModel Model = CoverModel.Linear)
{
    // One multiplication in place of a division in the kernels; every width uses the same number.
    internal double Slope => 1 / (Veg - Soil);

    /// <summary>Cover in [0, 1] of one NDVI in [−1, 1].</summary>
    public double Of(double ndvi)
    {
        double ratio = (ndvi - Soil) * Slope;
        ratio = ratio > 0 ? ratio : 0;
        ratio = ratio < 1 ? ratio : 1;
        return Model == CoverModel.CarlsonRipley ? ratio * ratio : ratio;
    }

    /// <summary>Cover of each NDVI; <see cref="NdviKernel.NoData"/> stays as it is.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void Of(ReadOnlySpan<float> ndvi, Span<float> cover)
    {
        if (ndvi.Length != cover.Length) throw new ArgumentException("Lengths differ.", nameof(cover));
        for (int i = 0; i < ndvi.Length; i++)
            cover[i] = ndvi[i] >= -1 ? (float)Of(ndvi[i]) : NdviKernel.NoData;
    }
}
