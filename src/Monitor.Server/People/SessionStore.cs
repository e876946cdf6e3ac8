using System.Security.Cryptography;
using System.Text;

namespace Monitor.Server.People;

/// <summary>
/// The sessions of the running service, in memory, by the hash of their id: a restart signs everybody out. Ids and tokens are
/// 256 random bits.
/// </summary>
internal sealed class SessionStore(TimeProvider clock)
{
    private const int IdBytes = 32;

    /// <summary>Most sessions at once; the one that rested longest goes.</summary>
    private const int SessionsMax = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Without a sign of the person for so long, the page is a viewer's.</summary>
    internal static TimeSpan IdleMax { get; } = TimeSpan.FromMinutes(15);

    /// <summary>And after so long in any case.</summary>
    internal static TimeSpan AgeMax { get; } = TimeSpan.FromHours(12);

    /// <summary>A random text for a cookie or a header: 43 characters, URL-safe.</summary>
    internal static string NewId() =>
        System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Begins a session.</summary>
    /// <returns>Its id, which is kept nowhere here.</returns>
    internal (string Id, Session Session) Start(string key, ReadOnlyMemory<byte> salt)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string id = NewId();
        var session = new Session(key, salt, NewId(), now + AgeMax, now + IdleMax);
        lock (_gate)
        {
            foreach (string over in _sessions.Where(s => IsOver(s.Value, now)).Select(s => s.Key).ToList())
            {
                _sessions.Remove(over);
            }
            if (_sessions.Count >= SessionsMax) _sessions.Remove(_sessions.MinBy(s => s.Value.IdleEnds).Key);
            _sessions.Add(NameOf(id), session);
        }
        return (id, session);
    }

    /// <summary>The session of an id, while it lasts.</summary>
    internal Session? Find(string id)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(NameOf(id), out Session? session)) return null;
            if (!IsOver(session, clock.GetUtcNow())) return session;
            _sessions.Remove(NameOf(id));
            return null;
        }
    }

    /// <summary>The person did something: the idle time begins anew. The session, or null where it is over.</summary>
    internal Session? Touch(string id)
    {
        lock (_gate)
        {
            if (Find(id) is not Session session) return null;
            return _sessions[NameOf(id)] = session with { IdleEnds = clock.GetUtcNow() + IdleMax };
        }
    }

    /// <summary>Ends a session; where there is none, nothing.</summary>
    internal void End(string id)
    {
        lock (_gate) _sessions.Remove(NameOf(id));
    }

    private static bool IsOver(Session session, DateTimeOffset now) => now >= session.Ends || now >= session.IdleEnds;

    private static string NameOf(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
