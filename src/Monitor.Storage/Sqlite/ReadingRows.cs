using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>The rows of one query, as readings.</summary>
internal sealed class ReadingRows : IDisposable
{
    // CROSS JOIN keeps the order of the loops: the section's batches that touch the span, by the index; then the run of
    // positions of each, which lie side by side. BINARY collation is ordinal order, since codes are ASCII.
    internal const string Sql =
        """
        SELECT r.position, o.agent, o.boot, b.seq, r.position - b.first, s.measurand, r.time, r.mantissa, r.scale,
          r.qualifier, s.unit, r.status, s.instrument
        FROM batches b INDEXED BY batches_by_section_time
          CROSS JOIN readings r CROSS JOIN series s CROSS JOIN sources o
        WHERE b.section = ?1 AND b.last_time >= ?3 AND b.first_time < ?4
          AND r.position BETWEEN b.first AND b.first + b.readings - 1 AND r.position <= ?5
          AND r.time >= ?3 AND r.time < ?4
          AND s.id = r.series AND s.statistic = ?2
          AND o.id = b.source
        ORDER BY s.measurand, r.time, r.position
        """;

    private readonly SqliteStatement _rows;
    private readonly ReadingQuery _query;

    // Neighbouring rows repeat their names: one string for all of them.
    private readonly Dictionary<string, string> _names = [];

    internal ReadingRows(SqliteDatabase database, ReadingQuery query)
    {
        _query = query;
        _rows = database.Prepare(Sql);
        _rows.Bind(1, query.Section);
        _rows.Bind(2, query.Statistic.Name());
        _rows.Bind(3, query.From.UnixMilliseconds);
        _rows.Bind(4, query.To.UnixMilliseconds);
        _rows.Bind(5, query.UpToPosition);
    }

    /// <summary>The next reading, or null after the last.</summary>
    internal StoredReading? Next()
    {
        if (!_rows.Step()) return null;
        var value = new ReportedValue(_rows.Int64(7), (byte)_rows.Int64(8), (Qualifier)_rows.Int64(9));
        var reading = new Reading
        {
            Index = (int)_rows.Int64(4),
            Measurand = Name(5),
            Time = new Instant(_rows.Int64(6)),
            Value = value,
            Statistic = _query.Statistic,
            Unit = Name(10),
            Status = Name(11),
            Instrument = Name(12),
        };
        return new StoredReading(_rows.Int64(0), Name(1), Name(2), _rows.Int64(3), _query.Section, reading);
    }

    public void Dispose() => _rows.Dispose();

    private string Name(int column)
    {
        string name = _rows.Text(column);
        if (_names.TryGetValue(name, out string? known)) return known;
        _names.Add(name, name);
        return name;
    }
}
