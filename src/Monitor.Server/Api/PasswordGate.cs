using System.Security.Cryptography;
using System.Text;
using Monitor.Programmes.Registers;
using Monitor.Server.People;

namespace Monitor.Server.Api;

/// <summary>
/// Where passwords are tried: bounded by the throttle, one derivation at a time, so that a flood of tries slows tries only.
/// Counts and queue are kept apart for a browser in which the person signed in before and for a session: what others guess
/// wrong delays neither.
/// </summary>
internal sealed class PasswordGate(AccountDesk accounts, Visitors visitors, PasswordThrottle throttle) : IDisposable
{
    // Strangers who wait for their turn; more are sent away.
    private const int StrangersMax = 16;

    private readonly SemaphoreSlim _known = new(1), _strangers = new(1);
    private int _waiting;

    /// <summary>Signs a person in.</summary>
    /// <exception cref="ApiRefusedException">401 where name and password do not belong together; 429.</exception>
    internal async Task<Signatory> SignInAsync(HttpContext http, string name, string password)
    {
        RegisteredPerson? person = accounts.PersonOf(name);
        Signatory? signatory = person is not null && visitors.IsKnownBrowser(http, person.Person.Key)
            ? await TryAsync(http, _known, $"browser/{person.Person.Key}", () => accounts.SignIn(name, password))
            : await TryAsStrangerAsync(http, person, name, password);
        return signatory ?? throw new ApiRefusedException(
            StatusCodes.Status401Unauthorized, "Name and password do not belong together.",
            "Try again. `monitor user password` makes an account for a registered person, or changes its password.",
            "password");
    }

    /// <summary>Unlocks the key of a signed-in person, for one signature.</summary>
    /// <exception cref="ApiRefusedException">403 where the password is another; 429.</exception>
    internal async Task<Signatory> UnlockAsync(HttpContext http, Visitor visitor, string password) =>
        await TryAsync(http, _known, $"session/{visitor.Session.Token}", () => accounts.Unlock(visitor.Person.Key, password))
            ?? throw ApiRefusedException.Forbidden("The password is another. Nothing was signed; try again.", "password");

    /// <inheritdoc/>
    public void Dispose()
    {
        _known.Dispose();
        _strangers.Dispose();
    }

    private async Task<Signatory?> TryAsStrangerAsync(
        HttpContext http, RegisteredPerson? person, string name, string password)
    {
        string count = person is null
            ? $"unknown/{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}"
            : $"other/{person.Person.Key}";
        try
        {
            if (Interlocked.Increment(ref _waiting) > StrangersMax) throw Later(TimeSpan.FromSeconds(1));
            return await TryAsync(http, _strangers, count, () => accounts.SignIn(name, password));
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Signatory?> TryAsync(
        HttpContext http, SemaphoreSlim one, string count, Func<Signatory?> unlock)
    {
        TimeSpan wait = throttle.Begin(count);
        if (wait > TimeSpan.Zero) throw Later(wait);
        await one.WaitAsync(http.RequestAborted);
        try
        {
            Signatory? signatory = unlock();
            if (signatory is not null) throttle.Succeed(count);
            return signatory;
        }
        finally
        {
            one.Release();
        }
    }

    private static ApiRefusedException Later(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, "Too many passwords are tried.",
        $"Try again in {Math.Ceiling(wait.TotalSeconds)} s. Nothing is locked: the wait never grows beyond " +
        $"{PasswordThrottle.DelayMax.TotalSeconds} s.", "password") { RetryAfter = wait };
}
