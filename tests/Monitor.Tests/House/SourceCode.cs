namespace Monitor.Tests.House;

/// <summary>
/// C# with its comments and literals blanked, so that words and braces found are code's own. Lines are kept.
/// </summary>
internal static class SourceCode
{
    public static string Blank(string text)
    {
        char[] code = text.ToCharArray();
        for (int at = 0; at < text.Length;)
        {
            int end = EndOfLiteralOrComment(text, at);
            for (int i = at; i < end; i++)
            {
                if (code[i] != '\n') code[i] = ' ';
            }
            at = Math.Max(end, at + 1);
        }
        return new string(code);
    }

    /// <summary>Where the comment or literal that begins here ends, exclusive; <c>at</c> if none begins.</summary>
    private static int EndOfLiteralOrComment(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest.StartsWith("//")) return EndAfter(text, at, "\n");
        if (rest.StartsWith("/*")) return EndAfter(text, at + 2, "*/");
        if (rest[0] == '\'') return EndOfQuoted(text, at + 1, '\'', escapes: true);
        int dollars = rest.IndexOfAnyExcept('$', '@') is var n && n < 0 ? rest.Length : n;
        if (dollars == rest.Length || rest[dollars] != '"') return at;
        ReadOnlySpan<char> prefix = rest[..dollars];
        int quotes = rest[dollars..].IndexOfAnyExcept('"') is var q && q < 0 ? rest.Length - dollars : q;
        if (quotes >= 3) return EndAfter(text, at + dollars + quotes, new string('"', quotes));
        bool verbatim = prefix.Contains('@');
        return prefix.Contains('$')
            ? EndOfInterpolated(text, at + dollars + 1, verbatim)
            : EndOfQuoted(text, at + dollars + 1, '"', !verbatim);
    }

    private static int EndAfter(string text, int from, string mark)
    {
        int found = text.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found + mark.Length;
    }

    private static int EndOfQuoted(string text, int at, char quote, bool escapes)
    {
        for (; at < text.Length; at++)
        {
            if (escapes && text[at] == '\\') at++;
            else if (text[at] == quote && !escapes && at + 1 < text.Length && text[at + 1] == quote) at++;
            else if (text[at] == quote) return at + 1;
        }
        return text.Length;
    }

    // A hole may hold literals of its own, and those may hold quotes and braces.
    private static int EndOfInterpolated(string text, int at, bool verbatim)
    {
        int depth = 0;
        while (at < text.Length)
        {
            if (depth > 0 && EndOfLiteralOrComment(text, at) is var end && end > at)
            {
                at = end;
                continue;
            }
            char c = text[at];
            bool doubled = at + 1 < text.Length && text[at + 1] == c;
            if (depth == 0 && c == '"' && !(verbatim && doubled)) return at + 1;
            bool skipsTwo = depth == 0 && (c == '\\' ? !verbatim : doubled && c is '{' or '}' or '"');
            if (!skipsTwo && c == '{') depth++;
            if (!skipsTwo && c == '}') depth--;
            at += skipsTwo ? 2 : 1;
        }
        return text.Length;
    }
}
