using Monitor.Rules.Credits;

namespace Monitor.Programmes.Definitions;

/// <summary><c>survey</c>: the figures of a field survey that a person files.</summary>
/// <param name="Requirements">What it must show, each measure once.</param>
/// <param name="PlotsMin">Fewest plots that a figure must rest on.</param>
/// <param name="Season">Days of the year on which it may be made; null where the file does not say.</param>
public sealed record BySurvey(
    IReadOnlyList<SurveyRequirement> Requirements, int PlotsMin, DaySpan? Season) : Criterion
{
    /// <inheritdoc/>
    public override string Kind => "survey";

    /// <inheritdoc/>
    public override bool IsEcological => true;

    /// <summary>The operators, as files and entries write them.</summary>
    public static IReadOnlyList<(string Word, SurveyOperator Operator)> Operators { get; } =
    [
        ("at-least", SurveyOperator.AtLeast), ("above", SurveyOperator.Above), ("at-most", SurveyOperator.AtMost),
        ("below", SurveyOperator.Below),
    ];

    /// <summary>An operator's word.</summary>
    public static string WordOf(SurveyOperator asked) => Operators.First(o => o.Operator == asked).Word;

    /// <summary>An operator as a sign of arithmetic.</summary>
    public static string SignOf(SurveyOperator asked) => asked switch
    {
        SurveyOperator.AtLeast => "≥",
        SurveyOperator.Above => ">",
        SurveyOperator.AtMost => "≤",
        _ => "<",
    };
}
