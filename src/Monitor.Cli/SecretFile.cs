using Monitor.Domain;

namespace Monitor.Cli;

/// <summary>A secret in a file of its own, so that it stands neither in settings nor in a list of processes.</summary>
internal static class SecretFile
{
    /// <summary>The file's first line.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">What it holds, in a word.</param>
    /// <exception cref="InputException">It cannot be read, or is empty.</exception>
    internal static string Read(string file, string what)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line ? line : throw new InputException(
                $"It holds no {what}.", $"Write the {what} into its first line.", file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The {what} cannot be read: {e.Message}", "Name a file that is there.", file);
        }
    }
}
