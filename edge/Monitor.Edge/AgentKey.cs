using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.People;

namespace Monitor.Edge;

/// <summary>The key that an agent signs its batches with: ECDSA on P-256, in a file that only its owner can read.</summary>
internal sealed class AgentKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // One signature at a time: the key's own object promises nothing to several threads.
    private readonly Lock gate = new();
    private readonly ECDsa key;

    private AgentKey(ECDsa key) => this.key = key;

    /// <summary>What is registered at the server: base64 of SubjectPublicKeyInfo (DER).</summary>
    internal string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>Makes a key and writes it.</summary>
    /// <exception cref="InputException">There is a file of that name: a key is never overwritten.</exception>
    internal static AgentKey Create(string file)
    {
        var made = new AgentKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            using var stream = new FileStream(file, options);
            using var writer = new StreamWriter(stream);
            writer.WriteLine(made.key.ExportPkcs8PrivateKeyPem());
            writer.Flush();
            stream.Flush(flushToDisk: true);
            return made;
        }
        catch (IOException) when (File.Exists(file))
        {
            made.Dispose();
            throw new InputException("the file is there already, and a key is never overwritten.",
                "Name another file, or move the old key away first.", file, 0, "--out");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            made.Dispose();
            throw new InputException(
                $"the file cannot be written: {e.Message}", "Check the folder.", file, 0, "--out");
        }
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="InputException">The file cannot be read, or holds no private key on P-256.</exception>
    internal static AgentKey Load(string file)
    {
        string text = EdgeFiles.ReadText(file, "sign-key");
        ECDsa read = ECDsa.Create();
        try
        {
            read.ImportFromPem(text);
            // A public key verifies and signs nothing: found out here and not at the first batch.
            _ = read.SignData([], HashAlgorithmName.SHA256);
            if (PersonKey.IsP256(read)) return new AgentKey(read);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw new InputException("the file holds no private key.",
                "Make one with: monitor-edge keygen --out FILE", file, 0, "sign-key");
        }
        read.Dispose();
        throw new InputException("the key is not of the curve P-256.",
            "Make one with: monitor-edge keygen --out FILE", file, 0, "sign-key");
    }

    /// <summary>The 64 bytes of the signature over the data.</summary>
    internal byte[] Sign(byte[] data)
    {
        lock (gate) return key.SignData(data, HashAlgorithmName.SHA256);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
