using Microsoft.Data.Sqlite;
using Monitor.Domain;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <content>How an outbox begins, is claimed by one program, and is set aside where it is damaged.</content>
internal sealed partial class Outbox
{
    /// <summary>
    /// Opens the outbox, or begins one. A damaged file is renamed, never deleted, and a new boot begins in its place.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="agent">Agent id; must be the one that the file began with.</param>
    /// <param name="section">Section id; as well.</param>
    /// <param name="newBoot">Makes the boot id, should a new one begin.</param>
    /// <param name="clock">Stamps batches and settlements.</param>
    /// <param name="options">Its bounds and seals.</param>
    /// <exception cref="InputException">The file is another agent's, or another program writes to it.</exception>
    /// <exception cref="StoreUnavailableException">The disk does not let us.</exception>
    internal static Outbox Open(string path, string agent, string section, Func<string> newBoot, TimeProvider clock,
        OutboxOptions? options = null)
    {
        FileStream claim = Claim(path);
        options ??= new OutboxOptions();
        try
        {
            try
            {
                return OpenClaimed(path, agent, section, newBoot, clock, claim, options, setAside: null);
            }
            catch (Exception e) when (IsDamage(e))
            {
                string aside = OutboxFile.SetAside(path, newBoot());
                return OpenClaimed(path, agent, section, newBoot, clock, claim, options, aside);
            }
        }
        catch (SqliteException e)
        {
            claim.Dispose();
            throw Unavailable(path, e);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Counts of an outbox that another program may be writing to.</summary>
    /// <exception cref="InputException">There is no such file, or it is no outbox.</exception>
    /// <exception cref="StoreUnavailableException">It is damaged, or cannot be read.</exception>
    internal static OutboxCounts Look(string path) => Looking(path, OutboxRows.Count);

    /// <summary>All that an outbox tells of itself; another program may be writing to it.</summary>
    /// <inheritdoc cref="Look"/>
    internal static OutboxReport Inspect(string path) => Looking(path, OutboxReport.Of);

    private static T Looking<T>(string path, Func<SqliteConnection, T> look)
    {
        try
        {
            using SqliteConnection db = OutboxFile.OpenForReading(path);
            return look(db);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new StoreUnavailableException($"The outbox {path} is damaged. The next run sets it aside.", e);
        }
        catch (SqliteException e)
        {
            throw Unavailable(path, e);
        }
    }

    private static Outbox OpenClaimed(
        string path, string agent, string section, Func<string> newBoot, TimeProvider clock, FileStream claim,
        OutboxOptions options, string? setAside)
    {
        SqliteConnection db = OutboxFile.OpenForWriting(path);
        try
        {
            if (!OutboxRows.HasBegun(db)) OutboxRows.Begin(db, agent, section, newBoot());
            RequireSame(db, "agent", agent, path);
            RequireSame(db, "section", section, path);
            string boot = OutboxRows.Meta(db, "boot");
            var outbox = new Outbox(path, claim, db, clock, options)
            {
                Agent = agent,
                Section = section,
                Boot = boot,
                SetAside = setAside,
                composer = new BatchComposer(agent, section, boot, options.Sign),
                kept = OutboxNotes.LastEpoch(db),
            };
            outbox.watch = new ClockWatch(clock, options.Kernel, outbox.kept, OutboxNotes.Lived(db));
            if (OutboxRows.Last(db) is OutboxBatch last)
            {
                outbox.chain = new BatchComposer.ChainEnd(last.Sequence, EnvelopeSeal.HashOf(last.Payload));
            }
            // Alarms are of one run: what still holds is raised again.
            OutboxNotes.Clear(db, code: null);
            if (!outbox.reserve.Take()) outbox.Raise(Alarm.DiskFull, "The disk has no room for the outbox's reserve.");
            return outbox;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    // A second writer would number batches of its own: kept out by a lock that ends with the process, however it ends.
    private static FileStream Claim(string path)
    {
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null) Directory.CreateDirectory(folder);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException(
                $"The outbox {path} cannot be written: {e.Message} Check permissions.", e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"The outbox {path} cannot be claimed: {e.Message} "
                + "Check the folder, and whether another program runs with the same outbox.", e);
        }
    }

    private static void RequireSame(SqliteConnection db, string key, string given, string path)
    {
        string kept = OutboxRows.Meta(db, key);
        if (kept == given) return;
        throw new InputException($"the outbox belongs to {key} {kept}, not {given}.",
            "Give each agent an outbox of its own.", path, 0, "--" + key);
    }

    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private static bool IsDamage(Exception e) =>
        e is OutboxDamagedException or SqliteException { SqliteErrorCode: 11 or 26 };
}
