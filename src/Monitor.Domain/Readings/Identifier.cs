namespace Monitor.Domain.Readings;

/// <summary>
/// Ids of agents, sections, boots and instruments: 1 to 32 of <c>A–Z a–z 0–9 _ -</c>. So narrow that an id can stand in
/// a topic, a file name, SQL, line protocol or HTML without escaping.
/// </summary>
public static class Identifier
{
    /// <summary>Longest id, in characters.</summary>
    public const int LengthMax = 32;

    /// <summary>Whether the text is an id.</summary>
    public static bool IsValid(ReadOnlySpan<char> id)
    {
        if (id.Length is < 1 or > LengthMax) return false;
        foreach (char c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')) return false;
        }
        return true;
    }
}
