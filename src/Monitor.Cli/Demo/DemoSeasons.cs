using System.Text;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;
using Monitor.Server.Jobs;
using Monitor.Storage;

namespace Monitor.Cli.Demo;

/// <summary>
/// A bank's first monitoring year: the wells are judged, and three surveys are filed: one on too few plots, which decides
/// nothing; one that finds invasive plants, which fails; and one after they were weeded. By the same desks that the job and
/// the verb use; done already, a no-op.
/// </summary>
internal sealed class DemoSeasons(
    DataFolder folder, HydrologyFlow wells, YearFlow years, SurveyDesk surveys, DemoPersons persons, TimeProvider clock,
    Action<string> say)
{
    private static readonly (int Month, int Day, decimal Native, decimal Invasive, int Plots, CriterionOutcome Expected)[]
        Surveys =
        [
            (6, 18, 84m, 3.5m, 4, CriterionOutcome.Inconclusive),
            (8, 12, 82m, 7.5m, 12, CriterionOutcome.Fail),
            (10, 9, 87m, 2m, 12, CriterionOutcome.Pass),
        ];

    /// <summary>Does it all but the year's report.</summary>
    /// <exception cref="InvalidOperationException">A survey came to something else than it was made up for.</exception>
    internal void Run(WetlandProgramme programme, WetlandBank bank, CancellationToken cancellation)
    {
        say($"judging the wells of {bank.Id}, filing its surveys");
        wells.JudgeAll(programme, bank, Instant.From(clock.GetUtcNow()), cancellation);
        years.JudgeAll(programme, bank);
        foreach (MilestonePart part in programme.Parts.Where(p => p.Criterion is BySurvey))
        {
            foreach (var made in Surveys) File(programme, bank, part, made);
        }
    }

    private void File(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part,
        (int Month, int Day, decimal Native, decimal Invasive, int Plots, CriterionOutcome Expected) made)
    {
        var day = new DateOnly(DemoScenario.Year, made.Month, made.Day);
        string name = $"{bank.Id}-survey-{day:yyyy-MM-dd}.txt";
        byte[] report = Encoding.UTF8.GetBytes(
            "演示文件，不具效力。Made up for the demonstration; of no effect.\n"
            + $"{bank.Name.Chinese}（{bank.Id}）植物调查 Plant survey, {day:yyyy-MM-dd}, {made.Plots} plots.\n");
        AtomicFile.Write(Path.Combine(folder.Root, "demo", "filed", name), report);
        SurveyOutcome outcome = surveys.File(programme, bank, part, new SurveyFiling(
            day,
            [
                new("native-cover", made.Native, "%", made.Plots), new("invasive-cover", made.Invasive, "%", made.Plots),
                new("species-count", 9, "species", made.Plots),
            ],
            name, report), persons.Sponsor);
        if (outcome.Statement.Outcome != made.Expected) throw new InvalidOperationException(
            $"The survey of {day:yyyy-MM-dd} came to {outcome.Statement.Outcome}, and was made up for {made.Expected}.");
    }
}
