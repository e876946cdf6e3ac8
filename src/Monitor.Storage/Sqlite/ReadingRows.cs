using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>The rows of one query, as readings.</summary>
internal sealed class ReadingRows : IDisposable
{
    // CROSS JOIN keeps the order of the loops: the section's batches that touch the span, by the index; then the run of
    // positions of each, which lie side by side. BINARY collation is ordinal order, since codes are ASCII.
    internal const string Sql =
        """
        SELECT r.position, b.source, b.seq, b.first, r.series, r.time, r.mantissa, r.scale, r.qualifier, r.status, b.doubt
        FROM batches b INDEXED BY batches_by_section_time CROSS JOIN readings r CROSS JOIN series s
        WHERE b.section = ?1 AND b.last_time >= ?3 AND b.first_time < ?4
          AND r.position BETWEEN b.first AND b.first + b.readings - 1 AND r.position <= ?5
          AND r.time >= ?3 AND r.time < ?4
          AND s.id = r.series AND s.statistic = ?2
        ORDER BY s.measurand, r.time, r.position
        """;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _rows;
    private readonly ReadingQuery _query;

    // Names are read once each, not with every row: they are the same thousands of times.
    private readonly Dictionary<long, (string Agent, string Boot)> _sources = [];
    private readonly Dictionary<long, (string Measurand, string Unit, string Instrument)> _series = [];
    private readonly Dictionary<string, string> _statuses = [];

    internal ReadingRows(SqliteDatabase database, ReadingQuery query)
    {
        (_database, _query) = (database, query);
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
        long position = _rows.Int64(0);
        (string agent, string boot) = SourceOf(_rows.Int64(1));
        (string measurand, string unit, string instrument) = SeriesOf(_rows.Int64(4));
        var reading = new Reading
        {
            Index = (int)(position - _rows.Int64(3)),
            Measurand = measurand,
            Time = new Instant(_rows.Int64(5)),
            Value = new ReportedValue(_rows.Int64(6), (byte)_rows.Int64(7), (Qualifier)_rows.Int64(8)),
            Statistic = _query.Statistic,
            Unit = unit,
            Status = Status(9),
            Instrument = instrument,
        };
        // A null gives an empty text; a doubt is a sentence.
        string? doubt = _rows.Blob(10).IsEmpty ? null : Status(10);
        return new StoredReading(position, agent, boot, _rows.Int64(2), _query.Section, reading) { Doubt = doubt };
    }

    public void Dispose() => _rows.Dispose();

    private (string Agent, string Boot) SourceOf(long id)
    {
        if (_sources.TryGetValue(id, out var known)) return known;
        using SqliteStatement row = _database.Prepare("SELECT agent, boot FROM sources WHERE id = ?1");
        row.Bind(1, id);
        row.Step();
        return _sources[id] = (row.Text(0), row.Text(1));
    }

    private (string Measurand, string Unit, string Instrument) SeriesOf(long id)
    {
        if (_series.TryGetValue(id, out var known)) return known;
        using SqliteStatement row = _database.Prepare("SELECT measurand, unit, instrument FROM series WHERE id = ?1");
        row.Bind(1, id);
        row.Step();
        return _series[id] = (row.Text(0), row.Text(1), row.Text(2));
    }

    private string Status(int column)
    {
        // Nearly every row says so: no string is made for it.
        if (_rows.Blob(column).SequenceEqual("N"u8)) return DeviceStatus.Normal;
        string status = _rows.Text(column);
        if (_statuses.TryGetValue(status, out string? known)) return known;
        return _statuses[status] = status;
    }
}
