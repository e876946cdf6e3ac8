using Microsoft.Data.Sqlite;
using Monitor.Domain;
using SQLitePCL;

namespace Monitor.Storage.Sqlite;

/// <summary>What a result code of SQLite means to those who called.</summary>
internal static class SqliteFault
{
    /// <summary>The exception for a code that is not OK, ROW or DONE.</summary>
    internal static Exception From(int code, sqlite3? database, string file)
    {
        // Extended codes carry the primary one in their low byte.
        int primary = code & 0xFF;
        string text = database is null
            ? raw.sqlite3_errstr(code).utf8_to_string()
            : raw.sqlite3_errmsg(database).utf8_to_string();
        string what = $"{file}: {text} (SQLite {code}).";
        return primary switch
        {
            raw.SQLITE_FULL => new StoreUnavailableException(
                $"{what} The disk or the file's quota is full: free space."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreUnavailableException(
                $"{what} Another process holds the file: end it or try again."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
                new StoreUnavailableException(
                    $"{what} Check that the folder exists and that this user may write there."),
            raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_NOLFS or raw.SQLITE_PROTOCOL
                or raw.SQLITE_INTERRUPT => new StoreUnavailableException($"{what} Check the disk, then try again."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreUnusableException(
                $"{what} The file is damaged or no store: keep it aside and restore a backup."),
            _ => new SqliteException(what, primary, code),
        };
    }
}
