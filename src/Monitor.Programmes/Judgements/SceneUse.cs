using Monitor.Domain.Readings;

namespace Monitor.Programmes.Judgements;

/// <summary>Why a scene did not count for a judgement.</summary>
public enum SceneRejection
{
    /// <summary>Less of the site was clear than the programme asks for.</summary>
    NotClear,

    /// <summary>It was clear enough, and judged for itself when it came; this judgement rests on a later one.</summary>
    Earlier,

    /// <summary>Taken outside the growing season, whose scenes alone go into a composite.</summary>
    OutOfSeason,

    /// <summary>Clear enough, but with the others too few for a composite.</summary>
    TooFewDates,

    /// <summary>Clear enough, but came in when the composite had been made; a later composite holds it.</summary>
    CameLate,
}

/// <summary>A scene of the season, as a judgement lists it.</summary>
/// <param name="Time">When it was taken.</param>
/// <param name="ClearFraction">Share of the site that was clear.</param>
/// <param name="Rejection">Why it did not count; null for a scene that the judgement rests on.</param>
public sealed record SceneUse(Instant Time, decimal ClearFraction, SceneRejection? Rejection)
{
    /// <summary>
    /// <c>not-clear</c>, <c>earlier</c>, <c>out-of-season</c>, <c>too-few-dates</c> or <c>came-late</c>; null for a scene
    /// that counts.
    /// </summary>
    public string? Reason => Rejection switch
    {
        null => null,
        SceneRejection.NotClear => "not-clear",
        SceneRejection.OutOfSeason => "out-of-season",
        SceneRejection.TooFewDates => "too-few-dates",
        SceneRejection.CameLate => "came-late",
        _ => "earlier",
    };

    internal static SceneUse Of(Instant time, decimal clear, decimal clearMin, bool isJudged) => new(
        time, clear, clear < clearMin ? SceneRejection.NotClear : isJudged ? null : SceneRejection.Earlier);
}
