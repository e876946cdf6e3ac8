namespace Monitor.Domain;

/// <summary>
/// Input that cannot be used as it is. Says where and what to do; the command line turns it into exit code 2.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>For serializers only.</summary>
    public InputException() : this("input") { }

    /// <summary>A fault without a place.</summary>
    public InputException(string message) : this(message, "") { }

    /// <summary>A fault without a place, with its cause.</summary>
    public InputException(string message, Exception innerException) : base(message, innerException)
    {
        (Fault, Remedy, File, Field) = (message, "", "", "");
    }

    /// <summary>A fault at a place.</summary>
    /// <param name="fault">What is wrong, with the offending text in it.</param>
    /// <param name="remedy">What the user can do.</param>
    /// <param name="file">File name as the user gave it; empty where the input is no file.</param>
    /// <param name="line">Line from 1; 0 where there is none.</param>
    /// <param name="field">Column, key or option; empty where there is none.</param>
    public InputException(string fault, string remedy, string file = "", int line = 0, string field = "")
        : base(Compose(Shown(fault), remedy, file, line, field))
    {
        (Fault, Remedy, File, Line, Field) = (Shown(fault), remedy, file, line, field);
    }

    /// <summary>What is wrong.</summary>
    public string Fault { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    /// <summary>File name, or empty.</summary>
    public string File { get; }

    /// <summary>Line from 1, or 0.</summary>
    public int Line { get; }

    /// <summary>Column, key or option, or empty.</summary>
    public string Field { get; }

    /// <summary>The same fault in a file that the thrower did not know.</summary>
    public InputException InFile(string file) => new(Fault, Remedy, file, Line, Field);

    // The offending text may be a megabyte, or binary: a terminal gets its beginning and its end, and no control
    // characters.
    private static string Shown(string fault)
    {
        const int head = 200, tail = 100;
        string text = fault.Length <= head + tail ? fault : $"{fault[..head]} … {fault[^tail..]}";
        return string.Create(text.Length, text, static (shown, from) =>
        {
            for (int i = 0; i < shown.Length; i++) shown[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
        });
    }

    private static string Compose(string fault, string remedy, string file, int line, string field)
    {
        string place = file;
        if (line > 0) place += place.Length > 0 ? $":{line}" : $"line {line}";
        if (field.Length > 0) place += place.Length > 0 ? $", {field}" : field;
        string text = place.Length > 0 ? $"{place}: {fault}" : fault;
        return remedy.Length > 0 ? $"{text} {remedy}" : text;
    }
}
