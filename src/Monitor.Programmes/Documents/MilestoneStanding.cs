using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>Where a milestone stands by what was judged or filed of it, whatever its criterion is.</summary>
/// <param name="Milestone">The milestone.</param>
/// <param name="Shown">The judgement, survey or document it stands on; null where there is none.</param>
/// <param name="On">
/// The day that it is of: the scene's, the period's last, or when it was filed; null where there is none.
/// </param>
/// <param name="Outcome">
/// <c>pass</c>, <c>fail</c>, <c>inconclusive</c>, <c>review</c> (left to people), <c>accepted</c> (by a person who was left it),
/// <c>filed</c> or <c>none</c>.
/// </param>
/// <param name="Evidence">Its lines.</param>
/// <param name="Year">How many judgements of the year came to which outcome, in the order of the words.</param>
/// <param name="Proposal">The standing proposal; null where there is none.</param>
/// <param name="Release">Entry of the release; null where it is not released.</param>
public sealed record MilestoneStanding(
    Milestone Milestone, LedgerEntry? Shown, DateOnly? On, string Outcome, IReadOnlyList<EvidenceLine> Evidence,
    IReadOnlyList<(string Outcome, int Count)> Year, ProposedPart? Proposal, long? Release)
{
    private const string Filed = "filed", Accepted = "accepted";

    /// <summary>Whether what is shown meets the criterion, as a judgement says or a filed document claims.</summary>
    public bool IsMet => Outcome is "pass" or Filed or Accepted;

    /// <summary>How a bank's milestones stand, in the order of the schedule.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="account">Its account.</param>
    /// <param name="entries">The whole ledger.</param>
    /// <param name="year">
    /// The civil year, in the programme's zone: judgements count that are of it or of one before; documents whenever they were
    /// filed, since those of a year are filed after it.
    /// </param>
    public static IReadOnlyList<MilestoneStanding> Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, IReadOnlyList<LedgerEntry> entries, int year)
    {
        BankDossier dossier = BankDossier.Of(programme, bank.Id, entries);
        return [.. programme.Milestones.Select(m => Of(programme, m, account, dossier, entries, year))];
    }

    private static MilestoneStanding Of(
        WetlandProgramme programme, Milestone milestone, BankAccount account, BankDossier dossier,
        IReadOnlyList<LedgerEntry> entries, int year)
    {
        List<(long Entry, DateOnly On, string Outcome)> shown = milestone.Criterion is ByDocument
            ? [.. dossier.Filings.Where(f => f.Filing.Milestone == milestone.Id)
                .Select(f => (f.Entry, Period.DayOf(f.SealedAt, programme.Zone), Filed))]
            : [.. dossier.Findings.Where(f => f.Milestone == milestone.Id)
                .Select(f => (f.Entry, On: Period.DayOf(f.At, programme.Zone), MilestoneJudgement.Name(f.Outcome)))
                .Where(f => f.On.Year <= year)];
        ProposedPart? proposal = account.StandingProposal(milestone.Id);
        // What was proposed is what the milestone stands on; before that, the newest.
        long? rests = proposal?.Proposal.Assessment;
        long? reviewed = dossier.Filings.FirstOrDefault(f => f.Entry == rests)?.Filing.Reviews;
        int at = shown.FindIndex(e => e.Entry == (reviewed ?? rests));
        (long Entry, DateOnly On, string Outcome)? basis = at >= 0 ? shown[at] : shown.Count > 0 ? shown[^1] : null;
        List<(string, int)> counts = [.. shown.Where(e => e.On.Year == year).GroupBy(e => e.Outcome)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count()))];
        LedgerEntry At(long number) => entries[(int)number - 1];
        LedgerEntry? entry = basis is null ? null : At(basis.Value.Entry);
        return new MilestoneStanding(
            milestone, entry, basis?.On, basis is null ? "none" : reviewed is not null ? Accepted : basis.Value.Outcome,
            entry is null ? [] : MilestoneEvidence.Lines(entry, At, programme.Zone), counts, proposal,
            account.Releases.FirstOrDefault(r => r.Milestone == milestone.Id)?.Entry);
    }

    /// <summary>The words of an outcome.</summary>
    internal static string Words(string outcome) => outcome switch
    {
        "pass" => "达到 met",
        "fail" => "未达到 not met",
        "inconclusive" => "不能判定 open",
        "review" => "留待人工核定 left to people",
        Accepted => "经人工核定 accepted by a person",
        Filed => "已报送文件 filed",
        _ => "尚无证据 none yet",
    };

    /// <summary>The words of where a proposal stands.</summary>
    internal static string Words(DecisionCase proposal) => proposal.State switch
    {
        "done" => "已办结 done",
        "approved" => "已批准 approved",
        "rejected" => "已驳回 rejected",
        _ => "待批准 open",
    };
}
