using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Influx;

/// <summary>
/// Compares what InfluxDB gives back with the record, section-day by section-day. Both sides are made into the same lines
/// (<see cref="DayDigest"/>): one from the record, the other from nothing but the server's answer.
/// </summary>
internal sealed class ProjectionCheck(
    IReadingStore record, InfluxClient client, long position, IReadOnlyList<RefusedPoint> refused)
{
    private const long DayMilliseconds = 86_400_000;
    // 2^63 ns: no server holds a point beyond it, nor understands a question about it.
    private const long TimeMax = 9_223_372_036_854;

    private readonly HashSet<long> _refused = [.. refused.Select(r => r.Position)];

    // Series and times of which a reading was refused: a refusal may come after a part was written, so what is there
    // may be the one or the other.
    private readonly HashSet<(string, string, string, long)> _open = [];

    internal async Task<ProjectionReport> RunAsync(CancellationToken stop)
    {
        List<DayDifference> differences = [];
        (int days, long points) = (0, 0);
        IReadOnlyList<string> sections = record.Sections();
        foreach (string section in sections)
        {
            long expected = 0;
            foreach (long day in DaysOf(section))
            {
                DayDigest ours = Digest(Expected(section, day)), theirs = Digest(await FoundAsync(section, day, stop));
                if (ours != theirs) differences.Add(new DayDifference(section, Name(day), ours, theirs));
                (days, points, expected) = (days + 1, points + ours.Count, expected + ours.Count);
            }
            long there = await CountAsync(section, stop);
            bool hasMore = there > expected + _refused.Count && differences.All(d => d.Section != section);
            if (hasMore) differences.Add(Beyond(section, there - expected));
        }
        foreach (string stranger in (await SectionsAsync(stop)).Except(sections).Order(StringComparer.Ordinal))
        {
            differences.Add(Beyond(stranger, await CountAsync(stranger, stop)));
        }
        return new ProjectionReport(
            position, record.LastPosition - position, days, points, differences, refused);
    }

    // Days that the record knows nothing of.
    private static DayDifference Beyond(string section, long count) =>
        new(section, "other days", Digest([]), new DayDigest((int)count, ""));

    private List<long> DaysOf(string section)
    {
        SortedSet<long> days = [];
        foreach (Statistic statistic in Enum.GetValues<Statistic>())
        {
            foreach (StoredReading stored in record.Read(All(section, statistic))) days.Add(DayOf(stored.Reading.Time));
        }
        return [.. days];
    }

    // Of several readings of one series and time the last by position: so a server overwrites, too.
    private List<(long Position, string Line)> Expected(string section, long day)
    {
        Dictionary<(string, string, string, long), StoredReading> last = [];
        _open.Clear();
        (Instant from, Instant to) = (new(day * DayMilliseconds), new((day + 1) * DayMilliseconds));
        foreach (Statistic statistic in Enum.GetValues<Statistic>())
        {
            foreach (StoredReading stored in record.Read(new ReadingQuery(section, statistic, from, to, position)))
            {
                Reading reading = stored.Reading;
                (string, string, string, long) key =
                    (reading.Measurand, reading.Instrument, statistic.Name(), reading.Time.UnixMilliseconds);
                if (_refused.Contains(stored.Position)) _open.Add(key);
                bool isLater = !last.TryGetValue(key, out StoredReading? other) || other.Position < stored.Position;
                if (isLater) last[key] = stored;
            }
        }
        return [.. last.Where(l => !_open.Contains(l.Key)).Select(l => (l.Value.Position, Line(l.Value)))];
    }

    private async Task<List<(long Position, string Line)>> FoundAsync(string section, long day, CancellationToken stop)
    {
        if (Math.Abs(day * DayMilliseconds) > TimeMax - DayMilliseconds) return [];
        string columns = string.Join(',', LineProtocol.Fields.Concat(LineProtocol.Tags).Select(c => $"\"{c}\""));
        string question = string.Create(CultureInfo.InvariantCulture,
            $"""
            SELECT {columns} FROM "{LineProtocol.Measurement}" WHERE "section"={Quoted(LineProtocol.Name(section))}
             AND time >= {day * DayMilliseconds}ms AND time < {(day + 1) * DayMilliseconds}ms
            """);
        List<(long, string)> found = [];
        foreach (IReadOnlyDictionary<string, JsonElement> row in await client.QueryAsync(question, stop))
        {
            var point = new FoundPoint(row);
            // A crash may have left points behind that the kept position has not come to yet.
            if (point.Position <= position && !_open.Contains(point.Key)) found.Add((point.Position, point.ToLine()));
        }
        return found;
    }

    private async Task<long> CountAsync(string section, CancellationToken stop)
    {
        IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> rows = await client.QueryAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT count("position") FROM "{LineProtocol.Measurement}" WHERE "section"={Quoted(LineProtocol.Name(section))}
             AND "position" <= {position}
            """), stop);
        return rows.Count == 0 ? 0 : rows[0]["count"].GetInt64();
    }

    private async Task<List<string>> SectionsAsync(CancellationToken stop) =>
        [.. (await client.QueryAsync($"SHOW TAG VALUES FROM \"{LineProtocol.Measurement}\" WITH KEY = \"section\"", stop))
            .Select(row => LineProtocol.NameOf(row["value"].GetString()!))];

    private static DayDigest Digest(List<(long Position, string Line)> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, string line) in lines.OrderBy(l => l.Position).ThenBy(l => l.Line, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }
        return new DayDigest(lines.Count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string Line(StoredReading stored)
    {
        Reading reading = stored.Reading;
        return FoundPoint.Line(stored.Position, reading.Measurand, reading.Instrument, reading.Statistic.Name(),
            reading.Time.UnixMilliseconds, LineProtocol.Sign(reading.Value.Qualifier), reading.Value.Digits,
            LineProtocol.Float(reading.Value), reading.Unit, reading.Status, stored.Agent);
    }

    private ReadingQuery All(string section, Statistic statistic) =>
        new(section, statistic, new Instant(long.MinValue), new Instant(long.MaxValue), position);

    private static long DayOf(Instant time) => (long)Math.Floor(time.UnixMilliseconds / (decimal)DayMilliseconds);

    private static string Name(long day) =>
        new Instant(day * DayMilliseconds).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A string of InfluxQL.
    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal)}'";
}
