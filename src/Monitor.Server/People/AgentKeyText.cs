using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.People;

namespace Monitor.Server.People;

/// <summary>An agent's public key as text: PEM, or the bare base64 that <c>monitor-edge keygen</c> prints.</summary>
public static class AgentKeyText
{
    private const int CharactersMax = 4096;

    /// <summary>The key as SubjectPublicKeyInfo in base64.</summary>
    /// <exception cref="InputException">It is no ECDSA P-256 public key.</exception>
    public static string Read(string text, string file)
    {
        string trimmed = text.Trim();
        using ECDsa key = ECDsa.Create();
        try
        {
            if (trimmed.Length > CharactersMax) throw NoKey(file);
            if (trimmed.StartsWith("-----BEGIN PUBLIC KEY-----", StringComparison.Ordinal)) key.ImportFromPem(trimmed);
            else key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(trimmed), out _);
            if (PersonKey.IsP256(key)) return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or FormatException)
        {
            throw NoKey(file);
        }
        throw NoKey(file);
    }

    private static InputException NoKey(string file) => new(
        "It holds no public key of ECDSA P-256.", "Name the file with what `monitor-edge keygen` printed, or a PEM.",
        file, field: "--public-key");
}
