using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>An alternative as it is shown beside a judgement, never sealed as its result.</summary>
/// <remarks><c>Outcome</c>: <c>same</c> where direction and amount are those of the judgement, else <c>changed</c>.</remarks>
public sealed record AlternativeAnswer(
    string Name, string Zh, string En, string? Class, string? Index, string Direction, string? Amount, string Outcome)
{
    /// <summary>The answer.</summary>
    public static AlternativeAnswer Of(Alternative alternative)
    {
        RiverAssessment a = alternative.Assessment;
        return new AlternativeAnswer(
            alternative.Name, alternative.Label.Chinese, alternative.Label.English, a.MeasuredClass?.Name(),
            CanonicalAssessment.Fixed(a.Index, a.Programme.Index.Digits), a.Direction.Name(),
            CanonicalAssessment.Plain(a.AmountYuan), alternative.IsSame ? "same" : "changed");
    }
}
