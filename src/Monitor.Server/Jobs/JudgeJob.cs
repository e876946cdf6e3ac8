using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Jobs;

/// <summary>Judges a river programme's closed periods, at each civil midnight of its zone.</summary>
internal sealed class JudgeJob(
    ProgrammeShelf shelf, AdoptedTerms adopted, JudgingRound round, JobBoard board, TimeProvider clock, ILogger<JudgeJob> log)
    : BoardJob(board, clock, log)
{
    private const string Prefix = "judge/";

    /// <summary>Name of a programme's job.</summary>
    internal static string NameOf(RiverProgramme programme) => Prefix + programme.Id;

    /// <inheritdoc/>
    protected override JobOutcome Run(string name, Instant at, CancellationToken cancellation) =>
        round.Run(adopted.Of(Of(name)), at, shelf.Caution, cancellation);

    /// <inheritdoc/>
    protected override Instant Next(string name, Instant at) => NextMidnight(at, Of(name).Zone);

    private RiverProgramme Of(string name) => shelf.Rivers.First(p => NameOf(p) == name);
}
