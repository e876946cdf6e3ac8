using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>Readings of all sections, as they were committed.</summary>
internal static class ReadingsByPosition
{
    // Each reading's batch is the last that begins at or before it: found by the key, as the readings themselves are.
    private const string Sql =
        """
        SELECT r.position, o.agent, o.boot, b.seq, b.first, s.section, s.measurand, s.statistic, s.unit, s.instrument,
               r.time, r.mantissa, r.scale, r.qualifier, r.status
        FROM (SELECT * FROM readings WHERE position > ?1 ORDER BY position LIMIT ?2) r
        CROSS JOIN batches b ON b.first = (SELECT max(first) FROM batches WHERE first <= r.position)
        CROSS JOIN sources o ON o.id = b.source CROSS JOIN series s ON s.id = r.series
        ORDER BY r.position
        """;

    internal static List<StoredReading> After(SqliteDatabase database, long position, int most)
    {
        using SqliteStatement rows = database.Prepare(Sql);
        rows.Bind(1, position);
        rows.Bind(2, most);
        List<StoredReading> readings = [];
        // The same names come thousands of times.
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        while (rows.Step()) readings.Add(Read(rows, names));
        return readings;
    }

    private static StoredReading Read(SqliteStatement rows, Dictionary<string, string> names)
    {
        long position = rows.Int64(0);
        var reading = new Reading
        {
            Index = (int)(position - rows.Int64(4)),
            Measurand = Name(6),
            Statistic = StatisticNames.TryParse(rows.Text(7), out Statistic statistic)
                ? statistic
                : throw new StoreUnusableException($"Position {position} is of an unknown statistic: a newer program's store?"),
            Unit = Name(8),
            Instrument = Name(9),
            Time = new Instant(rows.Int64(10)),
            Value = new ReportedValue(rows.Int64(11), (byte)rows.Int64(12), (Qualifier)rows.Int64(13)),
            Status = Name(14),
        };
        return new StoredReading(position, Name(1), Name(2), rows.Int64(3), Name(5), reading);

        string Name(int column)
        {
            string name = rows.Text(column);
            return names.TryGetValue(name, out string? known) ? known : names[name] = name;
        }
    }
}
