using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// A field survey and its judgement, as a registered person signs it: the body of a filing. Whoever has the entry alone can
/// judge its figures again.
/// </summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, or the part of a yearly one.</param>
/// <param name="Asked">Its criterion.</param>
/// <param name="Day">Last civil day of the field work.</param>
/// <param name="Figures">What was found, each measure once.</param>
/// <param name="Report">The report that the figures are taken from.</param>
public sealed record SurveyStatement(
    WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part, BySurvey Asked, DateOnly Day,
    IReadOnlyList<SurveyFigure> Figures, FiledDocument Report)
{
    private const string Format = "survey/1", DayFormat = "yyyy-MM-dd";

    /// <summary>What the figures say; inconclusive where the survey was made outside the days that the file gives.</summary>
    public CriterionOutcome Outcome => IsInSeason
        ? SurveyCriterion.Judge(Asked.Requirements, Figures, Asked.PlotsMin).Outcome
        : CriterionOutcome.Inconclusive;

    /// <summary>Requirement by requirement, in the order of the file.</summary>
    public IReadOnlyList<SurveyRow> Rows => SurveyCriterion.Judge(Asked.Requirements, Figures, Asked.PlotsMin).Rows;

    /// <summary>Whether it was made on days that count.</summary>
    public bool IsInSeason => Asked.Season?.Holds(Day) ?? true;

    /// <summary>Key of its entry: the same survey with the same report is filed once.</summary>
    public string Key => $"filing/{Programme.Id}/{Bank.Id}/{Part.Path}/"
        + Convert.ToHexStringLower(SHA256.HashData(Body(person: null)));

    /// <summary>The signed body.</summary>
    /// <param name="person">Who files it.</param>
    /// <param name="sign">Signs with that person's key.</param>
    public byte[] Write(Person person, Func<byte[], byte[]> sign) => SignedStatement.Sign(Body(person), sign);

    /// <summary>Whether an entry is a survey's filing.</summary>
    public static bool IsOne(LedgerEntry entry) => VersionOf(entry) is not null;

    /// <summary>Whether an entry is a survey's filing under a version of the terms.</summary>
    public static bool IsOf(LedgerEntry entry, string version) => VersionOf(entry) == version;

    /// <summary>The last civil day of a survey's field work.</summary>
    /// <param name="entry">A survey's filing.</param>
    internal static DateOnly DayOf(LedgerEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return DateOnly.ParseExact(json.RootElement.GetProperty("day").GetString()!, DayFormat, CultureInfo.InvariantCulture);
    }

    /// <summary>What is wrong with the judgement in a survey's entry, in a sentence; null where nothing is.</summary>
    public static string? FaultOf(LedgerEntry entry)
    {
        if (!IsOne(entry)) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        JsonElement body = json.RootElement;
        List<(SurveyRow Row, string Said)> rows = [.. body.GetProperty("rows").EnumerateArray().Select(ReadRow)];
        int plotsMin = body.GetProperty("plotsMin").GetInt32();
        (CriterionOutcome outcome, IReadOnlyList<SurveyRow> again) = SurveyCriterion.Judge(
            [.. rows.Select(r => r.Row.Requirement)], [.. rows.Select(r => r.Row.Measured).OfType<SurveyFigure>()], plotsMin);
        if (!body.GetProperty("inSeason").GetBoolean()) outcome = CriterionOutcome.Inconclusive;
        bool holds = body.GetProperty("outcome").GetString() == MilestoneJudgement.Name(outcome)
            && rows.Zip(again).All(pair => pair.First.Said == MilestoneJudgement.Name(pair.Second.Outcome));
        return holds ? null : $"Entry {entry.Number} says of its survey what its figures do not say.";
    }

    private byte[] Body(Person? person)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("statement", Format);
            json.WriteString("programme", Programme.Id);
            json.WriteString("version", Programme.Version);
            json.WriteString("definition", Programme.Text.Sha256);
            json.WriteString("bank", Bank.Id);
            json.WriteString("milestone", Part.Path);
            json.WriteString("criterion", Asked.Kind);
            json.WriteString("day", Day.ToString(DayFormat, CultureInfo.InvariantCulture));
            if (Asked.Season is DaySpan season) json.WriteString("season", $"{season.From} – {season.To}");
            json.WriteBoolean("inSeason", IsInSeason);
            json.WriteNumber("plotsMin", Asked.PlotsMin);
            json.WriteStartArray("rows");
            foreach (SurveyRow row in Rows) WriteRow(json, row);
            json.WriteEndArray();
            json.WriteStartArray("others");
            foreach (SurveyFigure figure in Figures.Where(f => Rows.All(r => r.Measured != f))) WriteFigure(json, figure);
            json.WriteEndArray();
            json.WriteString("outcome", MilestoneJudgement.Name(Outcome));
            json.WriteStartObject("document");
            json.WriteString("name", Report.Name);
            json.WriteString("sha256", Report.Sha256);
            json.WriteNumber("bytes", Report.Bytes);
            json.WriteEndObject();
            if (person is not null) SignedStatement.WriteSigner(json, person);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRow(Utf8JsonWriter json, SurveyRow row)
    {
        json.WriteStartObject();
        json.WriteString("measure", row.Requirement.Measure);
        json.WriteString("operator", BySurvey.WordOf(row.Requirement.Operator));
        json.WriteString("threshold", CanonicalAssessment.Plain(row.Requirement.Threshold));
        json.WriteString("unit", row.Requirement.Unit);
        json.WriteString("value", CanonicalAssessment.Plain(row.Measured?.Value));
        json.WriteNumber("plots", row.Measured?.Plots ?? 0);
        json.WriteString("outcome", MilestoneJudgement.Name(row.Outcome));
        json.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter json, SurveyFigure figure)
    {
        json.WriteStartObject();
        json.WriteString("measure", figure.Measure);
        json.WriteString("value", CanonicalAssessment.Plain(figure.Value));
        json.WriteString("unit", figure.Unit);
        json.WriteNumber("plots", figure.Plots);
        json.WriteEndObject();
    }

    private static (SurveyRow Row, string Said) ReadRow(JsonElement json)
    {
        string Text(string key) => json.GetProperty(key).GetString() ?? "";
        (string measure, string unit) = (Text("measure"), Text("unit"));
        var asked = new SurveyRequirement(
            measure, BySurvey.Operators.First(o => o.Word == Text("operator")).Operator, Number(Text("threshold")), unit);
        SurveyFigure? found = json.GetProperty("value").GetString() is string value
            ? new SurveyFigure(measure, Number(value), unit, json.GetProperty("plots").GetInt32())
            : null;
        return (new SurveyRow(asked, found, CriterionOutcome.Inconclusive), Text("outcome"));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string? VersionOf(LedgerEntry entry)
    {
        if (!entry.Key.StartsWith("filing/", StringComparison.Ordinal)) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        bool isSurvey = json.RootElement.TryGetProperty("statement", out JsonElement format) && format.ValueEquals(Format);
        return isSurvey ? json.RootElement.GetProperty("version").GetString() : null;
    }
}
