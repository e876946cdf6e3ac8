using Monitor.Domain;
using Monitor.Programmes.Registers;
using Monitor.Server.People;
using Monitor.Storage.Sqlite;
using Monitor.Storage;

namespace Monitor.Cli.Verbs;

/// <summary>The register of persons and their accounts, opened together.</summary>
internal sealed class UserStores : IDisposable
{
    private readonly SqliteRegistryStore records;
    private readonly SqliteAccountStore accounts;

    private UserStores(SqliteRegistryStore records, SqliteAccountStore accounts)
    {
        (this.records, this.accounts) = (records, accounts);
        Register = new PersonRegister(records, TimeProvider.System);
        Accounts = new AccountDesk(accounts, Register, TimeProvider.System);
    }

    /// <summary>Who is registered.</summary>
    internal PersonRegister Register { get; }

    /// <summary>Who has a password.</summary>
    internal AccountDesk Accounts { get; }

    /// <summary>Opens both to write; makes them where they are missing.</summary>
    internal static UserStores OpenOrMake(DataFolder folder) =>
        Open(Backends.OpenRegistry(folder, StoreAccess.ReadWrite), folder);

    /// <summary>Opens both to write.</summary>
    /// <exception cref="InputException">There is no record.</exception>
    internal static UserStores OpenExisting(DataFolder folder)
    {
        RequireRecord(folder);
        return OpenOrMake(folder);
    }

    /// <summary>Everybody, and the fingerprints of those who have an account; makes no file.</summary>
    /// <exception cref="InputException">There is no record.</exception>
    internal static (IReadOnlyList<RegisteredPerson> Persons, IReadOnlySet<string> WithAccount) ReadAll(DataFolder folder)
    {
        RequireRecord(folder);
        using SqliteRegistryStore records = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
        IReadOnlyList<RegisteredPerson> persons = new PersonRegister(records, TimeProvider.System).All();
        if (!File.Exists(folder.People)) return (persons, new HashSet<string>());
        using SqliteAccountStore accounts = Backends.OpenAccounts(folder, StoreAccess.ReadOnly);
        return (persons, accounts.All().Keys.ToHashSet(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        accounts.Dispose();
        records.Dispose();
    }

    private static UserStores Open(SqliteRegistryStore records, DataFolder folder)
    {
        try
        {
            return new UserStores(records, Backends.OpenAccounts(folder, StoreAccess.ReadWrite));
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    private static void RequireRecord(DataFolder folder)
    {
        if (!File.Exists(folder.Record)) throw new InputException(
            $"There is no record in {folder.Root}.", "Name the folder that `serve`, `demo` or `user add` wrote.",
            field: "--data");
    }
}
