using Monitor.Domain.Readings;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>Something that the sources do not say.</summary>
/// <param name="Path">The key it stands under, as <c>index</c>.</param>
/// <param name="Line">Its line in the file.</param>
/// <param name="Why">Why it is taken so.</param>
public sealed record Assumption(string Path, int Line, string Why);

/// <summary>A text in both languages.</summary>
/// <param name="Chinese">The ruling text.</param>
/// <param name="English">Its gloss.</param>
public sealed record Bilingual(string Chinese, string English);

/// <summary>A river-compensation programme as its file says it: parties, places, terms. Made by its reader only.</summary>
public sealed record RiverProgramme
{
    /// <summary>The file that it was read from.</summary>
    public required DefinitionText Text { get; init; }

    /// <summary>The standard that gives the class limits.</summary>
    public required StandardFile Standard { get; init; }

    /// <summary>Programme id, as <c>ou-river</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Version, as the agreement's round.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the programme.</summary>
    public required Bilingual Title { get; init; }

    /// <summary>Zone whose civil days, months and years count.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Rivers or lakes: which limits apply.</summary>
    public required WaterBody Water { get; init; }

    /// <summary>Documents that the notice rests on.</summary>
    public required IReadOnlyList<Bilingual> Basis { get; init; }

    /// <summary>Who issues.</summary>
    public required Issuer Issuer { get; init; }

    /// <summary>The one statistic of the readings that count.</summary>
    public required Statistic Statistic { get; init; }

    /// <summary>Hours between readings; divides 24.</summary>
    public required int IntervalHours { get; init; }

    /// <summary>Whether Table 1 is entered with the target class or with the measured class.</summary>
    public required ClassBasis ClassBasis { get; init; }

    /// <summary>Measurands that the measured class is judged by.</summary>
    public required IReadOnlyList<string> ClassIndicators { get; init; }

    /// <summary>Whether a month's mean goes through daily means.</summary>
    public required bool ThroughDays { get; init; }

    /// <summary>How many data a mean needs.</summary>
    public required Validity Validity { get; init; }

    /// <summary>Screening limits by measurand, and their version.</summary>
    public required ScreeningTerms Screening { get; init; }

    /// <summary>What share of the detection limit a value below it counts as; 0.5 for half.</summary>
    public required decimal BelowDetectionFactor { get; init; }

    /// <summary>The index; without terms where the programme has none.</summary>
    public required IndexDefinition Index { get; init; }

    /// <summary>Names of the terms that a month's preliminary judgement uses; none where there is no index.</summary>
    public required IReadOnlyList<string> PreliminaryTerms { get; init; }

    /// <summary>When its periods close; null where the clock never judges it and only a person's command does.</summary>
    public ClosingTerms? Closing { get; init; }

    /// <summary>How figures become money.</summary>
    public required OutcomeTerms Outcome { get; init; }

    /// <summary>
    /// The table of the index, complete over the line for each of its classes; empty where the outcome has none.
    /// </summary>
    public IReadOnlyList<BandRow> Bands => Outcome.Parts.OfType<BandsPart>().FirstOrDefault()?.Rows ?? [];

    /// <summary>Where the table comes from; empty where there is none, or where it is assumed.</summary>
    public string BandsSource => Outcome.Parts.OfType<BandsPart>().FirstOrDefault()?.Source ?? "";

    /// <summary>What the parties pay in and get out every year; null where there is no common fund.</summary>
    public PoolTerms? Pool { get; init; }

    /// <summary>How the water that comes in is separated; null where the programme does not look at it.</summary>
    public InflowTerms? Inflow { get; init; }

    /// <summary>Sentences that the notice prints beside the usual ones.</summary>
    public IReadOnlyList<Bilingual> NoticeClauses { get; init; } = [];

    /// <summary>Days from receipt to payment, and where to.</summary>
    public required PaymentTerms Payment { get; init; }

    /// <summary>Working days to object in, and with whom.</summary>
    public required ObjectionTerms Objection { get; init; }

