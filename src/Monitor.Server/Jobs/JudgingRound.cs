using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;

namespace Monitor.Server.Jobs;

/// <summary>
/// Judges every closed period that is not judged yet, each section once. What is sealed decides what is left to do, so that
/// a missed run, a restart, a changed clock and a second run change nothing.
/// </summary>
/// <param name="record">The readings.</param>
/// <param name="ledger">What is judged already.</param>
/// <param name="flow">Judges and seals one section.</param>
/// <param name="late">Told up to where each section is judged.</param>
/// <param name="revisions">Judges a year again when data came after it was sealed.</param>
internal sealed class JudgingRound(
    IReadingStore record, ILedgerStore ledger, RiverFlow flow, LateWatch late, RevisionFlow revisions)
{
    /// <summary>Seals the drafts that are due at a moment.</summary>
    /// <param name="programme">The terms; without <see cref="RiverProgramme.Closing"/> nothing is due, ever.</param>
    /// <param name="at">The moment for which the job runs, which is not the time it is.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    /// <param name="cancellation">Stops between two sections.</param>
    internal JobOutcome Run(
        RiverProgramme programme, Instant at, Bilingual? caution, CancellationToken cancellation)
    {
        if (programme.Closing is not ClosingTerms closing) return new JobOutcome(0);
        long position = record.LastPosition;
        if (Newest(programme) is not Instant newest || Oldest(programme, closing, newest, position) is not Instant oldest)
        {
            return new JobOutcome(0);
        }
        HashSet<(string Section, string Period)> drafted = Drafted(programme.Id);
        int done = 0;
        foreach (Period period in closing.Closed(oldest, newest, at))
        {
            foreach (RiverSection section in programme.Sections)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!drafted.Contains((section.Id, period.Label)))
                {
                    flow.Judge(programme, section, period, position, caution);
                    done++;
                }
                late.Judged(section.Id, period.End);
            }
        }
        return new JobOutcome(done + Revise(programme, cancellation));
    }

    // Years only: a month binds nobody, and what comes late for it enters its year.
    private int Revise(RiverProgramme programme, CancellationToken cancellation)
    {
        int done = 0;
        foreach (NoticeChain chain in revisions.Chains().Where(c => IsYear(c, programme)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (revisions.Revise(chain) is not null) done++;
        }
        return done;
    }

    private static bool IsYear(NoticeChain chain, RiverProgramme programme) =>
        chain.Subject.StartsWith(programme.Id + "/", StringComparison.Ordinal)
        && Period.TryParse(chain.Newest.Notice.Period, programme.Zone, out Period? period) && period.Month is null;

    private Instant? Newest(RiverProgramme programme) =>
        programme.Sections.Select(s => record.NewestTime(s.Id)).Max(t => t?.UnixMilliseconds) is long newest
            ? new Instant(newest)
            : null;

    // The start of the first month that holds a reading of the programme; a device whose clock stands at 1970 opens none.
    private Instant? Oldest(RiverProgramme programme, ClosingTerms closing, Instant newest, long position) =>
        closing.Closed(closing.First.Start, newest, new Instant(long.MaxValue))
            .Where(p => p.Month is not null && programme.Sections.Any(s => record
                .Read(new ReadingQuery(s.Id, programme.Statistic, p.Start, p.End, position)).Any()))
            .Select(p => (Instant?)p.Start)
            .FirstOrDefault();

    // Under any version of the terms: other terms for a judged period are a correction, which people begin.
    private HashSet<(string Section, string Period)> Drafted(string programme)
    {
        HashSet<(string, string)> drafted = [];
        foreach (LedgerEntry entry in ledger.Entries().Where(e => e.Kind == LedgerKinds.Notice))
        {
            // notice/<programme>/<version>/<section>/<period>
            string[] parts = entry.Key.Split('/');
            if (parts.Length >= 5 && parts[1] == programme) drafted.Add((parts[^2], parts[^1]));
        }
        return drafted;
    }
}
