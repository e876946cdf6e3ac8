using Monitor.Domain.Readings;

namespace Monitor.Programmes.Judgements;

/// <summary>Why a scene did not count for a judgement.</summary>
public enum SceneRejection
{
    /// <summary>Less of the site was clear than the programme asks for.</summary>
    NotClear,

    /// <summary>It was clear enough, and judged for itself when it came; this judgement rests on a later one.</summary>
    Earlier,
}

/// <summary>A scene of the season, as a judgement lists it.</summary>
/// <param name="Time">When it was taken.</param>
/// <param name="ClearFraction">Share of the site that was clear.</param>
/// <param name="Rejection">Why it did not count; null for the scene that the judgement rests on.</param>
public sealed record SceneUse(Instant Time, decimal ClearFraction, SceneRejection? Rejection)
{
    /// <summary><c>not-clear</c> or <c>earlier</c>; null for the scene that counts.</summary>
    public string? Reason => Rejection switch
    {
        null => null,
        SceneRejection.NotClear => "not-clear",
        _ => "earlier",
    };

    internal static SceneUse Of(Instant time, decimal clear, decimal clearMin, bool isJudged) => new(
        time, clear, clear < clearMin ? SceneRejection.NotClear : isJudged ? null : SceneRejection.Earlier);
}
