using System.Text;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Storage;

namespace Monitor.Cli.Demo;

/// <summary>
/// The wetland banks' year: award, documents, scenes in the order of their dates, and the two persons who decide; all by the
/// same desks that the verbs use.
/// </summary>
/// <param name="folder">The demonstration's folder.</param>
/// <param name="banks">Where documents are filed.</param>
/// <param name="decisions">Where persons decide.</param>
/// <param name="scenes">Takes scenes.</param>
/// <param name="seasons">The year's wells and surveys.</param>
/// <param name="persons">Who acts.</param>
/// <param name="trades">What is done with the credits.</param>
/// <param name="isMonthly">Whether an entry is a month's preliminary draft.</param>
/// <param name="say">Progress, for people.</param>
internal sealed class DemoBanks(
    DataFolder folder, BankDesk banks, DecisionDesk decisions, SceneFlow scenes, DemoSeasons seasons, DemoPersons persons,
    DemoTrades trades, Func<long, bool> isMonthly, Action<string> say)
{
    /// <summary>What a scene shows of a year: bare in winter, twice under cloud, growing through spring.</summary>
    private static readonly (int Month, int Day, double Vegetated, double Clouded)[] Dates =
    [
        (1, 18, 0.38, 0),
        (3, 14, 0.55, 0.62),
        (5, 8, 0.70, 0),
        (6, 2, 0.76, 0.62),
        (6, 22, 0.84, 0.08),
        (7, 15, 0.93, 0),
        (9, 21, 0.90, 0.08),
        (11, 12, 0.82, 0),
    ];

    /// <summary>Does it all for a programme.</summary>
    /// <returns>Readings that the satellite sensor handed on.</returns>
    internal int Run(WetlandProgramme programme, Bilingual caution, CancellationToken cancellation)
    {
        foreach (WetlandBank bank in programme.Banks) banks.ProposeAward(programme, bank, persons.Sponsor, caution);
        DecideAll();
        File(programme, m => programme.Milestones.TakeWhile(x => x.Criterion is ByDocument).Contains(m));
        int readings = 0;
        foreach ((int month, int day, double vegetated, double clouded) in Dates)
        {
            var taken = Instant.From(new DateTimeOffset(DemoScenario.Year, month, day, 2, 40, 0, TimeSpan.Zero));
            foreach (WetlandBank bank in programme.Banks)
            {
                var scene = new SyntheticScene(bank, taken, vegetated, clouded);
                say($"taking the scene {scene.Name}");
                // Where the inbox puts what it took, so that the map finds it.
                string place = Path.Combine(folder.Scenes, "taken", bank.Id, scene.Name);
                SceneSource source = scene.Write(place);
                SceneSidecar.Write(place, taken, source);
                readings += scenes.Take(programme, bank, source, taken, cancellation).Readings;
            }
            DecideAll();
        }
        foreach (WetlandBank bank in programme.Banks) seasons.Run(programme, bank, cancellation);
        File(programme, m => m.Criterion is ByYear);
        File(programme, m => m.Criterion is ByDocument);
        trades.Run(programme);
        return readings;
    }

    /// <summary>
    /// The two persons approve everything that is open, in ledger order; done already, a no-op. Monthly drafts, which the
    /// jobs seal while the demonstration stays up, are left as drafts.
    /// </summary>
    internal void DecideAll()
    {
        decisions.Complete();
        foreach (DecisionCase open in decisions.Read().Cases.Where(c => c.IsOpen && !isMonthly(c.Entry)))
        {
            decisions.Decide(open.Entry, persons.Reviewer, approves: true);
            decisions.Decide(open.Entry, persons.Approver, approves: true);
        }
    }

    private void File(WetlandProgramme programme, Func<Milestone, bool> isDue)
    {
        foreach (Milestone milestone in programme.Milestones.Where(isDue))
        {
            foreach (WetlandBank bank in programme.Banks)
            {
                string name = $"{bank.Id}-{milestone.Id}.txt";
                byte[] document = Document(bank, milestone);
                AtomicFile.Write(Path.Combine(folder.Root, "demo", "filed", name), document);
                banks.File(programme, bank, milestone, name, document, persons.Sponsor);
            }
            DecideAll();
        }
    }

    private static byte[] Document(WetlandBank bank, Milestone milestone) => Encoding.UTF8.GetBytes(
        $"演示文件，不具效力。Made up for the demonstration; of no effect.\n" +
        $"{bank.Name.Chinese}（{bank.Id}）：{milestone.Name.Chinese}。\n" +
        $"{bank.Name.English}: {milestone.Name.English}, {DemoScenario.Year}.\n");
}
