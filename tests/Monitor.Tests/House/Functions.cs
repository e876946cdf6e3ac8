using System.Text.RegularExpressions;

namespace Monitor.Tests.House;

/// <summary>Finds the members with a body in braces, and how many lines each takes, its signature included.</summary>
internal static partial class Functions
{
    public static IEnumerable<(string Name, int Line, int Lines)> In(string text)
    {
        string code = SourceCode.Blank(text);
        // For each open brace: whether it belongs to a type, and where the member that it begins starts, or -1.
        var open = new Stack<(bool IsType, string Name, int Start)>();
        int headStart = 0;
        for (int at = 0; at < code.Length; at++)
        {
            if (code[at] is '}' && open.TryPop(out var closed) && closed.Start >= 0)
            {
                int first = LineOf(code, closed.Start);
                yield return (closed.Name, first, LineOf(code, at) - first + 1);
            }
            if (code[at] is '{') open.Push(Begin(code, headStart, at, open));
            if (code[at] is '{' or '}' or ';') headStart = at + 1;
        }
    }

    private static (bool IsType, string Name, int Start) Begin(
        string code, int from, int at, Stack<(bool IsType, string Name, int Start)> open)
    {
        string head = Parenthesized().Replace(Constraint().Replace(code[from..at], " "), "()");
        if (TypeWord().IsMatch(head)) return (true, "", -1);
        bool inType = open.TryPeek(out var parent) && parent.IsType;
        bool isData = head.Contains('=') && !head.Contains("=>", StringComparison.Ordinal);
        if (!inType || isData) return (false, "", -1);
        string name = MemberName().Match(head).Groups[1].Value;
        int start = from + code.AsSpan(from, at - from).IndexOfAnyExcept(" \t\r\n");
        return (false, name, start);
    }

    private static int LineOf(string code, int at) => code.AsSpan(0, at).Count('\n') + 1;

    // Innermost parentheses suffice to hide parameters and their defaults; attributes keep their brackets.
    [GeneratedRegex(@"\((?>[^()]+|(?<open>\()|(?<-open>\)))*(?(open)(?!))\)")]
    private static partial Regex Parenthesized();

    [GeneratedRegex(@"\bwhere\s+\w+\s*:[^{]*")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\b(?:namespace|class|struct|interface|enum|record)\s+\w")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"(\w+)\s*(?:<[^<>]*>)?\s*(?:\(\)|$|=>|\s*$)")]
    private static partial Regex MemberName();
}
