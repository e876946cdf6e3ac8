using System.Security.Cryptography;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.People;

namespace Monitor.Server.People;

/// <summary>A person's private key on disk: PKCS#8 in PEM, readable by its owner only.</summary>
public static class PersonKeyFile
{
    private const int BytesMax = 64 * 1024;

    /// <summary>A new key of ECDSA P-256.</summary>
    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes a new key and writes it, see <see cref="Write"/>.</summary>
    /// <returns>The public key: SubjectPublicKeyInfo in base64.</returns>
    public static string Make(string file)
    {
        using ECDsa key = NewKey();
        Write(file, key);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Writes a private key; durable when it returns. Never writes over a file.</summary>
    /// <exception cref="InputException">The file is there already, or cannot be made.</exception>
    public static void Write(string file, ECDsa key)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        // From the first byte on, and whatever the umask: nobody else may read a key while it is being written.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        if (File.Exists(file)) throw new InputException(
            "The file exists, and a key is never written over.", "Name a file that does not exist.", file, field: "--new-key");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                stream.Flush(flushToDisk: true);
            }
            // Whole or not at all, whenever the program is killed; and refused where the name was taken meanwhile.
            File.Move(temporary, file, overwrite: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw new InputException(
                $"The key cannot be written: {e.Message}", "Name a file that can be made.", file, field: "--new-key");
        }
    }

    /// <summary>Reads a private key.</summary>
    /// <exception cref="InputException">No such file, or it holds no private key of ECDSA P-256.</exception>
    public static ECDsa Read(string file)
    {
        string pem;
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > BytesMax) throw NoKey(file);
            pem = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(
                $"The key cannot be read: {e.Message}", "Name the file that `user add` wrote.", file, field: "--key");
        }
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key imports too, and cannot sign.
            _ = key.SignData("probe"u8, HashAlgorithmName.SHA256);
            if (PersonKey.IsP256(key)) return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw NoKey(file);
        }
        key.Dispose();
        throw NoKey(file);
    }

    private static InputException NoKey(string file) => new(
        "It holds no private key of ECDSA P-256 in PEM (PKCS#8).", "Name the file that `user add` wrote.", file, field: "--key");
}
