using System.Text;
using SQLitePCL;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// A prepared statement. Parameters count from 1, columns from 0; what was bound stays bound over a reset.
/// </summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private const int StackTextMax = 256;

    internal void Bind(int at, long value) => Check(raw.sqlite3_bind_int64(handle, at, value));

    internal void BindNull(int at) => Check(raw.sqlite3_bind_null(handle, at));

    internal void Bind(int at, ReadOnlySpan<byte> bytes) => Check(raw.sqlite3_bind_blob(handle, at, bytes));

    internal void Bind(int at, string text)
    {
        Span<byte> small = stackalloc byte[StackTextMax];
        if (Encoding.UTF8.TryGetBytes(text, small, out int written))
        {
            Check(raw.sqlite3_bind_text(handle, at, small[..written]));
        }
        else
        {
            Check(raw.sqlite3_bind_text(handle, at, Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>One step; true where there is a row.</summary>
    internal bool Step()
    {
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        Exception fault = database.Fault();
        raw.sqlite3_reset(handle);
        throw fault;
    }

    /// <summary>Runs a statement without rows, ready to run again.</summary>
    internal void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Ready to run again. The code of a reset repeats that of the step, which was thrown then.</summary>
    internal void Reset() => raw.sqlite3_reset(handle);

    internal long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    internal bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    internal string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw database.Fault();
    }
}
