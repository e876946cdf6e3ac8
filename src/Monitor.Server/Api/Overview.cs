using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Server.Jobs;

namespace Monitor.Server.Api;

/// <summary>The answer of <c>GET /api/v1/overview</c>: what the first page shows, nothing that it would have to judge.</summary>
internal sealed record Overview(
    Instant? DataUntil, IReadOnlyList<SectionRow> Sections, IReadOnlyList<SiteRow> Sites, LedgerState Ledger)
{
    /// <summary>Reads it from the stores; the chain is verified anew at each call.</summary>
    internal static Overview Read(
        ProgrammeShelf shelf, IReadingStore record, ILedgerStore ledger, LedgerVerdict verdict, Instant now)
    {
        List<LedgerEntry> entries = [];
        foreach (StoredLedgerLine line in ledger.Lines())
        {
            if (LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _)) entries.Add(entry);
        }
        Dictionary<string, SealedNotice> notices = [];
        foreach (LedgerEntry entry in entries.Where(e => e.Kind == LedgerKinds.Notice))
        {
            SealedNotice notice = SealedNotice.Read(entry);
            notices[notice.Section] = notice; // the newest wins
        }
        List<SectionRow> sections = [.. shelf.Rivers.SelectMany(p => p.Sections
            .Where(s => notices.ContainsKey(s.Id))
            .Select(s => SectionRow.Of(p, s, notices[s.Id])))];
        List<SiteRow> sites = [.. shelf.Wetlands.SelectMany(p => p.Banks.Select(b => SiteRow.Of(p, b, entries)))];
        var state = new LedgerState(verdict.Entries, verdict.Entries == 0 ? null : verdict.Hash, verdict.Intact, now);
        return new Overview(record.NewestTime(), sections, sites, state);
    }
}

/// <summary>A name in both languages.</summary>
internal sealed record BilingualName(string Zh, string En)
{
    internal static BilingualName Of(Bilingual words) => new(words.Chinese, words.English);
}

/// <summary>One row of the terms, on the axis of the index.</summary>
internal sealed record BandSpan(string Direction, string? From, string? To);

/// <summary>The newest judgement of one section.</summary>
internal sealed record SectionRow(
    string Section, BilingualName Name, string Period, string? Class, string TargetClass, string? Index,
    string Direction, string? Amount, string Status, IReadOnlyList<BandSpan> Bands)
{
    internal static SectionRow Of(RiverProgramme programme, RiverSection section, SealedNotice notice) => new(
        section.Id, BilingualName.Of(section.Name), notice.Period, notice.Class, notice.TargetClass, notice.Index,
        notice.Direction, notice.Amount, notice.Status,
        [.. programme.Bands.Where(b => b.Class == section.Target)
            .OrderBy(b => b.Interval.Low ?? decimal.MinValue)
            .Select(b => new BandSpan(
                b.Direction.Name(), CanonicalAssessment.Plain(b.Interval.Low), CanonicalAssessment.Plain(b.Interval.High)))]);
}

/// <summary>Cover with its error band.</summary>
internal sealed record CoverSpan(decimal Low, decimal Central, decimal High);

/// <summary>A bank's site and its newest milestone judgement.</summary>
internal sealed record SiteRow(
    string Bank, BilingualName Name, string? Milestone, string? Outcome, CoverSpan? Cover, string Credits)
{
    internal static SiteRow Of(WetlandProgramme programme, WetlandBank bank, IEnumerable<LedgerEntry> entries)
    {
        string prefix = $"assessment/{programme.Id}/{programme.Version}/{bank.Id}/";
        List<LedgerEntry> all = [.. entries];
        LedgerEntry? newest = all.LastOrDefault(e => e.Key.StartsWith(prefix, StringComparison.Ordinal));
        BankAccount account = BankAccount.Of(programme.Id, bank.Id, all, DecisionBook.Of(all));
        var row = new SiteRow(
            bank.Id, BilingualName.Of(bank.Name), null, null, null, CreditAward.Text(account.Released));
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
internal sealed record LedgerState(long Entries, string? Head, bool Verified, Instant CheckedAt);
