using System.Security.Cryptography;
using Monitor.Domain.People;
using Monitor.Domain;
using Monitor.Programmes.Registers;

namespace Monitor.Server.People;

/// <summary>A registered person with the private key at hand: who may sign now.</summary>
public sealed class Signatory : IDisposable
{
    private readonly ECDsa key;

    private Signatory(Person person, long position, ECDsa key) => (Person, Position, this.key) = (person, position, key);

    /// <summary>Who it is, by the register.</summary>
    public Person Person { get; }

    /// <summary>Position of the record up to which the register was read: the key was good there.</summary>
    public long Position { get; }

    /// <summary>Opens a key file and finds its owner in the register.</summary>
    /// <exception cref="InputException">No such file, no key, a key that nobody registered, or one that was revoked.</exception>
    public static Signatory Open(string file, PersonRegister register)
    {
        long position = register.Position;
        ECDsa key = PersonKeyFile.Read(file);
        try
        {
            string fingerprint = PersonKey.Fingerprint(key.ExportSubjectPublicKeyInfo());
            RegisteredPerson found = register.Find(fingerprint) ?? throw new InputException(
                $"The key {fingerprint[..16]}… belongs to no registered person.",
                "Register a person with `user add NAME --role ROLE --new-key FILE`.", file, field: "--key");
            if (found.RevokedPosition is not null) throw new InputException(
                $"The key of {found.Person.Name} was revoked: {found.RevokedWhy}",
                "Sign with a key that is not.", file, field: "--key");
            return new Signatory(found.Person, position, key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>A person by the register, whose key a password has unlocked; the signatory owns the key from here on.</summary>
    internal static Signatory Of(Person person, long position, ECDsa key) => new(person, position, key);

    /// <summary>Signs: ECDSA P-256 with SHA-256, 64 bytes.</summary>
    public byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
