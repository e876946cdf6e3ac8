using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Comparisons;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Monitor.Server.Jobs;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Api;

/// <summary>
/// Lays years of a section side by side: what was sealed, and what-ifs by the terms in force and by other rounds. A what-if of
/// a year that nothing came to since is kept; nothing is ever sealed here.
/// </summary>
/// <param name="shelf">The programmes, and rounds given as files.</param>
/// <param name="adopted">The terms in force.</param>
/// <param name="record">The readings.</param>
/// <param name="registry">Reviews and suspensions.</param>
/// <param name="evidence">The terms that years were sealed by.</param>
internal sealed class YearsDesk(
    ProgrammeShelf shelf, AdoptedTerms adopted, IReadingStore record, IRegistryStore registry, EvidenceStore evidence)
{
    /// <summary>Years that are shown where none are asked for.</summary>
    internal const int ShownMax = 5;

    private const int KeptMax = 512;
    private readonly ConcurrentDictionary<(string Definition, string Section, int Year), (long Position, YearResult Result)>
        kept = [];
    private readonly ConcurrentDictionary<string, RiverProgramme> read = [];
    private readonly ConcurrentDictionary<long, string> texts = [];

    /// <summary>The programme of a section, as it is in force; null where no programme has it.</summary>
    internal RiverProgramme? OfSection(string id) => shelf.Rivers.FirstOrDefault(p => p.FindSection(id) is not null);

    /// <summary>A programme by its id, as it is in force; null where it is not served.</summary>
    internal RiverProgramme? Of(string id) => shelf.Rivers.FirstOrDefault(p => p.Id == id);

    /// <summary>Compares the years of one section.</summary>
    /// <param name="given">The programme as the service was given it.</param>
    /// <param name="section">A section of it.</param>
    /// <param name="asked">Civil years; null for those that are sealed, and the newest reading's.</param>
    /// <param name="view">The ledger.</param>
    internal ComparedSection Compare(RiverProgramme given, string section, IReadOnlyList<int>? asked, LedgerView view)
    {
        RiverProgramme today = adopted.Of(given);
        Dictionary<int, (YearResult Result, LedgerEntry Judged)> known = Sealed(view, section);
        IEnumerable<int> years = asked
            ?? [.. known.Keys.Concat(Newest(section, today)).Distinct().OrderDescending().Take(ShownMax)];
        HashSet<int> wanted = [.. years];
        return ComparedSection.Of(
            section, wanted, known.Where(k => wanted.Contains(k.Key)).ToDictionary(k => k.Key, k => k.Value.Result),
            Terms(today, known), Result);
    }

    private IEnumerable<int> Newest(string section, RiverProgramme programme) =>
        record.NewestTime(section) is Instant newest ? [Period.DayOf(newest, programme.Zone).Year] : [];

    // In force first, then rounds given as files, then texts that were sealed and lie in no folder any more.
    private List<RiverProgramme> Terms(
        RiverProgramme today, Dictionary<int, (YearResult Result, LedgerEntry Judged)> known)
    {
        List<RiverProgramme> terms = [today, .. shelf.Rounds.Where(r => IsOther(r, today))];
        foreach ((YearResult result, LedgerEntry judged) in known.OrderByDescending(k => k.Key).Select(k => k.Value))
        {
            if (result.Programme != today.Id || terms.Exists(t => t.Text.Sha256 == result.TermsSha256)) continue;
            terms.Add(read.GetOrAdd(
                result.TermsSha256, _ => new SealedInputs(evidence).Terms(judged).Terms.Programme));
        }
        return terms;
    }

    private static bool IsOther(RiverProgramme round, RiverProgramme today) =>
        round.Id == today.Id && round.Text.Sha256 != today.Text.Sha256;

    // What stands of each year: the issued notice, else the newest draft.
    private Dictionary<int, (YearResult Result, LedgerEntry Judged)> Sealed(LedgerView view, string section)
    {
        Dictionary<int, (YearResult Result, LedgerEntry Judged)> known = [];
        foreach (NoticeChain chain in view.Chains.All)
        {
            // What persons rejected is no result of the year.
            if (chain.IsRejected) continue;
            SealedNotice notice = chain.Standing.Notice;
            if (notice.Section != section || notice.IsPreliminary) continue;
            if (view.At(notice.Assessment) is not LedgerEntry judged) continue;
            int year = int.Parse(notice.Period, CultureInfo.InvariantCulture);
            // Sealed twice, by two rounds: the later one.
            if (known.TryGetValue(year, out var former) && former.Judged.Number > judged.Number) continue;
            known[year] = (ResultOf(chain, notice, judged), judged);
        }
        return known;
    }

    private YearResult ResultOf(NoticeChain chain, SealedNotice notice, LedgerEntry judged)
    {
        string[] subject = chain.Subject.Split('/');
        bool isRead = DirectionNames.TryParse(notice.Direction, out Direction direction)
            & SurfaceWaterClassNames.TryParse(notice.TargetClass, out SurfaceWaterClass target);
        if (!isRead) throw new JsonException($"Entry {judged.Number} has a direction or a class that is not known.");
        return new YearResult
        {
            Year = int.Parse(notice.Period, CultureInfo.InvariantCulture),
            Programme = subject[0],
            Version = subject[1],
            TermsSha256 = texts.GetOrAdd(judged.Number, _ => new SealedInputs(evidence).Header(judged).DefinitionSha256),
            Entry = judged.Number,
            IsDraft = !chain.IsIssued,
            Target = target,
            Class = SurfaceWaterClassNames.TryParse(notice.Class, out SurfaceWaterClass measured) ? measured : null,
            Index = Number(notice.Index),
            Direction = direction,
            Yuan = Number(notice.Amount),
        };
    }

    private YearResult Result(RiverProgramme terms, RiverSection section, Period year)
    {
        (string, string, int) key = (terms.Text.Sha256, section.Id, year.Year);
        long position = record.LastPosition;
        if (kept.TryGetValue(key, out var known) && !HasNewer(terms, section, year, known.Position)) return known.Result;
        JudgementInputs inputs = JudgementInputs.Read(record, registry, terms, section, year, position);
        var result = YearResult.WhatIf(RiverJudgement.Assess(terms, section, year, inputs));
        if (kept.Count >= KeptMax) kept.Clear();
        kept[key] = (position, result);
        return result;
    }

    private bool HasNewer(RiverProgramme terms, RiverSection section, Period year, long position)
    {
        var query = new ReadingQuery(section.Id, terms.Statistic, section.ReadsFrom(year), year.End, long.MaxValue);
        return record.HasNewer(query, position)
            || new[] { $"series/{section.Id}", $"section/{section.Id}" }.Any(subject => registry
                .Read(new RecordQuery { Subject = subject }).Any(r => r.Position > position));
    }

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
