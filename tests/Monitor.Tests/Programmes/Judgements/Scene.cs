using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Rules.Screening;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>
/// A small record of section OJ-05: four-hourly readings of one measurand from 2025-03-01 00:00 (+08:00) on, and what
/// persons said of them, each with a position of its own.
/// </summary>
internal sealed class Scene
{
    /// <summary>2025-03-01T00:00:00+08:00.</summary>
    internal const long Start = 1_740_758_400_000;
    internal const long Slot = 4 * 3_600_000;
    private const string Folder = "fixtures/evidence-1/";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<StoredReading> _readings = [];
    private readonly List<StoredRecord> _records = [];
    private long _position;
    private string? _doubt;

    internal static Person Person { get; } = new(
        "示例复核人", PersonRole.Approver, Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo()));

    /// <summary>The programme of the fixture, which asks for one reading a day and one day a month.</summary>
    internal static RiverProgramme Programme { get; } = RiverProgrammeReader.Read(
        Text("programme.yaml"), _ => StandardFile.Read(Text("gb3838-2002.yaml")));

    internal static RiverSection Section => Programme.FindSection("OJ-05")!;

    internal static Period March { get; } = Period.OfMonth(2025, 3, Programme.Zone);

    internal JudgementInputs Inputs => new(
        [.. _readings.OrderBy(r => r.Reading.Measurand, StringComparer.Ordinal)
            .ThenBy(r => r.Reading.Time).ThenBy(r => r.Position)],
        [.. _records])
    {
        Devices = Quarantines ? new string('d', 64) : null,
    };

    /// <summary>Whether it is read as judgements are since doubtful readings stand apart.</summary>
    internal bool Quarantines { get; init; }

    /// <summary>The programme with other limits for one measurand.</summary>
    internal static RiverProgramme With(string measurand, ScreeningLimits limits) => Programme with
    {
        Screening = new ScreeningTerms("test", new Dictionary<string, ScreeningLimits> { [measurand] = limits }),
    };

    /// <summary>A reading at a slot of four hours, counted from 0.</summary>
    internal Scene Reading(
        int slot, string value, string status = "N", string instrument = "", string measurand = "w21003")
    {
        Assert.True(ReportedValue.TryParseQualified(value, out ReportedValue reported));
        _position++;
        _readings.Add(new StoredReading(_position, "agent-OJ-05", "b1", _position, "OJ-05", new Reading
        {
            Index = 0,
            Measurand = measurand,
            Time = new Instant(Start + (slot * Slot)),
            Value = reported,
            Statistic = Statistic.Hour,
            Unit = "mg/L",
            Status = status,
            Instrument = instrument,
        })
        { Doubt = _doubt });
        return this;
    }

    /// <summary>
    /// A review of the slots from one to another, both inclusive: accept, reject, or the value that counts.
    /// </summary>
    internal Scene Review(int first, int last, string verdict, string series = "OJ-05/w21003")
    {
        Assert.True(SeriesName.TryParse(series, out SeriesName? name));
        bool corrects = ReportedValue.TryParseQualified(verdict, out ReportedValue value);
        var review = new Review
        {
            Series = name,
            From = new Instant(Start + (first * Slot)),
            To = new Instant(Start + (last * Slot) + 1),
            Verdict = corrects ? ReviewVerdict.Correct
                : verdict == "accept" ? ReviewVerdict.Accept : ReviewVerdict.Reject,
            Value = corrects ? value : null,
            Reason = "理由",
            Person = Person,
        };
        return Record(RecordKind.Review, name.Subject, review.ToSign());
    }

    /// <summary>A check of the instrument in the middle between two slots: after the one named.</summary>
    internal Scene Check(int after, bool passed, string series = "OJ-05/w21003")
    {
        Assert.True(SeriesName.TryParse(series, out SeriesName? name));
        var check = new Calibration
        {
            Series = name,
            At = new Instant(Start + (after * Slot) + (Slot / 2)),
            Check = CalibrationCheck.Span,
            Passed = passed,
            Reason = passed ? "跨度漂移 2 %" : "跨度漂移 14 %",
            Person = Person,
        };
        return Record(RecordKind.Calibration, name.Subject, check.ToSign());
    }

    /// <summary>What is read next comes from a clock that deserves no belief.</summary>
    internal Scene Doubt(string? why)
    {
        _doubt = why;
        return this;
    }

    internal Scene Suspend(string period, string reason, bool lift = false)
    {
        var suspension = new Suspension("OJ-05", period, reason, lift, Person);
        return Record(
            lift ? RecordKind.Lifting : RecordKind.Suspension, suspension.Subject, suspension.ToSign());
    }

    internal static byte[] Sign(byte[] statement) =>
        SignedStatement.Sign(statement, data => Key.SignData(data, HashAlgorithmName.SHA256));

    /// <summary>
    /// The measurand's readings in the order of time: the number that counts, or the reason why none does.
    /// </summary>
    internal string Outcome(RiverProgramme? programme = null, string measurand = "w21003") => string.Join(' ',
        ScreenedSeries.WithRepeats(
            programme ?? Programme, measurand, ReviewedReading.Of(Inputs)
                .Where(r => r.Reading.Measurand == measurand))
            .Select(v => v.IsRepeat ? "repeat" : v.Counts ? CanonicalAssessment.Plain(v.Value) : v.Reason));

    private Scene Record(RecordKind kind, string subject, byte[] statement)
    {
        _position++;
        _records.Add(new StoredRecord(
            _position, kind, subject, $"{kind}/{_position}", new Instant(Start), Sign(statement)));
        return this;
    }

    private static DefinitionText Text(string name) =>
        new(name, Encoding.UTF8.GetBytes(HouseFiles.All.Text(Folder + name)));
}
