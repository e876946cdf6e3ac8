using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Server.People;

/// <summary>
/// Passwords of agents: made here, never chosen, and kept only as <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c>. Of 192 random
/// bits, so the iterations need only make a wrong guess dear, not a weak password strong: thousands of agents that return
/// at once must get in.
/// </summary>
public static class AgentPassword
{
    private const string Scheme = "pbkdf2-sha256";
    private const int RandomBytes = 24;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int Iterations = 20_000;
    private const int IterationsMax = 10_000_000;

    /// <summary>A new password: 32 characters of base64url.</summary>
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What is kept of a password.</summary>
    public static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(
                Derive(Encoding.UTF8.GetBytes(password), salt, Iterations))}");
    }

    /// <summary>Whether the bytes are the password that was kept so. A kept text of another shape is a no.</summary>
    public static bool Verify(string kept, ReadOnlySpan<byte> password)
    {
        string[] parts = kept.Split('$');
        bool known = parts.Length == 4 && parts[0] == Scheme;
        if (!known) return false;
        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> hash = stackalloc byte[HashBytes];
        bool valid = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
            && iterations is > 0 and <= IterationsMax
            && Convert.TryFromBase64String(parts[2], salt, out int salted) && salted == SaltBytes
            && Convert.TryFromBase64String(parts[3], hash, out int hashed) && hashed == HashBytes;
        return valid && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), hash);
    }

    private static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
