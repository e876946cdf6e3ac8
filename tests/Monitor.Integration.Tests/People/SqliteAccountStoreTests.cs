using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Monitor.Storage.People;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>Accounts on disk.</summary>
public sealed class SqliteAccountStoreTests : IDisposable
{
    private static readonly string Key = new('1', 64);

    private readonly TempFolder scratch = new();

    private string File => scratch["people.db"];

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Only_its_owner_may_read_the_file_and_its_log()
    {
        using SqliteAccountStore store = SqliteAccountStore.Open(File);
        store.Put(Account(1));
        foreach (string name in scratch.Names)
        {
            // Windows has no such permissions.
            if (OperatingSystem.IsWindows()) continue;
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(scratch[name]));
        }
    }

    [Fact]
    public void A_new_password_takes_the_place_of_the_former_and_is_there_after_reopening()
    {
        using (SqliteAccountStore store = SqliteAccountStore.Open(File))
        {
            store.Put(Account(1));
            store.Put(Account(2));
        }
        using SqliteAccountStore again = SqliteAccountStore.Open(File, StoreAccess.ReadOnly);
        StoredAccount kept = Assert.Single(again.All()).Value;
        Assert.Equal((Key, 2, 2L), (kept.Key, kept.Salt.Span[0], kept.ChangedAt.UnixMilliseconds));
        Assert.Equal(kept.Sealed.ToArray(), Account(2).Sealed.ToArray());
        Assert.Null(again.Find(new string('2', 64)));
    }

    [Fact]
    public void What_was_given_up_is_in_the_file_no_more()
    {
        byte[] secret = [.. Enumerable.Range(0, 100).Select(i => (byte)(i + 50))];
        using (SqliteAccountStore store = SqliteAccountStore.Open(File))
        {
            store.Put(Account(1) with { Sealed = secret });
            store.Remove(Key);
        }
        Assert.Equal(["people.db"], scratch.Names);
        Assert.Equal(-1, System.IO.File.ReadAllBytes(File).AsSpan().IndexOf(secret));
    }

    [Fact]
    public void Browsers_belong_to_their_account_are_bounded_and_go_with_the_password()
    {
        using SqliteAccountStore store = SqliteAccountStore.Open(File);
        store.Put(Account(1));
        for (byte i = 0; i < 20; i++) store.AddBrowser(Key, Token(i), new Instant(i));
        Assert.False(store.IsKnownBrowser(Key, Token(0)));
        Assert.True(store.IsKnownBrowser(Key, Token(19)));
        Assert.False(store.IsKnownBrowser(new string('2', 64), Token(19)));
        store.Put(Account(2));
        Assert.False(store.IsKnownBrowser(Key, Token(19)));
    }

    [Fact]
    public void A_file_that_is_no_store_is_told_with_a_remedy()
    {
        scratch.Write("people.db", new string('x', 5000));
        Assert.Throws<StoreUnusableException>(() => SqliteAccountStore.Open(File));
        Assert.Throws<StoreUnavailableException>(
            () => SqliteAccountStore.Open(scratch["missing.db"], StoreAccess.ReadOnly));
    }

    private static byte[] Token(byte of) => [.. Enumerable.Repeat(of, 32)];

    private static StoredAccount Account(byte of) => new(
        Key, "pbkdf2-sha512", 1000, new byte[] { of, 1 }, new byte[] { of, 2 }, new byte[] { of, 3 }, new byte[] { of, 4 },
        new Instant(of));
}
