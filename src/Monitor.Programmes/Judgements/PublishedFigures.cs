using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Figures that somebody printed, where the readings behind them are not to be had: an outcome can be followed from the first
/// printed figure on. Such a judgement is never sealed.
/// </summary>
/// <param name="Index">The index as printed; null where it is not.</param>
/// <param name="MeasuredClass">The class of the period's means as printed; null where it is not.</param>
public sealed record PublishedFigures(decimal? Index, SurfaceWaterClass? MeasuredClass)
{
    /// <summary>The outcome from these figures on; a part whose figure is missing is suspended.</summary>
    /// <exception cref="InputException">The index has more digits than the programme compares.</exception>
    public RiverAssessment Assess(RiverProgramme programme, RiverSection section, Domain.Readings.Period period)
    {
        if (Index is decimal index && decimal.Round(index, programme.Index.Digits) != index)
        {
            throw new InputException(
                $"the index {index} has more than {programme.Index.Digits} digits.", "Give it as it is compared.",
                field: "--figure");
        }
        OutcomeSum outcome = OutcomeJudgement.Of(new OutcomeBasis(programme, section, period, Index, MeasuredClass));
        return new RiverAssessment
        {
            Programme = programme,
            Section = section,
            Period = period,
            MeasuredClass = MeasuredClass,
            Figures = [],
            InflowFigures = [],
            Terms = [],
            UnroundedIndex = null,
            Index = Index,
            Band = outcome.Band,
            Direction = outcome.Direction,
            AmountYuan = outcome.Yuan,
            Parts = outcome.Parts,
            Payments = SplitPayment.Of(programme, section, outcome.Direction, outcome.Yuan),
            Reasons = outcome.Direction == Direction.Suspended
                ? [Missing(outcome)]
                : [.. outcome.Parts.SelectMany(p => p.Reasons)],
        };
    }

    private static Bilingual Missing(OutcomeSum outcome)
    {
        string[] names = [.. outcome.Parts.Where(p => p.Direction == Direction.Suspended).Select(p => p.Part.Name)];
        return new Bilingual(
            $"没有公布的数值：{string.Join('、', names)}", $"no printed figure for: {string.Join(", ", names)}");
    }
}
