using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>Where a part of a yearly milestone stands.</summary>
/// <param name="Part">The part.</param>
/// <param name="Outcome">Its outcome's word; null before anything was judged or filed.</param>
/// <param name="Entry">The entry that says so; null before one.</param>
/// <param name="Accepted">The document by which a person accepted it, where it was left to people; null else.</param>
public sealed record YearPartState(MilestonePart Part, string? Outcome, LedgerEntry? Entry, LedgerEntry? Accepted);

/// <summary>Where a yearly milestone stands.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Milestone">The milestone; its criterion is yearly.</param>
/// <param name="Year">The civil year of its monitoring year.</param>
/// <param name="Parts">Each part, in the order of the file.</param>
/// <param name="Report">The filing of the year's monitoring report; null before one.</param>
public sealed record YearAssessment(
    WetlandProgramme Programme, WetlandBank Bank, Milestone Milestone, int Year, IReadOnlyList<YearPartState> Parts,
    LedgerEntry? Report)
{
    /// <summary>Fails where a part fails; passes where all pass and the report is filed; is else inconclusive.</summary>
    public CriterionOutcome Outcome => Parts.Any(p => p.Outcome == JudgedParts.Fail) ? CriterionOutcome.Fail
        : Missing.Count == 0 ? CriterionOutcome.Pass : CriterionOutcome.Inconclusive;

    /// <summary>What does not pass yet, by its id, in the order of the file; the report last, as <c>report</c>.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. Parts.Where(p => p.Outcome != JudgedParts.Pass).Select(p => p.Part.Part!),
        .. Report is null ? [YearJudgement.Report] : Array.Empty<string>(),
    ];

    /// <summary>
    /// The first part that is judged from wells, whose evidence is that of the year as well; null where there is none, or it
    /// is not judged yet.
    /// </summary>
    public YearPartState? Wells => Parts.FirstOrDefault(p => p.Part.Criterion is ByHydrology) is { Entry: not null } wells
        ? wells
        : null;

    /// <summary>Whether anything of it was judged or filed.</summary>
    public bool HasBegun => Report is not null || Parts.Any(p => p.Entry is not null);
}

/// <summary>Judges yearly milestones from what the ledger says of their parts. Pure.</summary>
public static class YearJudgement
{
    /// <summary>The word for the year's monitoring report.</summary>
    internal const string Report = "report";

    /// <summary>Where a yearly milestone stands; null where its bank has no first monitoring year.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="milestone">A milestone of it whose criterion is yearly.</param>
    /// <param name="entries">The ledger, from the first entry.</param>
    public static YearAssessment? Assess(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, IReadOnlyList<LedgerEntry> entries) =>
        Assess(programme, bank, milestone, entries, isByDay: true);

    /// <summary>
    /// A sealed judgement made again from the entries before it. A survey of an earlier day that was filed later counted as the
    /// newest once: where these are not its bytes, by that rule; null where its bank has no first monitoring year.
    /// </summary>
    /// <param name="sealedOne">The judgement's entry.</param>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="milestone">A milestone of it whose criterion is yearly.</param>
    /// <param name="before">Every entry before it.</param>
    internal static YearAssessment? Again(
        LedgerEntry sealedOne, WetlandProgramme programme, WetlandBank bank, Milestone milestone,
        IReadOnlyList<LedgerEntry> before)
    {
        if (Assess(programme, bank, milestone, before) is not YearAssessment now) return null;
        bool isSame = sealedOne.Body.Span.SequenceEqual(Write(now));
        return isSame ? now : Assess(programme, bank, milestone, before, isByDay: false);
    }

