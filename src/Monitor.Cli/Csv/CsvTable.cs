using System.Text;
using Monitor.Domain;

namespace Monitor.Cli.Csv;

/// <summary>
/// A CSV file with a header, read strictly and row by row (RFC 4180: commas, double quotes; LF or CRLF; UTF-8 with or
/// without a byte order mark). Whatever is wrong is an <see cref="InputException"/> with line and column.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly CsvRecords records;
    private readonly string[] header;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly string[] fields;

    private CsvTable(string file, CsvRecords records)
    {
        (File, this.records) = (file, records);
        if (!records.Read())
        {
            throw new InputException("The file is empty.", "Give a file with a header line and rows.", file, 1);
        }
        header = new string[records.Count];
        fields = new string[records.Count];
        for (int i = 0; i < header.Length; i++)
        {
            header[i] = Decode(i).Trim();
            if (columns.TryAdd(header[i], i)) continue;
            throw new InputException(
                $"Two columns are named \"{header[i]}\".", "Rename or remove one.", file, records.Line, header[i]);
        }
    }

    /// <summary>The file's name as given.</summary>
    public string File { get; }

    /// <summary>Column names, without white space around them.</summary>
    public IReadOnlyList<string> Header => header;

    /// <summary>The data row, 1 for the first; 0 before it.</summary>
    public int Row { get; private set; }

    /// <summary>Line on which the row begins, from 1.</summary>
    public int Line => records.Line;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InputException">No such file, no permission, an empty file, or a bad header.</exception>
    public static CsvTable Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new InputException("There is no such file.", "Check the path.", path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException("It cannot be opened.", "Give a file, not a folder, that you may read.", path);
        }
        try
        {
            return new CsvTable(path, new CsvRecords(stream, path));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Place of a column, or null.</summary>
    public int? Find(string column) => columns.TryGetValue(column, out int at) ? at : null;

    /// <summary>Place of a column that must be there.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public int Need(string column) => Find(column) ?? throw new InputException(
        $"The column \"{column}\" is missing.", $"Add it; the file has: {string.Join(", ", header)}.", File, 1, column);

    /// <summary>Moves to the next row; false after the last.</summary>
    /// <exception cref="InputException">A row that does not fit the header, or a file without rows.</exception>
    public bool Read()
    {
        if (!records.Read())
        {
            if (Row > 0) return false;
            throw new InputException("The file has a header and no rows.", "Give a file with rows.", File, 1);
        }
        if (records.Count != header.Length)
        {
            string fault = records.IsBlank
                ? "The line is empty."
                : $"The row has {records.Count} fields and the header {header.Length}.";
            throw new InputException(
                fault, "Write one field per column, or remove the line; quote a field that holds a comma.", File, Line);
        }
        for (int i = 0; i < fields.Length; i++) fields[i] = Decode(i);
        Row++;
        return true;
    }

    /// <summary>A field of the row, exactly as it stands there.</summary>
    public string this[int column] => fields[column];

    /// <summary>A fault in a field of the row.</summary>
    public InputException Fault(int column, string fault, string remedy) =>
        new(fault, remedy, File, Line, header[column]);

    /// <inheritdoc/>
    public void Dispose() => records.Dispose();

    private string Decode(int field)
    {
        try
        {
            return Utf8.GetString(records.Field(field));
        }
        catch (DecoderFallbackException)
        {
            string column = fields[field] is null && Row == 0 ? $"column {field + 1}" : header[field];
            throw new InputException("The text is not UTF-8.", "Save the file as UTF-8.", File, Line, column);
        }
    }
}
