using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Seals where a bank's yearly milestones stand, whenever that has changed: first an assessment, then revisions. One that
/// passes is proposed.
/// </summary>
/// <param name="ledger">What their parts came to, and where entries go.</param>
/// <param name="evidence">Where definitions are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class YearFlow(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Judges every yearly milestone of which a part was judged or filed.</summary>
    /// <returns>What was sealed, in ledger order.</returns>
    public IReadOnlyList<LedgerEntry> JudgeAll(WetlandProgramme programme, WetlandBank bank)
    {
        List<LedgerEntry> made = [];
        foreach (Milestone milestone in programme.Milestones.Where(m => m.Criterion is ByYear))
        {
            if (Seal(programme, bank, milestone) is LedgerEntry sealedNow) made.Add(sealedNow);
            if (NewestOf(programme, bank, milestone) is not LedgerEntry newest) continue;
            LedgerEntry? proposal = new PassedMilestones(ledger, clock).Propose(
                programme, bank, MilestonePart.Whole(milestone), newest, preparer: null);
            if (proposal is not null) made.Add(proposal);
        }
        return made;
    }

    private LedgerEntry? NewestOf(WetlandProgramme programme, WetlandBank bank, Milestone milestone) =>
        JudgedParts.Newest(programme, bank, MilestonePart.Whole(milestone), ledger.Entries());

    private LedgerEntry? Seal(WetlandProgramme programme, WetlandBank bank, Milestone milestone)
    {
        if (YearJudgement.Assess(programme, bank, milestone, [.. ledger.Entries()]) is not { HasBegun: true } now) return null;
        string subject = string.Create(
            CultureInfo.InvariantCulture,
            $"{JudgedParts.SubjectOf(programme, bank, MilestonePart.Whole(milestone))}/{now.Year:D4}");
        LedgerEntry? newest = NewestOf(programme, bank, milestone);
        if (newest is not null && newest.Body.Span.SequenceEqual(YearJudgement.Write(now))) return null;
        int round = 0;
        while (ledger.Find(KeyOf(subject, round)) is not null) round++;
        string key = KeyOf(subject, round);
        evidence.Put(programme.Text.Bytes.Span);
        string kind = round == 0 ? LedgerKinds.Assessment : LedgerKinds.Revision;
        return ledger.Append(key, _ =>
        {
            // Read under the ledger's lock: what it says is what the entries before it say.
            YearAssessment last = YearJudgement.Assess(programme, bank, milestone, [.. ledger.Entries()])!;
            LedgerEntry? wells = last.Wells?.Entry;
            return new LedgerDraft(
                kind, key, SealingDesk.Software, wells?.Position, wells?.Evidence, YearJudgement.Write(last));
        }, Instant.From(clock.GetUtcNow()));
    }

    private static string KeyOf(string subject, int round) => round == 0
        ? $"assessment/{subject}"
        : string.Create(CultureInfo.InvariantCulture, $"revision/{subject}/{round}");
}
