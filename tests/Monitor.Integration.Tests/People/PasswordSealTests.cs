using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.People;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>A private key locked with a password.</summary>
public sealed class PasswordSealTests : IDisposable
{
    private const string Password = "朱砂 and verdigris";

    private readonly ECDsa key = PersonKeyFile.NewKey();

    private string Fingerprint => PersonKey.Fingerprint(key.ExportSubjectPublicKeyInfo());

    public void Dispose() => key.Dispose();

    [Fact]
    public void The_password_gives_back_the_very_key_that_was_locked()
    {
        using ECDsa? again = PasswordSeal.Unlock(Locked(), Password);
        Assert.NotNull(again);
        byte[] signature = again.SignData("statement"u8, HashAlgorithmName.SHA256);
        Assert.True(PersonKey.Verify(key.ExportSubjectPublicKeyInfo(), "statement"u8, signature));
    }

    [Theory]
    [InlineData("朱砂 and verdigri")]
    [InlineData("朱砂 and verdigris ")]
    [InlineData("")]
    public void Another_password_gives_nothing(string password) => Assert.Null(PasswordSeal.Unlock(Locked(), password));

    [Fact]
    public void Nobody_s_account_gives_nothing() => Assert.Null(PasswordSeal.Unlock(null, Password));

    [Fact]
    public void The_same_password_twice_leaves_nothing_in_common_and_no_plain_byte_of_the_key()
    {
        StoredAccount one = Locked(), two = Locked();
        Assert.False(one.Salt.Span.SequenceEqual(two.Salt.Span));
        Assert.False(one.Verifier.Span.SequenceEqual(two.Verifier.Span));
        byte[] secret = key.ExportParameters(includePrivateParameters: true).D!;
        Assert.Equal(-1, one.Sealed.Span.IndexOf(secret.AsSpan(0, 8)));
        Assert.Equal(("pbkdf2-sha512", true), (one.Kdf, one.Iterations >= 210_000));
    }

    [Fact]
    public void What_was_locked_with_other_rounds_is_opened_with_those()
    {
        StoredAccount locked = Locked();
        // With other parameters than were used the password derives something else.
        Assert.Null(PasswordSeal.Unlock(locked with { Iterations = locked.Iterations - 1 }, Password));
        Assert.Throws<StoreUnusableException>(() => PasswordSeal.Unlock(locked with { Kdf = "argon3" }, Password));
    }

    [Fact]
    public void A_locked_key_that_was_changed_or_put_under_another_name_is_told_and_opens_nothing()
    {
        StoredAccount locked = Locked();
        byte[] changed = locked.Sealed.ToArray();
        changed[^1] ^= 1;
        Assert.Throws<StoreUnusableException>(() => PasswordSeal.Unlock(locked with { Sealed = changed }, Password));
        Assert.Throws<StoreUnusableException>(
            () => PasswordSeal.Unlock(locked with { Key = new string('a', 64) }, Password));
    }

    [Theory]
    [InlineData("elevenchars", "printable characters")]
    [InlineData("twelve\tchars", "printable characters")]
    [InlineData("示例审批人甲示例审批人甲", "nobody guesses")]
    [InlineData("示例审批人甲12345", "printable characters")]
    public void A_password_that_will_not_do_is_refused_with_the_remedy(string password, string remedy)
    {
        InputException fault = Assert.Throws<InputException>(() => PasswordSeal.Require(password, "示例审批人甲"));
        Assert.Contains(remedy, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_of_129_characters_is_refused_and_one_of_128_is_not()
    {
        PasswordSeal.Require(new string('x', 128), "甲");
        Assert.Throws<InputException>(() => PasswordSeal.Require(new string('x', 129), "甲"));
    }

    private StoredAccount Locked() => PasswordSeal.Lock(key, Fingerprint, Password, new Instant(1));
}
