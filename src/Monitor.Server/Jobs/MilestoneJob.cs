using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Jobs;

/// <summary>
/// Judges a wetland programme's cover milestones on every scene in the record that is not judged, at each civil midnight: a
/// service that was killed between a scene's figures and their judgement takes it up again.
/// </summary>
internal sealed class MilestoneJob(
    ProgrammeShelf shelf, AdoptedTerms adopted, SceneFlow flow, JobBoard board, TimeProvider clock, ILogger<MilestoneJob> log)
    : BoardJob(board, clock, log)
{
    private const string Prefix = "milestones/";

    /// <summary>Name of a programme's job.</summary>
    internal static string NameOf(WetlandProgramme programme) => Prefix + programme.Id;

    /// <inheritdoc/>
    protected override JobOutcome Run(string name, Instant at, CancellationToken cancellation)
    {
        WetlandProgramme programme = adopted.Of(Of(name));
        int proposals = 0;
        foreach (WetlandBank bank in programme.Banks)
        {
            cancellation.ThrowIfCancellationRequested();
            proposals += flow.JudgeAll(programme, bank, cancellation).Count;
        }
        return new JobOutcome(proposals);
    }

    /// <inheritdoc/>
    protected override Instant Next(string name, Instant at) => NextMidnight(at, Of(name).Zone);

    private WetlandProgramme Of(string name) => shelf.Wetlands.First(p => NameOf(p) == name);
}
