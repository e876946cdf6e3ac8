namespace Monitor.Imagery.Gdal;

/// <summary>The figure of the earth of a coordinate system.</summary>
/// <param name="SemiMajor">Metres from the centre to the equator.</param>
/// <param name="InverseFlattening">298.257… for WGS 84; 0 for a sphere.</param>
public readonly record struct Ellipsoid(double SemiMajor, double InverseFlattening)
{
    /// <summary>
    /// Square metres between two parallels over a width of longitude (Snyder 1987, Map Projections, eq. 3-12: the
    /// authalic q); all angles in radians.
    /// </summary>
    public double AreaOf(double width, double latitude, double otherLatitude) =>
        SemiMajor * SemiMajor / 2 * width * Math.Abs(Authalic(latitude) - Authalic(otherLatitude));

    private double Authalic(double latitude)
    {
        // Beyond the pole there is no ground.
        double sine = Math.Sin(Math.Clamp(latitude, -Math.PI / 2, Math.PI / 2));
        double flattening = InverseFlattening == 0 ? 0 : 1 / InverseFlattening;
        double squared = flattening * (2 - flattening);
        if (squared == 0) return 2 * sine;
        double e = Math.Sqrt(squared);
        return (1 - squared) * ((sine / (1 - (squared * sine * sine)))
            + (Math.Log((1 + (e * sine)) / (1 - (e * sine))) / (2 * e)));
    }
}
