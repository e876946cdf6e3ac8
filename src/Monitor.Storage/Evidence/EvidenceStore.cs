using System.Security.Cryptography;
using Monitor.Domain;

namespace Monitor.Storage.Evidence;

/// <summary>
/// What judgements were made from, each under the SHA-256 of its bytes: <c>evidence/ab/abcdef…</c>. Never changed and
/// never removed. Safe from any thread and process, since the same name always means the same bytes.
/// </summary>
/// <param name="folder">The folder; made with the first file.</param>
public sealed class EvidenceStore(string folder)
{
    /// <summary>Keeps the bytes; durable when it returns. The same bytes again are a no-op.</summary>
    /// <returns>Their SHA-256, 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="StoreUnavailableException">The disk or the folder does not take them.</exception>
    public string Put(ReadOnlySpan<byte> bytes)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string path = PathOf(hash);
        // A file that lies there with other bytes is damaged; what was meant is at hand, so it is put right.
        if (!File.Exists(path) || HashOf(path) != hash) AtomicFile.Write(path, bytes);
        return hash;
    }

    /// <summary>The bytes of a hash, checked against it; null where there are none.</summary>
    /// <exception cref="StoreUnusableException">The file's bytes do not have that hash.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public byte[]? Find(string hash)
    {
        string path = PathOf(hash);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
        string actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return actual == hash ? bytes : throw new StoreUnusableException(
            $"{path} was changed: its bytes hash to {actual}. Restore this file from a backup.");
    }

    /// <summary>Where the bytes of a hash lie, or would.</summary>
    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits.</exception>
    public string PathOf(string hash) => Ledger.LedgerHash.IsValid(hash)
        ? Path.Combine(folder, hash[..2], hash)
        : throw new ArgumentException($"\"{hash}\" is no SHA-256 in 64 lower-case hexadecimal digits.", nameof(hash));

    private static string HashOf(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static StoreUnavailableException Unreadable(string path, Exception cause) =>
        new($"{path} cannot be read: {cause.Message} Give permission, then try again.", cause);
}
