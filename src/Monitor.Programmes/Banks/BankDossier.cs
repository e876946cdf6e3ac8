using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>A filing as it lies in the ledger.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="SealedAt">When it was sealed.</param>
/// <param name="Filing">What was filed.</param>
public sealed record FiledPart(long Entry, Instant SealedAt, BankFiling Filing);

/// <summary>What a bank's ledger entries show beside its credits: judgements, filings, and when things were decided.</summary>
public sealed record BankDossier
{
    /// <summary>Nothing shown yet.</summary>
    public static BankDossier Empty { get; } = new();

    /// <summary>Judgements of milestones, in ledger order.</summary>
    public IReadOnlyList<BankFinding> Findings { get; init; } = [];

    /// <summary>Filings, in ledger order.</summary>
    public IReadOnlyList<FiledPart> Filings { get; init; } = [];

    /// <summary>When the credits were awarded; null before that.</summary>
    public Instant? AwardedAt { get; init; }

    /// <summary>When proposals, approvals and rejections were sealed, by entry; of other banks too.</summary>
    public IReadOnlyDictionary<long, Instant> Times { get; init; } = new Dictionary<long, Instant>();

    /// <summary>Reads a ledger.</summary>
    public static BankDossier Of(WetlandProgramme programme, string bank, IEnumerable<LedgerEntry> entries)
    {
        string prefix = BankFiling.Prefix(programme.Id, bank);
        List<BankFinding> findings = [];
        List<FiledPart> filings = [];
        Dictionary<long, Instant> times = [];
        Instant? awarded = null;
        foreach (LedgerEntry entry in entries)
        {
            if (entry.Kind is LedgerKinds.Proposal or LedgerKinds.Approval or LedgerKinds.Rejection)
            {
                times[entry.Number] = entry.SealedAt;
            }
            else if (entry.Key == CreditAward.Key(programme.Id, bank)) awarded = entry.SealedAt;
            else
            {
                bool isFiled = entry.Key.StartsWith(prefix, StringComparison.Ordinal);
                if (isFiled) filings.Add(new FiledPart(entry.Number, entry.SealedAt, BankFiling.Read(entry)));
                if (BankFinding.Read(entry, programme, bank) is BankFinding finding) findings.Add(finding);
            }
        }
        return new BankDossier { Findings = findings, Filings = filings, AwardedAt = awarded, Times = times };
    }

    /// <summary>The judgement of a milestone on what came last in time; null where there is none.</summary>
    public BankFinding? Newest(string milestone) => Findings.Where(f => f.Milestone == milestone)
        .OrderBy(f => f.At).ThenBy(f => f.Entry).LastOrDefault();

    /// <summary>The newest document that shows a milestone; null where none was filed.</summary>
    public FiledPart? NewestFiling(string milestone) => Filings.LastOrDefault(f => f.Filing.Milestone == milestone);

    /// <summary>The report of a year; null where it was not filed.</summary>
    public FiledPart? FindReport(string report, int year) =>
        Filings.FirstOrDefault(f => f.Filing.Report == report && f.Filing.Year == year);

    /// <summary>
    /// The filing by which an instrument is void on a day: the earliest since it was last renewed, so that filing the same again
    /// moves nothing; null where it is not void.
    /// </summary>
    public FiledPart? VoidOn(string instrument, DateOnly day)
    {
        FiledPart? voided = null;
        foreach (FiledPart filed in Filings.Where(f => f.Filing.Instrument == instrument && DayOf(f) <= day))
        {
            voided = filed.Filing.State == BankFiling.Voided ? voided ?? filed : null;
        }
        return voided;
    }

    /// <summary>Whether a judged criterion ever passed.</summary>
    public bool EverPassed(string milestone, Instant before) => Findings.Any(
        f => f.Milestone == milestone && f.Outcome == CriterionOutcome.Pass && f.At < before);

    private static DateOnly DayOf(FiledPart filed) =>
        DateOnly.Parse(filed.Filing.Day!, System.Globalization.CultureInfo.InvariantCulture);
}
