using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// Numbers for sources and series, which are named in every reading but few. Rows are never changed, so ids keep.
/// </summary>
internal sealed class RecordNames(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _findSource = database.Prepare(
        "SELECT id FROM sources WHERE agent = ?1 AND boot = ?2");
    private readonly SqliteStatement _addSource = database.Prepare(
        "INSERT INTO sources (agent, boot) VALUES (?1, ?2)");
    private readonly SqliteStatement _findSeries = database.Prepare(
        "SELECT id FROM series WHERE section = ?1 AND instrument = ?2 AND measurand = ?3 " +
        "AND statistic = ?4 AND unit = ?5");
    private readonly SqliteStatement _addSeries = database.Prepare(
        "INSERT INTO series (section, instrument, measurand, statistic, unit) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly Dictionary<(string Agent, string Boot), long> _sources = [];
    private readonly Dictionary<string, SectionSeries> _series = [];

    internal long Source(string agent, string boot)
    {
        if (_sources.TryGetValue((agent, boot), out long id)) return id;
        id = FindOrAdd(_findSource, _addSource, agent, boot);
        _sources.Add((agent, boot), id);
        return id;
    }

    /// <summary>The series of a section that were asked for: a batch asks for its section once.</summary>
    internal SectionSeries Section(string section)
    {
        if (_series.TryGetValue(section, out SectionSeries? series)) return series;
        series = new SectionSeries(reading => FindOrAdd(_findSeries, _addSeries,
            section, reading.Instrument, reading.Measurand, reading.Statistic.Name(), reading.Unit));
        _series.Add(section, series);
        return series;
    }

    public void Dispose()
    {
        _findSource.Dispose();
        _addSource.Dispose();
        _findSeries.Dispose();
        _addSeries.Dispose();
    }

    private long FindOrAdd(SqliteStatement find, SqliteStatement add, params ReadOnlySpan<string> name)
    {
        for (int i = 0; i < name.Length; i++) find.Bind(i + 1, name[i]);
        bool found = find.Step();
        long id = found ? find.Int64(0) : 0;
        find.Reset();
        if (found) return id;
        for (int i = 0; i < name.Length; i++) add.Bind(i + 1, name[i]);
        add.Run();
        return database.LastRowId;
    }
}
