namespace Monitor.Rules.Credits;

/// <summary>How a figure of a survey is held against its threshold.</summary>
public enum SurveyOperator
{
    /// <summary>The threshold or more.</summary>
    AtLeast,

    /// <summary>More than the threshold.</summary>
    Above,

    /// <summary>The threshold or less.</summary>
    AtMost,

    /// <summary>Less than the threshold.</summary>
    Below,
}

/// <summary>One line of what a survey must show.</summary>
/// <param name="Measure">What is measured, as <c>native-cover</c>.</param>
/// <param name="Operator">How.</param>
/// <param name="Threshold">Against what.</param>
/// <param name="Unit">Its unit.</param>
public sealed record SurveyRequirement(string Measure, SurveyOperator Operator, decimal Threshold, string Unit)
{
    /// <summary>Whether a value meets it.</summary>
    public bool IsMetBy(decimal value) => Operator switch
    {
        SurveyOperator.AtLeast => value >= Threshold,
        SurveyOperator.Above => value > Threshold,
        SurveyOperator.AtMost => value <= Threshold,
        _ => value < Threshold,
    };
}

/// <summary>A figure of a survey.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Plots">How many plots it rests on.</param>
public sealed record SurveyFigure(string Measure, decimal Value, string Unit, int Plots);

/// <summary>A requirement beside what was found.</summary>
/// <param name="Requirement">What was asked.</param>
/// <param name="Measured">What was found; null where the survey has no such figure.</param>
/// <param name="Outcome">Inconclusive where there is no figure in the unit, or on too few plots.</param>
public sealed record SurveyRow(SurveyRequirement Requirement, SurveyFigure? Measured, CriterionOutcome Outcome);

/// <summary>"The survey shows all of this", requirement by requirement.</summary>
public static class SurveyCriterion
{
    /// <summary>Judges a survey: passes where every line passes, fails where one fails, and is else inconclusive.</summary>
    /// <param name="requirements">What is asked; at least one, each measure once.</param>
    /// <param name="figures">What was found; each measure once.</param>
    /// <param name="plotsMin">Fewest plots that a figure must rest on.</param>
    /// <returns>The outcome, and a row for each requirement in its order.</returns>
    public static (CriterionOutcome Outcome, IReadOnlyList<SurveyRow> Rows) Judge(
        IReadOnlyList<SurveyRequirement> requirements, IReadOnlyList<SurveyFigure> figures, int plotsMin)
    {
        List<SurveyRow> rows = [.. requirements.Select(asked => Row(
            asked, figures.FirstOrDefault(f => f.Measure == asked.Measure && f.Unit == asked.Unit), plotsMin))];
        CriterionOutcome outcome = rows.Exists(r => r.Outcome == CriterionOutcome.Fail) ? CriterionOutcome.Fail
            : rows.Count > 0 && rows.TrueForAll(r => r.Outcome == CriterionOutcome.Pass) ? CriterionOutcome.Pass
            : CriterionOutcome.Inconclusive;
        return (outcome, rows);
    }

    private static SurveyRow Row(SurveyRequirement asked, SurveyFigure? found, int plotsMin) => new(
        asked, found,
        found is null || found.Plots < plotsMin ? CriterionOutcome.Inconclusive
            : asked.IsMetBy(found.Value) ? CriterionOutcome.Pass : CriterionOutcome.Fail);
}
