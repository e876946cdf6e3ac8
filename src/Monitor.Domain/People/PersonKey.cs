using System.Security.Cryptography;

namespace Monitor.Domain.People;

/// <summary>A person's public key: ECDSA on P-256 with SHA-256, signatures of 64 bytes (IEEE P1363).</summary>
public static class PersonKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>SHA-256 of the SubjectPublicKeyInfo (DER), 64 lower-case hexadecimal digits.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKey, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Whether the key is of P-256; a key on another curve is no person's key here.</summary>
    public static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256;

    /// <summary>Whether the holder of the key signed these bytes. A key or signature of another shape is a no.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out int read);
            return read == publicKey.Length && IsP256(key) && key.VerifyData(data, signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            // Bytes that are no key at all verify nothing; the caller names the entry.
            return false;
        }
    }
}
