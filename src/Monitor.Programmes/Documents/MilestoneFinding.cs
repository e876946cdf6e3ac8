using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;

namespace Monitor.Programmes.Documents;

/// <summary>Where a milestone stands by what was judged or filed of it, whatever its criterion is.</summary>
/// <param name="Milestone">The milestone.</param>
/// <param name="Shown">The newest judgement or filing; null where there is none.</param>
/// <param name="On">The day that it is of: the scene's, or when the document was filed; null where there is none.</param>
/// <param name="Outcome"><c>pass</c>, <c>fail</c>, <c>inconclusive</c>, <c>filed</c> or <c>none</c>.</param>
/// <param name="Evidence">Its lines.</param>
/// <param name="Year">How many judgements of the year came to which outcome, in the order of the words.</param>
/// <param name="Proposal">The standing proposal; null where there is none.</param>
/// <param name="Release">Entry of the release; null where it is not released.</param>
public sealed record MilestoneFinding(
    Milestone Milestone, LedgerEntry? Shown, DateOnly? On, string Outcome, IReadOnlyList<EvidenceLine> Evidence,
    IReadOnlyList<(string Outcome, int Count)> Year, ProposedPart? Proposal, long? Release)
{
    // assessment/PROGRAMME/VERSION/BANK/MILESTONE/TIME and filing/PROGRAMME/BANK/MILESTONE/SHA256
    private const int KeyParts = 6, FilingParts = 5;

    /// <summary>Whether what is shown meets the criterion, as a judgement says or a filed document claims.</summary>
    public bool IsMet => Outcome is "pass" or "filed";

    /// <summary>The findings of a bank, in the order of the schedule.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="account">Its account.</param>
    /// <param name="entries">The ledger.</param>
    /// <param name="year">
    /// The civil year, in the programme's zone: judgements count that are of it or of one before; documents whenever they were
    /// filed, since those of a year are filed after it.
    /// </param>
    public static IReadOnlyList<MilestoneFinding> Of(
        WetlandProgramme programme, WetlandBank bank, BankAccount account, IReadOnlyList<LedgerEntry> entries, int year)
    {
        ILookup<string, LedgerEntry> shown = entries.Where(e => e.Kind == LedgerKinds.Assessment)
            .Select(e => (Entry: e, Milestone: MilestoneOf(e, programme.Id, bank.Id)))
            .Where(e => e.Milestone is not null).ToLookup(e => e.Milestone!, e => e.Entry);
        return [.. programme.Milestones.Select(m => Of(programme, m, account, [.. shown[m.Id]], year))];
    }

    private static MilestoneFinding Of(
        WetlandProgramme programme, Milestone milestone, BankAccount account, IReadOnlyList<LedgerEntry> shown, int year)
    {
        List<(LedgerEntry Entry, DateOnly On)> dated = [.. shown.Select(e => (e, DayOf(e, programme.Zone)))
            .Where(e => JudgedEntry.IsFiling(e.e) || e.Item2.Year <= year)];
        ProposedPart? proposal = account.StandingProposal(milestone.Id);
        // What was proposed is what the milestone stands on; before that, the newest.
        int at = proposal is null ? -1 : dated.FindIndex(e => e.Entry.Number == proposal.Proposal.Assessment);
        (LedgerEntry Entry, DateOnly On)? newest = at >= 0 ? dated[at] : dated.Count > 0 ? dated[^1] : null;
        List<(string, int)> counts = [.. dated.Where(e => e.On.Year == year).GroupBy(e => OutcomeOf(e.Entry))
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count()))];
        return new MilestoneFinding(
            milestone, newest?.Entry, newest?.On, newest is null ? "none" : OutcomeOf(newest.Value.Entry),
            newest is null ? [] : MilestoneEvidence.Lines(newest.Value.Entry), counts, proposal,
            account.Releases.FirstOrDefault(r => r.Milestone == milestone.Id)?.Entry);
    }

    /// <summary>The words of an outcome.</summary>
    internal static string Words(string outcome) => outcome switch
    {
        "pass" => "达到 met",
        "fail" => "未达到 not met",
        "inconclusive" => "不能判定 open",
        "filed" => "已报送文件 filed",
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

    private static string OutcomeOf(LedgerEntry entry)
    {
        if (JudgedEntry.IsFiling(entry)) return "filed";
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.TryGetProperty("outcome", out JsonElement outcome) ? outcome.GetString() ?? "none" : "none";
    }

    private static string? MilestoneOf(LedgerEntry entry, string programme, string bank)
    {
        string[] key = entry.Key.Split('/');
        if (key[0] == "filing") return key.Length == FilingParts && key[1] == programme && key[2] == bank ? key[3] : null;
        return key.Length == KeyParts && key[1] == programme && key[3] == bank ? key[4] : null;
    }

    private static DateOnly DayOf(LedgerEntry entry, TimeZoneInfo zone)
    {
        string last = entry.Key.Split('/')[^1];
        bool isTime = DateTimeOffset.TryParse(
            last, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && !JudgedEntry.IsFiling(entry);
        return Period.DayOf(isTime ? Instant.From(time) : entry.SealedAt, zone);
    }
}
