using System.Text;
using Monitor.Domain;

namespace Monitor.Cli;

/// <summary>Reads a small text file that the user named.</summary>
internal static class InputFile
{
    /// <summary>Most bytes of a definition.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The text, without a byte order mark.</summary>
    /// <exception cref="InputException">No such file, no permission, too large, or not UTF-8.</exception>
    public static string ReadText(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > BytesMax)
            {
                throw new InputException("The file is larger than 4 MiB.", "Give the file of a definition.", path);
            }
            return Utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or ArgumentException
            and not DecoderFallbackException)
        {
            throw new InputException("There is no such file.", "Check the path.", path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException("It cannot be opened.", "Give a file, not a folder, that you may read.", path);
        }
        catch (DecoderFallbackException)
        {
            throw new InputException("The text is not UTF-8.", "Save the file as UTF-8.", path);
        }
    }
}
