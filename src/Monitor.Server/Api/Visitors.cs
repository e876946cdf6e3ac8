using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.People;
using Monitor.Programmes.Registers;
using Monitor.Server.People;
using Monitor.Storage.People;

namespace Monitor.Server.Api;

/// <summary>Who asks.</summary>
/// <param name="Person">The person, by the register as it is now.</param>
/// <param name="Id">Id of the session.</param>
/// <param name="Session">The session.</param>
internal sealed record Visitor(Person Person, string Id, Session Session);

/// <summary>
/// Knows who asks by the session's cookie. A session ends with its time, with a change of the password, and with the
/// revocation of the person's key, whichever process made these.
/// </summary>
internal sealed class Visitors(SessionStore sessions, AccountDesk accounts)
{
    /// <summary>The header that repeats the session's token.</summary>
    internal const string TokenHeader = "X-Monitor-Token";

    private static readonly TimeSpan BrowserAge = TimeSpan.FromDays(180);

    /// <summary>Who asks; null for a viewer.</summary>
    internal Visitor? Of(HttpContext http)
    {
        if (http.Request.Cookies[NameOf("session", http)] is not string id) return null;
        return sessions.Find(id) is Session session ? Check(id, session) : null;
    }

    /// <summary>
    /// Who asks for a change, and is allowed to ask at all: signed in, from the page itself, with the session's token.
    /// </summary>
    /// <exception cref="ApiRefusedException">401 or 403.</exception>
    internal Visitor Require(HttpContext http)
    {
        StateChange.RequireSameOrigin(http.Request);
        Visitor visitor = Of(http) ?? throw ApiRefusedException.NotSignedIn();
        byte[] given = Encoding.UTF8.GetBytes(http.Request.Headers[TokenHeader].ToString());
        bool isToken = CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(visitor.Session.Token));
        return isToken ? visitor : throw ApiRefusedException.Forbidden(
            $"The header {TokenHeader} is not the session's token; GET /api/v1/session gives it.", TokenHeader);
    }

    /// <summary>The person did something: the idle time begins anew.</summary>
    internal Visitor Touch(Visitor visitor) => sessions.Touch(visitor.Id) is Session session
        ? visitor with { Session = session }
        : throw ApiRefusedException.NotSignedIn();

    /// <summary>Begins a session and gives the browser its cookies.</summary>
    internal Visitor Start(HttpContext http, Person person, StoredAccount account)
    {
        // An id that was there before is never taken over.
        if (http.Request.Cookies[NameOf("session", http)] is string former) sessions.End(former);
        (string id, Session session) = sessions.Start(person.Key, account.Salt);
        Give(http, "session", id, SessionStore.AgeMax);
        if (!IsKnownBrowser(http, person.Key))
        {
            string token = SessionStore.NewId();
            accounts.Remember(person.Key, Encoding.UTF8.GetBytes(token));
            Give(http, BrowserName(person.Key), token, BrowserAge);
        }
        return new Visitor(person, id, session);
    }

    /// <summary>Ends the session.</summary>
    internal void End(HttpContext http, Visitor visitor)
    {
        sessions.End(visitor.Id);
        Give(http, "session", "", TimeSpan.Zero);
    }

    /// <summary>Whether the person signed in before in this browser: its tries are counted apart from those of others.</summary>
    internal bool IsKnownBrowser(HttpContext http, string fingerprint) =>
        http.Request.Cookies[NameOf(BrowserName(fingerprint), http)] is string token
            && accounts.IsKnownBrowser(fingerprint, Encoding.UTF8.GetBytes(token));

    private Visitor? Check(string id, Session session)
    {
        if (accounts.Find(session.Key) is (RegisteredPerson person, StoredAccount account)
            && account.Salt.Span.SequenceEqual(session.Salt.Span))
        {
            return new Visitor(person.Person, id, session);
        }
        sessions.End(id);
        return null;
    }

    private static string BrowserName(string fingerprint) => $"browser-{fingerprint[..16]}";

    // Cookies know no ports: two services on one machine would take each other's.
    private static string NameOf(string what, HttpContext http) =>
        string.Create(CultureInfo.InvariantCulture, $"monitor-{what}-{http.Connection.LocalPort}");

    private static void Give(HttpContext http, string what, string value, TimeSpan age) =>
        http.Response.Cookies.Append(NameOf(what, http), value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
            MaxAge = age,
        });
}