    /// <summary>The sections, in the order of the file.</summary>
    public required IReadOnlyList<RiverSection> Sections { get; init; }

    /// <summary>Every assumption, in the order of the file.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Other readings of its terms that the definition itself declares; computed beside, never the result.</summary>
    public IReadOnlyList<AlternativeTerms> Alternatives { get; init; } = [];

    /// <summary>The section of an id, or null.</summary>
    public RiverSection? FindSection(string id) => Sections.FirstOrDefault(s => s.Id == id);

    /// <summary>Whether the reading is of the water that comes in, not of the section itself.</summary>
    public bool IsInflow(Reading reading) => Inflow is not null && reading.Instrument == Inflow.Instrument;

    /// <summary>The assumptions that bear on a section: those of the whole programme and its own.</summary>
    public IReadOnlyList<string> AssumptionsFor(RiverSection section)
    {
        string own = $"sections[{Sections.ToList().IndexOf(section)}]";
        return [.. Assumptions
            // What only an alternative takes for granted, the judgement does not.
            .Where(a => !a.Path.StartsWith("alternatives[", StringComparison.Ordinal))
            .Where(a => !a.Path.StartsWith("sections[", StringComparison.Ordinal)
                || a.Path == own || a.Path.StartsWith(own + ".", StringComparison.Ordinal))
            .Select(a => $"{a.Path.Replace(own, "section", StringComparison.Ordinal)}: {a.Why}")];
    }
}

/// <summary>Which class chooses the rows of the table.</summary>
public enum ClassBasis
{
    /// <summary>The class that the agreement sets for the section.</summary>
    Target,

    /// <summary>The class that the period's means have.</summary>
    Measured,
}

/// <summary>Who issues notices.</summary>
/// <param name="Name">The office.</param>
/// <param name="Short">Short form in notice numbers, as 丽环补.</param>
/// <param name="Copies">Who gets a copy.</param>
public sealed record Issuer(Bilingual Name, string Short, IReadOnlyList<string> Copies);

/// <summary>How many data a mean needs.</summary>
/// <param name="DayReadingsMin">Valid readings of a day.</param>
/// <param name="MonthShareMin">Share of a month's days that are valid, 0 to 1.</param>
/// <param name="YearMonthsMin">Valid months of a year.</param>
public sealed record Validity(int DayReadingsMin, decimal MonthShareMin, int YearMonthsMin);

/// <summary>The index and how it is rounded.</summary>
/// <param name="Name">Its name on documents.</param>
/// <param name="Digits">Decimal places that are compared with the table.</param>
/// <param name="Rounding">How it is rounded to them, once.</param>
/// <param name="Terms">Its terms; their weights sum to 1.</param>
public sealed record IndexDefinition(
    Bilingual Name, int Digits, MidpointRounding Rounding, IReadOnlyList<IndexTermDefinition> Terms);

/// <summary>One term of the index.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">Its name on documents.</param>
/// <param name="Weight">Its weight in the index.</param>
/// <param name="Stability">k₀, the water-quality stability coefficient; 1 where there is none.</param>
/// <param name="Parts">Measurands and their weights, which sum to 1.</param>
/// <param name="IsYearlyFigure">Whether the value is one figure for the year rather than a mean of readings.</param>
public sealed record IndexTermDefinition(
    string Name, Bilingual Label, decimal Weight, decimal Stability,
    IReadOnlyList<IndexPart> Parts, bool IsYearlyFigure);

/// <summary>A measurand in a term.</summary>
/// <param name="Measurand">Its code.</param>
/// <param name="Weight">Its weight in the term.</param>
/// <param name="IsInverse">Whether more is better: the ratio is then baseline ÷ value.</param>
/// <param name="Statistic">What of its readings is compared with the baseline.</param>
/// <param name="Flow">The flow's code, in L/s; empty where the statistic is a plain mean.</param>
public sealed record IndexPart(
    string Measurand, decimal Weight, bool IsInverse = false, PartStatistic Statistic = PartStatistic.Mean, string Flow = "");

