using Monitor.Rules.WaterQuality;

namespace Monitor.Rules.Compensation;

/// <summary>
/// Money between two sides as one number: above 0 the downstream side pays the upstream side, below 0 the other way
/// round. So that the parts of an outcome can be added, netted and capped.
/// </summary>
public static class SignedYuan
{
    private const decimal PointsOfOne = 100;

    /// <summary>The amount with the sign of its direction; null where the direction names no payer.</summary>
    public static decimal? Of(Direction direction, decimal yuan) => direction switch
    {
        Direction.DownstreamPays => yuan,
        Direction.UpstreamPays => -yuan,
        Direction.None => 0,
        _ => null,
    };

    /// <summary>Who pays by the sign.</summary>
    public static Direction DirectionOf(decimal yuan) =>
        yuan > 0 ? Direction.DownstreamPays : yuan < 0 ? Direction.UpstreamPays : Direction.None;

    /// <summary>At most so much, whoever pays; no cap where it is null.</summary>
    public static decimal Capped(decimal yuan, decimal? cap) =>
        cap is decimal most ? Math.Clamp(yuan, -most, most) : yuan;

    /// <summary>So much for each class that the water is better, or worse, than the class at which nobody pays.</summary>
    public static decimal OfClassSteps(
        SurfaceWaterClass measured, SurfaceWaterClass from, decimal yuanPerBetter, decimal yuanPerWorse)
    {
        int better = from - measured;
        return better * (better > 0 ? yuanPerBetter : yuanPerWorse);
    }

    /// <summary>
    /// So much for each percentage point that an index lies under 1 (the downstream side pays) or over it. A part of a
    /// point pays its part.
    /// </summary>
    public static decimal OfIndexPoints(decimal index, decimal yuanPerPoint) => (1 - index) * PointsOfOne * yuanPerPoint;
}
