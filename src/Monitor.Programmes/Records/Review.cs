using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;

namespace Monitor.Programmes.Records;

/// <summary>What a person says of readings.</summary>
public enum ReviewVerdict
{
    /// <summary>A suspect reading is good; what fails stays out.</summary>
    Accept,

    /// <summary>The reading does not count.</summary>
    Reject,

    /// <summary>Another value counts in its place.</summary>
    Correct,
}

/// <summary>
/// A person's verdict on the readings of a series in a span of time, kept beside them; the readings stay as they came. It
/// is about what lay in the record when it was made: readings that arrive later are not covered.
/// </summary>
public sealed record Review
{
    private static readonly string[] Verdicts = ["accept", "reject", "correct"];

    /// <summary>Whose readings.</summary>
    public required SeriesName Series { get; init; }

    /// <summary>First moment.</summary>
    public required Instant From { get; init; }

    /// <summary>First moment after.</summary>
    public required Instant To { get; init; }

    /// <summary>The verdict.</summary>
    public required ReviewVerdict Verdict { get; init; }

    /// <summary>The value that counts instead; only with <see cref="ReviewVerdict.Correct"/>.</summary>
    public ReportedValue? Value { get; init; }

    /// <summary>Why, in the person's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who says so, and signed it.</summary>
    public required Person Person { get; init; }

    /// <summary>Its place in the record; 0 where it is not stored yet.</summary>
    public long Position { get; init; }

    /// <summary><c>accept</c>, <c>reject</c> or <c>correct</c>.</summary>
    public string VerdictName => Verdicts[(int)Verdict];

    /// <summary>Whether it is about a reading at a position.</summary>
    public bool Covers(Reading reading, long position) => position < Position
        && From <= reading.Time && reading.Time < To && Series.Covers(reading);

    /// <summary>What the person signs: canonical JSON.</summary>
    public byte[] ToSign() => RecordBody.Write(json =>
    {
        json.WriteString("statement", "review/1");
        json.WriteString("series", Series.ToString());
        json.WriteNumber("from", From.UnixMilliseconds);
        json.WriteNumber("to", To.UnixMilliseconds);
        json.WriteString("verdict", VerdictName);
        if (Value is ReportedValue value) json.WriteString("value", value.ToString());
        json.WriteString("reason", Reason);
        SignedStatement.WriteSigner(json, Person);
    });

    /// <summary>Reads a record of kind review.</summary>
    /// <exception cref="InputException">The body is no review, or its signature does not hold.</exception>
    public static Review Read(StoredRecord record) => RecordBody.Read(record, "review", (json, person) =>
    {
        string series = RecordBody.Text(json, "series"), verdict = RecordBody.Text(json, "verdict");
        if (!SeriesName.TryParse(series, out SeriesName? name)) throw new FormatException($"series '{series}'.");
        int known = Array.IndexOf(Verdicts, verdict);
        if (known < 0) throw new FormatException($"verdict '{verdict}'.");
        return new Review
        {
            Series = name,
            From = RecordBody.Moment(json, "from"),
            To = RecordBody.Moment(json, "to"),
            Verdict = (ReviewVerdict)known,
            Value = json.TryGetProperty("value", out JsonElement value) ? Number(value.GetString()) : null,
            Reason = RecordBody.Text(json, "reason"),
            Person = person,
            Position = record.Position,
        };
    });

    private static ReportedValue Number(string? text) => ReportedValue.TryParseQualified(text, out ReportedValue value)
        ? value
        : throw new FormatException($"value '{text}' is no number.");
}