/// <summary>What of a measurand's readings is compared.</summary>
public enum PartStatistic
{
    /// <summary>The mean of months.</summary>
    Mean,

    /// <summary>Σ C·Q ÷ Σ Q over the slots that have both, mg/L.</summary>
    FlowWeightedMean,

    /// <summary>Σ C·Q·Δt over the slots that have both, tonnes.</summary>
    Load,
}

/// <summary>
/// The station at the upper end of a section's reach: an instrument of the section, whose readings stand apart.
/// </summary>
/// <param name="Instrument">The instrument's id in the readings.</param>
/// <param name="Rule">What counts of an exceedance that came in.</param>
public sealed record InflowTerms(string Instrument, InflowRule Rule);

/// <summary>When and where to pay.</summary>
/// <param name="Days">Days from receipt.</param>
/// <param name="Account">Where to.</param>
public sealed record PaymentTerms(int Days, Bilingual Account)
{
    /// <summary>Shares of the instalments, as 3, 3, 4; empty where all is due at once.</summary>
    public IReadOnlyList<decimal> Instalments { get; init; } = [];
}

/// <summary>How to object.</summary>
/// <param name="WorkingDays">Working days from receipt.</param>
/// <param name="Office">With whom.</param>
public sealed record ObjectionTerms(int WorkingDays, Bilingual Office);

/// <summary>A boundary section.</summary>
public sealed record RiverSection
{
    /// <summary>Id in topics and files.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, as 缙云—莲都.</summary>
    public required Bilingual Name { get; init; }

    /// <summary>The river it lies on.</summary>
    public required Bilingual River { get; init; }

    /// <summary>The party above; of several, their names in one.</summary>
    public required Bilingual Upstream { get; init; }

    /// <summary>The party below; of several, their names in one.</summary>
    public required Bilingual Downstream { get; init; }

    /// <summary>The parties above, with the share that each pays or is paid; one or more.</summary>
    public required IReadOnlyList<PartyShare> UpstreamShares { get; init; }

    /// <summary>The parties below, with the share that each pays or is paid; one or more.</summary>
    public required IReadOnlyList<PartyShare> DownstreamShares { get; init; }

    /// <summary>The class that the agreement sets.</summary>
    public required SurfaceWaterClass Target { get; init; }

    /// <summary>Yuan a year, whoever pays; 0 where the outcome's own parts say how much.</summary>
    public required decimal AmountYuan { get; init; }

    /// <summary>What the baseline is, as 2021—2023 年均值; empty where there is no index.</summary>
    public required Bilingual BaselineLabel { get; init; }

    /// <summary>Fixed baseline of measurands of the index; above 0. What is missing is the previous year's.</summary>
    public required IReadOnlyDictionary<string, decimal> Baseline { get; init; }

    /// <summary>What the previous year's own figures do to the baseline.</summary>
    public BaselineYear BaselineYear { get; init; }

    /// <summary>First moment of the readings that a judgement of the period needs: the year before is its baseline's.</summary>
    public Instant ReadsFrom(Period period) =>
        BaselineYear is BaselineYear.Previous or BaselineYear.NeverLaxer
            ? Period.OfYear(period.Year - 1, period.Zone).Start
            : period.Start;

    /// <summary>The section's own limits, for exceedances; above 0.</summary>
    public IReadOnlyDictionary<string, decimal> Limits { get; init; } = new Dictionary<string, decimal>();
}

/// <summary>What the previous year's own figures do to a baseline.</summary>
public enum BaselineYear
{
    /// <summary>Nothing: the baseline is fixed.</summary>
    Fixed,

    /// <summary>They are the baseline.</summary>
    Previous,

    /// <summary>
    /// No source that could be read prints it: readings alone give no index until the agreement's own are put in.
    /// </summary>
    Unpublished,

    /// <summary>The fixed baseline holds, but never laxer than they are (只能更好，不能更差).</summary>
    NeverLaxer,
}
