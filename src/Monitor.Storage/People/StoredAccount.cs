using Monitor.Domain.Readings;

namespace Monitor.Storage.People;

/// <summary>A person's account as it is kept: nothing in it gives the password or the private key without the other.</summary>
/// <param name="Key">Fingerprint of the person's public key, 64 lower-case hexadecimal digits.</param>
/// <param name="Kdf">How keys are derived from the password, as <c>pbkdf2-sha512</c>.</param>
/// <param name="Iterations">Of the derivation.</param>
/// <param name="Salt">Of the derivation; random, and so also the name of this one password.</param>
/// <param name="Verifier">What the password derives for comparison.</param>
/// <param name="Nonce">Of the encryption of the private key.</param>
/// <param name="Sealed">The private key, encrypted, and its tag.</param>
/// <param name="ChangedAt">When the password was set.</param>
public sealed record StoredAccount(
    string Key, string Kdf, int Iterations, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Verifier,
    ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Sealed, Instant ChangedAt);
