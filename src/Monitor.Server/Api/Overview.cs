using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;

namespace Monitor.Server.Api;

/// <summary>The answer of <c>GET /api/v1/overview</c>: what the first page shows, nothing that it would have to judge.</summary>
internal sealed record Overview(
    string? DataUntil, IReadOnlyList<SectionRow> Sections, IReadOnlyList<SiteRow> Sites, LedgerState Ledger,
    IReadOnlyList<WaitingRow> Waiting)
{
    /// <summary>Reads it from the stores.</summary>
    /// <param name="shelf">The programmes.</param>
    /// <param name="record">The readings.</param>
    /// <param name="view">The ledger's entries.</param>
    /// <param name="verdict">What verification found just now.</param>
    /// <param name="now">When.</param>
    internal static Overview Read(
        ProgrammeShelf shelf, IReadingStore record, LedgerView view, LedgerVerdict verdict, Instant now)
    {
        List<SectionRow> sections = [.. shelf.Rivers.SelectMany(p => p.Sections
            .Where(s => view.Newest.ContainsKey(s.Id))
            .Select(s => SectionRow.Of(p, s, view.Newest[s.Id].Notice, view.Newest[s.Id].Entry.Number, record)))];
        List<SiteRow> sites = [.. shelf.Wetlands.SelectMany(p => p.Banks.Select(b => SiteRow.Of(p, b, view, now)))];
        var state = new LedgerState(
            verdict.Entries, verdict.Entries == 0 ? null : verdict.Hash, verdict.Intact, now.ToString());
        return new Overview(
            record.NewestTime()?.ToString(), sections, sites, state,
            [.. view.Decisions.Cases
                .Where(c => c.IsOpen && !ProposalItem.IsPreliminary(view.At(c.Entry)!))
                .Select(c => WaitingRow.Of(ProposalItem.Of(c, view, shelf, asker: null), c))]);
    }
}

/// <summary>Something that waits for signatures.</summary>
/// <remarks>
/// <c>Kind</c>: The entry's kind. <c>Proposes</c>: What is proposed, by the words of the list of proposals.
/// <c>Name</c>: Of the section, the bank or the programme.
/// </remarks>
internal sealed record WaitingRow(long Entry, string Kind, int Approvals, string Proposes, BilingualName Name)
{
    internal static WaitingRow Of(ProposalItem item, DecisionCase decided) =>
        new(decided.Entry, decided.Kind, decided.Approvals.Count, item.Proposes, item.Name);
}

/// <summary>A name in both languages.</summary>
internal sealed record BilingualName(string Zh, string En)
{
    internal static BilingualName Of(Bilingual words) => new(words.Chinese, words.English);
}

/// <summary>One row of the terms, on the axis of the index.</summary>
internal sealed record BandSpan(string Direction, string? From, string? To)
{
    /// <summary>The rows of a section's target class, from the lowest index up.</summary>
    internal static IReadOnlyList<BandSpan> Of(RiverProgramme programme, RiverSection section) =>
        [.. programme.Bands.Where(b => b.Class == section.Target)
            .OrderBy(b => b.Interval.Low ?? decimal.MinValue)
            .Select(b => new BandSpan(
                b.Direction.Name(), CanonicalAssessment.Plain(b.Interval.Low), CanonicalAssessment.Plain(b.Interval.High)))];
}

/// <summary>The newest judgement of one section.</summary>
internal sealed record SectionRow(
    string Section, BilingualName Name, BilingualName River, string Period, string? Class, string TargetClass, string? Index,
    string Direction, string? Amount, string Status, IReadOnlyList<BandSpan> Bands, string? LastReading, long NoticeEntry)
{
    internal static SectionRow Of(
        RiverProgramme programme, RiverSection section, SealedNotice notice, long noticeEntry, IReadingStore record) => new(
        section.Id, BilingualName.Of(section.Name), BilingualName.Of(section.River), notice.Period, notice.Class,
        notice.TargetClass, notice.Index,
        notice.Direction, notice.Amount, notice.Status,
        BandSpan.Of(programme, section), record.NewestTime(section.Id)?.ToString(), noticeEntry);
}

/// <summary>Cover with its error band.</summary>
internal sealed record CoverSpan(decimal Low, decimal Central, decimal High);

/// <summary>A bank's site and its newest judgement on cover.</summary>
internal sealed record SiteRow(
    string Bank, BilingualName Name, string? Milestone, string? Outcome, CoverSpan? Cover, string Credits, string Awarded,
    IReadOnlyList<MilestoneAnswer> Milestones)
{
    internal static SiteRow Of(WetlandProgramme programme, WetlandBank bank, LedgerView view, Instant now)
    {
        // The card draws cover; wells, surveys and years are on the wetland's own page.
        LedgerEntry? newest = programme.Parts.Where(p => p.Criterion is ByCover)
            .Select(p => JudgedParts.Newest(programme, bank, p, view.Entries)).MaxBy(e => e?.Number);
        BankNow at = BankNow.Of(programme, bank, view, now);
        var row = new SiteRow(
            bank.Id, BilingualName.Of(bank.Name), null, null, null, CreditAward.Text(at.Account.Released),
            CreditAward.Text(at.Account.Awarded), MilestoneAnswer.All(at, view));
        if (newest is null) return row;
        using JsonDocument json = JsonDocument.Parse(newest.Body);
        JsonElement root = json.RootElement, cover = root.GetProperty("cover");
        return row with
        {
            Milestone = root.GetProperty("milestone").GetString(),
            Outcome = root.GetProperty("outcome").GetString(),
            Cover = cover.GetProperty("central").ValueKind == JsonValueKind.Null
                ? null
                : new CoverSpan(Number(cover, "low"), Number(cover, "central"), Number(cover, "high")),
        };
    }

    private static decimal Number(JsonElement json, string key) =>
        decimal.Parse(json.GetProperty(key).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The state of the chain, recomputed when it was asked for.</summary>
internal sealed record LedgerState(long Entries, string? Head, bool Verified, string CheckedAt);
