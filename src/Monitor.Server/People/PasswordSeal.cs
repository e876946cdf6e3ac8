using System.Security.Cryptography;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Storage;
using Monitor.Storage.People;

namespace Monitor.Server.People;

/// <summary>
/// Locks a private key with a password: PBKDF2-HMAC-SHA512 over a salt of its own, split by HKDF into a check value and the
/// key of AES-256-GCM. The parameters lie with each account, so that later ones may be stronger.
/// </summary>
internal static class PasswordSeal
{
    /// <summary>Shortest password, in characters; the longest is <see cref="LengthMax"/>.</summary>
    internal const int LengthMin = 12;

    /// <summary>Longest password, in characters.</summary>
    internal const int LengthMax = 128;

    /// <summary>Rounds for new passwords; OWASP asks for 210,000 of this function (2023).</summary>
    internal const int Iterations = 300_000;

    private const string Pbkdf2Sha512 = "pbkdf2-sha512";
    private const int SaltBytes = 16, KeyBytes = 32, StrongBytes = 64;

    /// <summary>Refuses a password that will not do.</summary>
    /// <exception cref="InputException">Too short, too long, with control characters, or the person's own name.</exception>
    internal static void Require(string password, string person)
    {
        bool fits = password.Length is >= LengthMin and <= LengthMax && !password.Any(char.IsControl);
        if (!fits) throw new InputException(
            $"The password has {password.Length} characters, or control characters in it.",
            $"Use {LengthMin} to {LengthMax} printable characters; a sentence is good.", field: "password");
        int own = password.Replace(person, "", StringComparison.OrdinalIgnoreCase).Length;
        if (own < LengthMin / 2) throw new InputException(
            "The password is little more than the name.", "Choose one that nobody guesses.", field: "password");
    }

    /// <summary>Locks a key.</summary>
    /// <param name="key">The key pair.</param>
    /// <param name="fingerprint">Of its public key; the lock holds for this one only.</param>
    /// <param name="password">The password.</param>
    /// <param name="at">When.</param>
    internal static StoredAccount Lock(ECDsa key, string fingerprint, string password, Instant at)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        byte[] strong = Derive(password, salt, Iterations);
        byte[] secret = key.ExportPkcs8PrivateKey();
        int tagBytes = AesGcm.TagByteSizes.MaxSize;
        byte[] locked = new byte[secret.Length + tagBytes];
        try
        {
            using var aes = new AesGcm(Part(strong, "key"), tagBytes);
            aes.Encrypt(
                nonce, secret, locked.AsSpan(0, secret.Length), locked.AsSpan(secret.Length), Bound(fingerprint));
            return new StoredAccount(
                fingerprint, Pbkdf2Sha512, Iterations, salt, Part(strong, "verifier"), nonce, locked, at);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(strong);
        }
    }

    /// <summary>
    /// The key of an account; null where the password is another. Takes as long with no account at all, so that nobody can
    /// tell by the clock who has one.
    /// </summary>
    /// <exception cref="StoreUnusableException">The password is right, and what it should open was changed.</exception>
    internal static ECDsa? Unlock(StoredAccount? account, string password)
    {
        if (account is not null && account.Kdf != Pbkdf2Sha512) throw new StoreUnusableException(
            $"The account {account.Key[..16]}… is locked with {account.Kdf}, which this program does not know. " +
            "Use the newer program that wrote it.");
        byte[] strong = Derive(
            password, account?.Salt.ToArray() ?? new byte[SaltBytes], account?.Iterations ?? Iterations);
        try
        {
            byte[] expected = account?.Verifier.ToArray() ?? new byte[KeyBytes];
            bool isRight = CryptographicOperations.FixedTimeEquals(Part(strong, "verifier"), expected);
            return account is not null && isRight ? Open(account, Part(strong, "key")) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(strong);
        }
    }

    private static ECDsa Open(StoredAccount account, byte[] secret)
    {
        int tagBytes = AesGcm.TagByteSizes.MaxSize;
        byte[] plain = new byte[account.Sealed.Length - tagBytes];
        ECDsa key = ECDsa.Create();
        try
        {
            using var aes = new AesGcm(secret, tagBytes);
            aes.Decrypt(
                account.Nonce.Span, account.Sealed.Span[..plain.Length], account.Sealed.Span[plain.Length..], plain,
                Bound(account.Key));
            key.ImportPkcs8PrivateKey(plain, out _);
            return key;
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw new StoreUnusableException(
                $"The account {account.Key[..16]}… was changed in people.db. Restore it from a backup, or set the " +
                "password anew with `user password NAME --key FILE`.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, StrongBytes);

    private static byte[] Part(byte[] strong, string of) => HKDF.Expand(
        HashAlgorithmName.SHA512, strong, KeyBytes, Encoding.ASCII.GetBytes($"monitor account/1 {of}"));

    // A sealed key that is copied into another person's row opens nothing there.
    private static byte[] Bound(string fingerprint) => Encoding.ASCII.GetBytes($"monitor account/1 {fingerprint}");
}
