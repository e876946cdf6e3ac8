using System.Security.Cryptography;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>Writes what stands beside the readings and has no position: dead letters, alarms, retained messages.</summary>
internal sealed class RecordAside(SqliteDatabase database) : IDisposable
{
    private const string TopicPrefix = "monitor/v1/";
    private const long DayMilliseconds = 24L * 60 * 60 * 1000;

    private readonly SqliteStatement _deadLetter = database.Prepare(
        "INSERT INTO dead_letters " +
        "(received, agent, topic, reason, digest, payload, section, readings, first_time, last_time) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) " +
        "ON CONFLICT (digest, agent, topic) DO UPDATE SET repeats = repeats + 1");

    private readonly SqliteStatement _alarm = database.Prepare(
        "INSERT INTO alarms (agent, kind, day, first, last, detail) VALUES (?1, ?2, ?3, ?4, ?4, ?5) " +
        "ON CONFLICT (agent, kind, day) DO UPDATE SET last = ?4, times = times + 1, detail = ?5");

    private readonly SqliteStatement _retain = database.Prepare(
        "INSERT INTO retained (topic, agent, received, payload) VALUES (?1, ?2, ?3, ?4) " +
        "ON CONFLICT (topic) DO UPDATE SET agent = ?2, received = ?3, payload = ?4");

    private readonly SqliteStatement _release = database.Prepare("DELETE FROM retained WHERE topic = ?1");

    internal AppendOutcome Put(DeadLetterArrival letter, Instant receivedAt)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(letter.Payload.Span, digest);
        _deadLetter.Bind(1, receivedAt.UnixMilliseconds);
        _deadLetter.Bind(2, letter.Agent);
        _deadLetter.Bind(3, letter.Topic);
        _deadLetter.Bind(4, letter.Reason);
        _deadLetter.Bind(5, digest);
        _deadLetter.Bind(6, letter.Payload.Span);
        _deadLetter.Bind(7, SectionOf(letter.Topic));
        _deadLetter.Bind(8, letter.Batch?.Readings.Count ?? 0);
        if (letter.Batch is { Readings.Count: > 0 } batch)
        {
            _deadLetter.Bind(9, batch.Readings.Min(r => r.Time).UnixMilliseconds);
            _deadLetter.Bind(10, batch.Readings.Max(r => r.Time).UnixMilliseconds);
        }
        else
        {
            _deadLetter.BindNull(9);
            _deadLetter.BindNull(10);
        }
        _deadLetter.Run();
        return AppendOutcome.DeadLettered;
    }

    internal AppendOutcome Put(AlarmArrival alarm, Instant receivedAt)
    {
        _alarm.Bind(1, alarm.Agent);
        _alarm.Bind(2, alarm.Kind);
        _alarm.Bind(3, receivedAt.UnixMilliseconds / DayMilliseconds);
        _alarm.Bind(4, receivedAt.UnixMilliseconds);
        _alarm.Bind(5, alarm.Detail);
        _alarm.Run();
        return AppendOutcome.Noted;
    }

    internal AppendOutcome Put(RetainedArrival message, Instant receivedAt)
    {
        if (message.Payload.IsEmpty)
        {
            _release.Bind(1, message.Topic);
            _release.Run();
            return AppendOutcome.Noted;
        }
        _retain.Bind(1, message.Topic);
        _retain.Bind(2, message.Agent);
        _retain.Bind(3, receivedAt.UnixMilliseconds);
        _retain.Bind(4, message.Payload.Span);
        _retain.Run();
        return AppendOutcome.Noted;
    }

    public void Dispose()
    {
        _deadLetter.Dispose();
        _alarm.Dispose();
        _retain.Dispose();
        _release.Dispose();
    }

    // Between the prefix and the next stroke; what claims no section belongs to none.
    private static string SectionOf(string topic)
    {
        if (!topic.StartsWith(TopicPrefix, StringComparison.Ordinal)) return "";
        int end = topic.IndexOf('/', TopicPrefix.Length);
        return end < 0 ? "" : topic[TopicPrefix.Length..end];
    }
}
