namespace Monitor.Storage.Influx;

/// <summary>How InfluxDB compares with the record.</summary>
/// <param name="Position">Position up to which is compared: that of the projection, inclusive.</param>
/// <param name="Behind">Positions of the record that are not projected yet.</param>
/// <param name="Days">Section-days compared.</param>
/// <param name="Points">Points that should be there.</param>
/// <param name="Differences">Section-days that differ, by section and day.</param>
/// <param name="Refused">Readings that the server never takes; they are left out of the comparison.</param>
public sealed record ProjectionReport(
    long Position, long Behind, int Days, long Points, IReadOnlyList<DayDifference> Differences,
    IReadOnlyList<RefusedPoint> Refused)
{
    /// <summary>Whether every section-day is equal.</summary>
    public bool IsEqual => Differences.Count == 0;
}

/// <summary>A section-day that differs.</summary>
/// <param name="Section">Section id.</param>
/// <param name="Day">UTC day, as 2025-03-01.</param>
/// <param name="Record">What should be there.</param>
/// <param name="Influx">What is there.</param>
public sealed record DayDifference(string Section, string Day, DayDigest Record, DayDigest Influx);

/// <summary>A section's points of a UTC day.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sha256">
/// SHA-256 in lower-case hex over one line of UTF-8 for each point, by position: position, measurand, instrument,
/// statistic, time (ms), qualifier and digits, the double in its shortest form, unit, status, agent; between them a tab,
/// after them a line feed.
/// </param>
public sealed record DayDigest(int Count, string Sha256);
