using System.Security.Cryptography;
using Monitor.Domain;

namespace Monitor.Imagery.Outputs;

/// <summary>What an input file was when an output was made of it.</summary>
/// <param name="Sha256">SHA-256 of its bytes, in lower hexadecimal; null for a file that GDAL fetches itself.</param>
/// <param name="Bytes">Its length; null likewise.</param>
public sealed record InputDigest(string? Sha256, long? Bytes)
{
    /// <summary>Digests of files, each read once, several at a time.</summary>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, InputDigest> Of(
        IEnumerable<string> files, int threads, CancellationToken cancellation)
    {
        string[] names = [.. files.Distinct(StringComparer.Ordinal)];
        var digests = new InputDigest[names.Length];
        try
        {
            Parallel.For(0, names.Length, new ParallelOptions
            {
                MaxDegreeOfParallelism = threads, CancellationToken = cancellation,
            }, i => digests[i] = Of(names[i]));
        }
        catch (AggregateException faults) when (faults.InnerExceptions[0] is InputException first)
        {
            throw first;
        }
        return names.Zip(digests).ToDictionary(d => d.First, d => d.Second, StringComparer.Ordinal);
    }

    private static InputDigest Of(string file)
    {
        // GDAL's own file systems are no files of ours to read; /vsicurl/ may not give the same bytes twice.
        if (file.StartsWith("/vsi", StringComparison.Ordinal)) return new InputDigest(null, null);
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
            return new InputDigest(Convert.ToHexStringLower(SHA256.HashData(stream)), stream.Length);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("There is no such file.", "Name an existing raster file.", file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"It cannot be read ({fault.Message})", "Give a file you may read.", file);
        }
    }
}