    private static YearAssessment? Assess(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, IReadOnlyList<LedgerEntry> entries, bool isByDay)
    {
        if (milestone.Criterion is not ByYear { Stage: int stage } || bank.Monitoring is not MonitoringTerms monitoring)
        {
            return null;
        }
        List<YearPartState> parts = [.. MilestonePart.Of(milestone).Skip(1).Select(part =>
        {
            LedgerEntry? newest = JudgedParts.Newest(programme, bank, part, entries, isByDay);
            return new YearPartState(
                part, JudgedParts.OutcomeOf(programme, bank, part, newest, entries), newest,
                newest is null ? null : JudgedParts.Accepted(programme, bank, part, newest, entries));
        })];
        return new YearAssessment(
            programme, bank, milestone, monitoring.YearOf(stage), parts,
            JudgedParts.Filed(programme, bank, MilestonePart.Whole(milestone), entries));
    }

    /// <summary>The canonical bytes: keys in fixed order, no white space; parts by entry and hash.</summary>
    public static byte[] Write(YearAssessment a)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("programme", a.Programme.Id);
            json.WriteString("version", a.Programme.Version);
            json.WriteString("definition", a.Programme.Text.Sha256);
            json.WriteString("bank", a.Bank.Id);
            json.WriteString("milestone", a.Milestone.Id);
            json.WriteString("criterion", a.Milestone.Criterion.Kind);
            json.WriteNumber("stage", a.Milestone.Criterion.Stage ?? 0);
            json.WriteString("year", a.Year.ToString("D4", CultureInfo.InvariantCulture));
            json.WriteStartArray("parts");
            foreach (YearPartState part in a.Parts)
            {
                json.WriteStartObject();
                json.WriteString("part", part.Part.Part);
                json.WriteString("criterion", part.Part.Criterion.Kind);
                json.WriteString("zh", part.Part.Name.Chinese);
                json.WriteString("en", part.Part.Name.English);
                json.WriteString("outcome", part.Outcome);
                WriteEntry(json, "entry", part.Entry);
                if (part.Accepted is not null) WriteEntry(json, "accepted", part.Accepted);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartObject(Report);
            WriteEntry(json, "entry", a.Report);
            json.WriteEndObject();
            json.WriteStartArray("missing");
            foreach (string missing in a.Missing) json.WriteStringValue(missing);
            json.WriteEndArray();
            json.WriteString("outcome", MilestoneJudgement.Name(a.Outcome));
            MilestoneJudgement.WriteCredits(json, a.Programme, a.Bank, MilestonePart.Whole(a.Milestone));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// What is wrong with a yearly judgement's entry, in a sentence; null where nothing is, and of any other entry. It is made
    /// again from the entries before it.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="before">Every entry before it.</param>
    /// <param name="kept">Gives the programme's text of a hash; null where it is not at hand, and nothing is asked.</param>
    public static string? FaultOf(LedgerEntry entry, IReadOnlyList<LedgerEntry> before, Func<string, byte[]?> kept)
    {
        if (entry.Kind is not (LedgerKinds.Assessment or LedgerKinds.Revision)) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        bool isYearly = json.RootElement.TryGetProperty("criterion", out JsonElement kind) && kind.ValueEquals("yearly");
        if (!isYearly) return null;
        string Text(string key) => json.RootElement.GetProperty(key).GetString() ?? "";
        if (kept(Text("definition")) is not byte[] text) return null;
        WetlandProgramme programme = WetlandProgrammeReader.Read(new DefinitionText("programme.yaml", text));
        YearAssessment? again = programme.FindBank(Text("bank")) is WetlandBank bank
            && programme.FindMilestone(Text("milestone")) is Milestone milestone
                ? Again(entry, programme, bank, milestone, before)
                : null;
        return again is not null && entry.Evidence == again.Wells?.Entry!.Evidence
            && entry.Body.Span.SequenceEqual(Write(again))
            ? null
            : $"Entry {entry.Number} says of its year what the entries before it do not say.";
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, LedgerEntry? entry)
    {
        if (entry is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteNumber(name, entry.Number);
        json.WriteString($"{name}Hash", entry.Hash);
    }
}
