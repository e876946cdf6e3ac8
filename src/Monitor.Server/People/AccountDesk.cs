using System.Security.Cryptography;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain;
using Monitor.Programmes.Registers;
using Monitor.Storage.People;
using Monitor.Storage.Sqlite;

namespace Monitor.Server.People;

/// <summary>
/// Accounts of registered persons. An account is the person's one signing key, locked with the password: whoever signs in the
/// page makes the same signature as with the key file, and the ledger tells no difference.
/// </summary>
/// <param name="accounts">Where they are kept.</param>
/// <param name="register">Who is registered; an account without a good registration opens nothing.</param>
/// <param name="clock">Gives the time of a change.</param>
public sealed class AccountDesk(SqliteAccountStore accounts, PersonRegister register, TimeProvider clock)
{
    /// <summary>Who has an account, by fingerprint.</summary>
    public IReadOnlyDictionary<string, StoredAccount> All() => accounts.All();

    /// <summary>Makes the account of a key, or gives it a new password.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="name">Its person.</param>
    /// <param name="password">The new password.</param>
    /// <exception cref="InputException">A password that will not do.</exception>
    public void Lock(ECDsa key, string name, string password)
    {
        PasswordSeal.Require(password, name);
        string fingerprint = PersonKey.Fingerprint(key.ExportSubjectPublicKeyInfo());
        accounts.Put(PasswordSeal.Lock(key, fingerprint, password, Instant.From(clock.GetUtcNow())));
    }

    /// <summary>Ends an account: its locked key is destroyed. Where there is none, nothing.</summary>
    public void Close(string fingerprint) => accounts.Remove(fingerprint);

    /// <summary>The registered person of a name who has a good key; null where there is none.</summary>
    public RegisteredPerson? PersonOf(string name) =>
        register.All().LastOrDefault(p => p.Person.Name == name && p.RevokedPosition is null);

    /// <summary>The person of a fingerprint, while the key is good and has an account.</summary>
    internal (RegisteredPerson Person, StoredAccount Account)? Find(string fingerprint) =>
        register.Find(fingerprint) is { RevokedPosition: null } person && accounts.Find(fingerprint) is StoredAccount account
            ? (person, account)
            : null;

    /// <summary>
    /// The signatory of a name and password; null where they do not belong together. Takes as long for a name that nobody has.
    /// </summary>
    public Signatory? SignIn(string name, string password)
    {
        long position = register.Position;
        RegisteredPerson? person = PersonOf(name);
        StoredAccount? account = person is null ? null : accounts.Find(person.Person.Key);
        return PasswordSeal.Unlock(account, password) is ECDsa key ? Signatory.Of(person!.Person, position, key) : null;
    }

    /// <summary>
    /// The signatory of a key whose password is given again; null where it is another, or the key is no longer good.
    /// </summary>
    internal Signatory? Unlock(string fingerprint, string password)
    {
        long position = register.Position;
        (RegisteredPerson Person, StoredAccount Account)? found = Find(fingerprint);
        return PasswordSeal.Unlock(found?.Account, password) is ECDsa key
            ? Signatory.Of(found!.Value.Person.Person, position, key)
            : null;
    }

    /// <summary>Changes a password by the former one.</summary>
    /// <exception cref="InputException">The former is another, or the new one will not do.</exception>
    public void Change(string name, string former, string password)
    {
        RegisteredPerson person = PersonOf(name) ?? throw new InputException(
            $"Nobody called '{name}' has a good key.", "`user list` names everybody.", field: "NAME");
        StoredAccount account = accounts.Find(person.Person.Key) ?? throw new InputException(
            $"{name} has no account yet.", "Give the key file with --key, and the account is made.", field: "NAME");
        using ECDsa key = PasswordSeal.Unlock(account, former) ?? throw new InputException(
            "The former password is another.",
            "With the key file, --key, a new one is set without it; without both, revoke the person and register anew.",
            field: "password");
        Lock(key, name, password);
    }

    /// <summary>Remembers a browser in which the person signed in.</summary>
    internal void Remember(string fingerprint, byte[] token) =>
        accounts.AddBrowser(fingerprint, SHA256.HashData(token), Instant.From(clock.GetUtcNow()));

    /// <summary>Whether the person signed in before in the browser of a token.</summary>
    internal bool IsKnownBrowser(string fingerprint, byte[] token) =>
        accounts.IsKnownBrowser(fingerprint, SHA256.HashData(token));
}
