using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;

namespace Monitor.Programmes.Records;

/// <summary>What an instrument was checked with.</summary>
public enum CalibrationCheck
{
    /// <summary>Zero drift.</summary>
    Zero,

    /// <summary>Span drift.</summary>
    Span,

    /// <summary>A standard sample.</summary>
    Standard,
}

/// <summary>
/// The outcome of a check of an instrument, signed by who made it, kept beside the readings. A failed check takes out what
/// the instrument said since the last passed one, and until the next: nobody knows when it went wrong.
/// </summary>
public sealed record Calibration
{
    private static readonly string[] Checks = ["zero", "span", "standard"];

    /// <summary>Whose readings.</summary>
    public required SeriesName Series { get; init; }

    /// <summary>When the check was made.</summary>
    public required Instant At { get; init; }

    /// <summary>What with.</summary>
    public required CalibrationCheck Check { get; init; }

    /// <summary>Whether the instrument held.</summary>
    public required bool Passed { get; init; }

    /// <summary>What was found, in the person's words, as the drift in percent of the span.</summary>
    public required string Reason { get; init; }

    /// <summary>Who says so, and signed it.</summary>
    public required Person Person { get; init; }

    /// <summary>Its place in the record; 0 where it is not stored yet.</summary>
    public long Position { get; init; }

    /// <summary><c>zero</c>, <c>span</c> or <c>standard</c>.</summary>
    public string CheckName => Checks[(int)Check];

    /// <summary>Reads a check's word; exact.</summary>
    public static bool TryParseCheck(string word, out CalibrationCheck check)
    {
        int at = Array.IndexOf(Checks, word);
        check = at < 0 ? default : (CalibrationCheck)at;
        return at >= 0;
    }

    /// <summary>What the person signs: canonical JSON.</summary>
    public byte[] ToSign() => RecordBody.Write(json =>
    {
        json.WriteString("statement", "calibration/1");
        json.WriteString("series", Series.ToString());
        json.WriteNumber("at", At.UnixMilliseconds);
        json.WriteString("check", CheckName);
        json.WriteBoolean("passed", Passed);
        json.WriteString("reason", Reason);
        SignedStatement.WriteSigner(json, Person);
    });

    /// <summary>Reads a record of kind calibration.</summary>
    /// <exception cref="InputException">The body is none, or its signature does not hold.</exception>
    public static Calibration Read(StoredRecord record) => RecordBody.Read(record, "calibration", (json, person) =>
    {
        string series = RecordBody.Text(json, "series"), check = RecordBody.Text(json, "check");
        if (!SeriesName.TryParse(series, out SeriesName? name)) throw new FormatException($"series '{series}'.");
        if (!TryParseCheck(check, out CalibrationCheck known)) throw new FormatException($"check '{check}'.");
        return new Calibration
        {
            Series = name,
            At = RecordBody.Moment(json, "at"),
            Check = known,
            Passed = json.GetProperty("passed").GetBoolean(),
            Reason = RecordBody.Text(json, "reason"),
            Person = person,
            Position = record.Position,
        };
    });

    /// <summary>
    /// The spans that failed checks take out of each series: from the last passed check before, exclusive, to the next
    /// passed one, exclusive; from the beginning or to the end of time where there is none. Of two checks at one moment the
    /// later said counts last.
    /// </summary>
    /// <param name="checks">Checks of any series, in any order.</param>
    public static IReadOnlyList<InvalidSpan> Invalid(IEnumerable<Calibration> checks)
    {
        List<InvalidSpan> spans = [];
        foreach (IGrouping<SeriesName, Calibration> series in checks.GroupBy(c => c.Series))
        {
            Instant from = new(long.MinValue);
            Calibration? failed = null;
            foreach (Calibration check in series.OrderBy(c => c.At).ThenBy(c => c.Position))
            {
                if (!check.Passed)
                {
                    failed ??= check;
                    continue;
                }
                if (failed is not null) spans.Add(new InvalidSpan(series.Key, from, check.At, failed));
                // At its own moment the instrument held.
                (from, failed) = (new Instant(check.At.UnixMilliseconds + 1), null);
            }
            if (failed is not null) spans.Add(new InvalidSpan(series.Key, from, new Instant(long.MaxValue), failed));
        }
        return spans;
    }

    /// <summary>
    /// Of a section's checks those that can bear on a span, its end exclusive: from the last passed before it to the first
    /// passed after.
    /// </summary>
    internal static IEnumerable<StoredRecord> Bearing(IEnumerable<StoredRecord> records, Instant from, Instant to)
    {
        foreach (var series in records.Select(r => (Record: r, Check: Read(r))).GroupBy(c => c.Check.Series))
        {
            List<(StoredRecord Record, Calibration Check)> checks =
                [.. series.OrderBy(c => c.Check.At).ThenBy(c => c.Record.Position)];
            int first = Math.Max(0, checks.FindLastIndex(c => c.Check.Passed && c.Check.At <= from));
            int last = checks.FindIndex(c => c.Check.Passed && c.Check.At >= to);
            foreach ((StoredRecord record, _) in checks[first..(last < 0 ? checks.Count : last + 1)]) yield return record;
        }
    }
}

/// <summary>A span in which an instrument is not believed.</summary>
/// <param name="Series">Whose readings.</param>
/// <param name="From">First moment.</param>
/// <param name="To">First moment after.</param>
/// <param name="Failed">The check that failed first in it.</param>
public sealed record InvalidSpan(SeriesName Series, Instant From, Instant To, Calibration Failed)
{
    /// <summary>Whether a reading of the section lies in it.</summary>
    public bool Covers(Reading reading) => From <= reading.Time && reading.Time < To && Series.Covers(reading);
}
