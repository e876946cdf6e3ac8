using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Jobs;

/// <summary>
/// Judges a wetland programme's milestones at each civil midnight: cover on every scene in the record that is not judged,
/// hydrology over every season that is over, again where later data change it, and years from their parts. A service that
/// was killed in between takes it up again.
/// </summary>
internal sealed class MilestoneJob(
    ProgrammeShelf shelf, AdoptedTerms adopted, SceneFlow scenes, HydrologyFlow wells, YearFlow years, JobBoard board,
    TimeProvider clock, ILogger<MilestoneJob> log)
    : BoardJob(board, clock, log)
{
    private const string Prefix = "milestones/";

    /// <summary>Name of a programme's job.</summary>
    internal static string NameOf(WetlandProgramme programme) => Prefix + programme.Id;

    /// <inheritdoc/>
    protected override JobOutcome Run(string name, Instant at, CancellationToken cancellation)
    {
        WetlandProgramme programme = adopted.Of(Of(name));
        int done = 0;
        // Wells first, of all banks: a season whose scenes are not at hand must not hold up what needs none.
        foreach (WetlandBank bank in programme.Banks)
        {
            cancellation.ThrowIfCancellationRequested();
            done += wells.JudgeAll(programme, bank, at, cancellation).Count + years.JudgeAll(programme, bank).Count;
        }
        foreach (WetlandBank bank in programme.Banks)
        {
            cancellation.ThrowIfCancellationRequested();
            done += scenes.JudgeAll(programme, bank, cancellation).Count + years.JudgeAll(programme, bank).Count;
        }
        return new JobOutcome(done);
    }

    /// <inheritdoc/>
    protected override Instant Next(string name, Instant at) => NextMidnight(at, Of(name).Zone);

    private WetlandProgramme Of(string name) => shelf.Wetlands.First(p => NameOf(p) == name);
}
