using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class SurveyCriterionTests
{
    private const int PlotsMin = 10;

    private static readonly SurveyRequirement[] Asked =
    [
        new("native-cover", SurveyOperator.AtLeast, 80m, "%"), new("invasive-cover", SurveyOperator.Below, 5m, "%"),
    ];

    [Theory]
    [InlineData(SurveyOperator.AtLeast, "4.99 no, 5 yes, 5.01 yes")]
    [InlineData(SurveyOperator.Above, "4.99 no, 5 no, 5.01 yes")]
    [InlineData(SurveyOperator.AtMost, "4.99 yes, 5 yes, 5.01 no")]
    [InlineData(SurveyOperator.Below, "4.99 yes, 5 no, 5.01 no")]
    public void An_operator_says_whether_the_threshold_itself_is_in(SurveyOperator asked, string expected)
    {
        var requirement = new SurveyRequirement("x", asked, 5m, "%");
        string Word(decimal value) => FormattableString.Invariant($"{value} {(requirement.IsMetBy(value) ? "yes" : "no")}");
        Assert.Equal(expected, $"{Word(4.99m)}, {Word(5m)}, {Word(5.01m)}");
    }

    [Fact]
    public void Everything_that_is_asked_must_be_met() =>
        AssertIs(CriterionOutcome.Pass, Figure("native-cover", 80m), Figure("invasive-cover", 4.99m));

    [Fact]
    public void One_figure_that_is_not_met_fails_the_survey_whatever_else_is_missing() =>
        AssertIs(CriterionOutcome.Fail, Figure("invasive-cover", 5m));

    [Fact]
    public void A_figure_that_is_not_there_decides_nothing() =>
        AssertIs(CriterionOutcome.Inconclusive, Figure("native-cover", 95m));

    [Fact]
    public void Too_few_plots_decide_nothing_neither_way() => AssertIs(
        CriterionOutcome.Inconclusive, Figure("native-cover", 95m), Figure("invasive-cover", 40m) with { Plots = 9 });

    [Fact]
    public void A_figure_in_another_unit_is_none() => AssertIs(
        CriterionOutcome.Inconclusive, Figure("native-cover", 95m), Figure("invasive-cover", 0.02m) with { Unit = "1" });

    [Fact]
    public void A_better_figure_never_unmakes_a_pass_and_fewer_plots_never_make_one() => Prop.ForAll(
        Gen.Choose(60, 100).ToArbitrary(), Gen.Choose(0, 10).ToArbitrary(), Gen.Choose(5, 15).ToArbitrary(),
        (native, invasive, plots) =>
        {
            CriterionOutcome Judge(decimal more, int fewer) => SurveyCriterion.Judge(
                Asked,
                [
                    new("native-cover", native + more, "%", plots - fewer),
                    new("invasive-cover", invasive - more, "%", plots - fewer),
                ],
                PlotsMin).Outcome;
            bool passes = Judge(0, 0) == CriterionOutcome.Pass;
            bool better = Judge(1, 0) == CriterionOutcome.Pass, fewer = Judge(0, 3) == CriterionOutcome.Pass;
            return (!passes || better) && (passes || !fewer);
        }).QuickCheckThrowOnFailure();

    private static SurveyFigure Figure(string measure, decimal value) => new(measure, value, "%", PlotsMin);

    private static void AssertIs(CriterionOutcome outcome, params SurveyFigure[] figures) =>
        Assert.Equal(outcome, SurveyCriterion.Judge(Asked, figures, PlotsMin).Outcome);
}
