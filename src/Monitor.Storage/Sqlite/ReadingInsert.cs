using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The insert of one reading. Neighbours share scale, qualifier and status; what was bound stays bound, so only what
/// changed is bound again.
/// </summary>
internal sealed class ReadingInsert(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _insert = database.Prepare(
        "INSERT INTO readings (position, series, time, mantissa, scale, qualifier, status) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private int _scale = -1;
    private int _qualifier = -1;
    private string? _status;

    internal void Put(long position, long series, Reading reading)
    {
        _insert.Bind(1, position);
        _insert.Bind(2, series);
        _insert.Bind(3, reading.Time.UnixMilliseconds);
        _insert.Bind(4, reading.Value.Mantissa);
        if (reading.Value.Scale != _scale) _insert.Bind(5, _scale = reading.Value.Scale);
        if ((int)reading.Value.Qualifier != _qualifier) _insert.Bind(6, _qualifier = (int)reading.Value.Qualifier);
        if (reading.Status != _status) _insert.Bind(7, _status = reading.Status);
        _insert.Run();
    }

    public void Dispose() => _insert.Dispose();
}
