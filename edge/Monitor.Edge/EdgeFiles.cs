using System.Text;
using Monitor.Domain;

namespace Monitor.Edge;

/// <summary>Reads the small text files that an agent is given: configuration, keys, passwords.</summary>
internal static class EdgeFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="option">What named it, without dashes: for the message.</param>
    /// <exception cref="InputException">It cannot be read, or is not UTF-8.</exception>
    internal static string ReadText(string file, string option)
    {
        try
        {
            return Utf8.GetString(File.ReadAllBytes(file));
        }
        catch (DecoderFallbackException)
        {
            throw new InputException("the file is not UTF-8.", "Save it as UTF-8.", file, 0, "--" + option);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InputException(
                "the file cannot be read.", "Check its name and its permissions.", file, 0, "--" + option);
        }
    }
}
