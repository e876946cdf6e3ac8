namespace Monitor.Domain.Readings;

/// <summary>
/// The status mark that the device put beside a value: HJ 212-2017 table 8 (<c>N F M S D C T B</c>) and the
/// surface-water marks (<c>L P Z sc cz cs hd</c>). One or two ASCII letters, case kept. Only <c>N</c> is a normal
/// value.
/// </summary>
public static class DeviceStatus
{
    /// <summary>A normal value; also what a blank status means.</summary>
    public const string Normal = "N";

    /// <summary>Whether the text is a status mark at all: one or two ASCII letters.</summary>
    public static bool IsValid(ReadOnlySpan<char> status)
    {
        if (status.Length is < 1 or > 2) return false;
        foreach (char c in status)
        {
            if (!char.IsAsciiLetter(c)) return false;
        }
        return true;
    }
}
