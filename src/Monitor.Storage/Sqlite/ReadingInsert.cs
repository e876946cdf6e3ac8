using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The insert of one reading. Neighbours share batch, status and often more; what was bound stays bound, so only what
/// changed is bound again.
/// </summary>
internal sealed class ReadingInsert(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _insert = database.Prepare(
        "INSERT INTO readings (position, batch, idx, series, time, mantissa, scale, qualifier, status) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

    private long _batch = -1;
    private int _scale = -1;
    private int _qualifier = -1;
    private string? _status;

    internal void Put(long position, long batch, long series, Reading reading)
    {
        _insert.Bind(1, position);
        if (batch != _batch) _insert.Bind(2, _batch = batch);
        _insert.Bind(3, reading.Index);
        _insert.Bind(4, series);
        _insert.Bind(5, reading.Time.UnixMilliseconds);
        _insert.Bind(6, reading.Value.Mantissa);
        if (reading.Value.Scale != _scale) _insert.Bind(7, _scale = reading.Value.Scale);
        if ((int)reading.Value.Qualifier != _qualifier) _insert.Bind(8, _qualifier = (int)reading.Value.Qualifier);
        if (reading.Status != _status) _insert.Bind(9, _status = reading.Status);
        _insert.Run();
    }

    public void Dispose() => _insert.Dispose();
}
