using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>The rows of one query, as readings.</summary>
internal sealed class ReadingRows : IDisposable
{
    // CROSS JOIN keeps the order of the loops: the few series of the section first, then their span of time by the
    // index, never the whole record. BINARY collation is ordinal order, since codes are ASCII.
    internal const string Sql =
        "SELECT r.position, o.agent, o.boot, b.seq, r.idx, s.measurand, r.time, r.mantissa, r.scale, r.qualifier, " +
        "s.unit, r.status, s.instrument " +
        "FROM series s CROSS JOIN readings r INDEXED BY readings_by_series_time " +
        "CROSS JOIN batches b CROSS JOIN sources o " +
        "WHERE s.section = ?1 AND s.statistic = ?2 AND r.series = s.id AND r.time >= ?3 AND r.time < ?4 " +
        "AND r.position <= ?5 AND b.id = r.batch AND o.id = b.source " +
        "ORDER BY s.measurand, r.time, r.position";

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
