using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Jobs;

/// <summary>
/// Looks at each civil midnight whether anything speaks for suspending a bank or for adaptive management, and proposes it to
/// the persons who decide.
/// </summary>
internal sealed class TriggerJob(
    ProgrammeShelf shelf, AdoptedTerms adopted, TriggerDesk desk, JobBoard board, TimeProvider clock, ILogger<TriggerJob> log)
    : BoardJob(board, clock, log)
{
    private const string Prefix = "triggers/";

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
            proposals += desk.Propose(programme, bank).Count;
        }
        return new JobOutcome(proposals);
    }

    /// <inheritdoc/>
    protected override Instant Next(string name, Instant at) => NextMidnight(at, Of(name).Zone);

    private WetlandProgramme Of(string name) => shelf.Wetlands.First(p => NameOf(p) == name);
}
