using System.Security.Cryptography;
using System.Text;
using Monitor.Server.People;

namespace Monitor.Server.Api;

/// <summary>
/// Where passwords are tried: bounded by the throttle, one derivation at a time, so that a flood of tries slows tries only.
/// Counts are kept apart for a browser in which the person signed in before and for a session: what others guess wrong
/// delays neither.
/// </summary>
internal sealed class PasswordGate(AccountDesk accounts, Visitors visitors, PasswordThrottle throttle) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Signs a person in.</summary>
    /// <exception cref="ApiRefusedException">401 where name and password do not belong together; 429.</exception>
    internal async Task<Signatory> SignInAsync(HttpContext http, string name, string password)
    {
        RegisteredPerson? person = accounts.PersonOf(name);
        string count = person is null
            ? $"unknown/{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}"
            : visitors.IsKnownBrowser(http, person.Person.Key) ? $"browser/{person.Person.Key}" : $"other/{person.Person.Key}";
        return await TryAsync(http, count, () => accounts.SignIn(name, password)) ?? throw new ApiRefusedException(
            StatusCodes.Status401Unauthorized, "Name and password do not belong together.",
            "Try again. `monitor user password` makes an account for a registered person, or changes its password.",
            "password");
    }

    /// <summary>Unlocks the key of a signed-in person, for one signature.</summary>
    /// <exception cref="ApiRefusedException">403 where the password is another; 429.</exception>
    internal async Task<Signatory> UnlockAsync(HttpContext http, Visitor visitor, string password) =>
        await TryAsync(http, $"session/{visitor.Session.Token}", () => accounts.Unlock(visitor.Person.Key, password))
            ?? throw ApiRefusedException.Forbidden("The password is another. Nothing was signed; try again.", "password");

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<Signatory?> TryAsync(HttpContext http, string count, Func<Signatory?> unlock)
    {
        TimeSpan wait = throttle.Begin(count);
        if (wait > TimeSpan.Zero) throw new ApiRefusedException(
            StatusCodes.Status429TooManyRequests, "Too many wrong passwords.",
            $"Try again in {Math.Ceiling(wait.TotalSeconds)} s. Nothing is locked: the wait never grows beyond " +
            $"{PasswordThrottle.DelayMax.TotalSeconds} s.", "password") { RetryAfter = wait };
        await _one.WaitAsync(http.RequestAborted);
        try
        {
            Signatory? signatory = unlock();
            if (signatory is not null) throttle.Succeed(count);
            return signatory;
        }
        finally
        {
            _one.Release();
        }
    }
}
