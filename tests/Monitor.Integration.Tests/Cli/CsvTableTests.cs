using System.Text;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

public sealed class CsvTableTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Quotes_commas_line_ends_and_a_mark_are_read_as_RFC_4180_says()
    {
        string path = folder.Write("a.csv", "\uFEFFa, b ,断面\r\n1,\"x,\"\"y\"\"\nz\",\"\"\r\n,2,瓯江");
        using CsvTable table = CsvTable.Open(path);
        Assert.Equal(["a", "b", "断面"], table.Header);
        Assert.Equal((1, 2), (table.Find("b"), table.Need("断面")));
        Assert.Null(table.Find("c"));

        Assert.True(table.Read());
        Assert.Equal((1, 2), (table.Row, table.Line));
        Assert.Equal(["1", "x,\"y\"\nz", ""], [table[0], table[1], table[2]]);
        Assert.True(table.Read());
        Assert.Equal((2, 4), (table.Row, table.Line));
        Assert.Equal(["", "2", "瓯江"], [table[0], table[1], table[2]]);
        Assert.False(table.Read());
    }

    [Theory]
    [InlineData("", 1, "", "empty")]
    [InlineData("\uFEFF", 1, "", "empty")]
    [InlineData("a,b\n", 1, "", "no rows")]
    [InlineData("a,b", 1, "", "no rows")]
    [InlineData("a,b,a\n1,2,3\n", 1, "a", "Two columns")]
    [InlineData("a,b\n1,2\n3\n", 3, "", "1 fields and the header 2")]
    [InlineData("a,b\n1,2,3\n", 2, "", "3 fields and the header 2")]
    [InlineData("a,b\n1,2\n\n3,4\n", 3, "", "line is empty")]
    [InlineData("a,b\n1,\"2\n3,4\n", 2, "column 2", "does not end")]
    [InlineData("a,b\n1,\"2\"x\n", 2, "column 2", "follows the closing quote")]
    [InlineData("a,b\n1,2\"x\n", 2, "column 2", "quote stands inside")]
    [InlineData("a,b\r1,2\r", 1, "column 2", "carriage return")]
    public void A_fault_is_named_with_its_line(string text, int line, string field, string fault)
    {
        string path = folder.Write("a.csv", text);
        var thrown = Assert.Throws<InputException>(() => ReadAll(path));
        Assert.Equal((path, line, field), (thrown.File, thrown.Line, thrown.Field));
        Assert.Contains(fault, thrown.Fault, StringComparison.Ordinal);
        Assert.NotEmpty(thrown.Remedy);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_named_with_line_and_column()
    {
        string path = folder.Write("a.csv", [.. "a,b\n1,2\n3,"u8, 0xB1, 0xB1, .. "\n"u8]);
        var thrown = Assert.Throws<InputException>(() => ReadAll(path));
        Assert.Equal((3, "b"), (thrown.Line, thrown.Field));
        string header = folder.Write("b.csv", [.. "a,"u8, 0xB1, 0xB1, .. "\n1,2\n"u8]);
        Assert.Equal((1, "column 2"), Place(Assert.Throws<InputException>(() => ReadAll(header))));
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_refused()
    {
        string missing = folder.Write("a.csv", "a\n1\n") + ".none";
        Assert.Equal(missing, Assert.Throws<InputException>(() => ReadAll(missing)).File);
        Assert.Throws<InputException>(() => ReadAll(Path.GetTempPath()));
    }

    [Fact]
    public void A_row_of_over_a_mebibyte_is_refused_and_a_long_file_is_not()
    {
        string row = folder.Write("a.csv", "a\n\"" + new string('x', 1 << 21));
        Assert.Contains("1 MiB", Assert.Throws<InputException>(() => ReadAll(row)).Fault, StringComparison.Ordinal);

        // Over several blocks of the reader, so that every kind of byte falls on a border.
        var text = new StringBuilder("a,b\r\n");
        for (int i = 0; i < 20_000; i++) text.Append(i).Append(",\"瓯\"\"").Append(i).Append("\"\r\n");
        using CsvTable table = CsvTable.Open(folder.Write("b.csv", text.ToString()));
        for (int i = 0; i < 20_000; i++)
        {
            Assert.True(table.Read());
            Assert.Equal(($"{i}", $"瓯\"{i}", i + 2), (table[0], table[1], table.Line));
        }
        Assert.False(table.Read());
    }

    [Theory]
    [InlineData("4E-05", "0.00004")]
    [InlineData(" 7.50 ", "7.50")]
    [InlineData("1.5e3", "1500")]
    [InlineData("-0.1e+1", "-1")]
    [InlineData("1E-28", "0.0000000000000000000000000001")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("1E-29", null)]
    [InlineData("1E19", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("E5", null)]
    [InlineData("1e", null)]
    [InlineData("1e5000000000", null)]
    [InlineData("<0.5", null)]
    [InlineData("1,5", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void A_number_in_a_cell_is_exact_or_refused(string cell, string? expected)
    {
        bool fits = CellText.TryParseNumber(cell, out decimal number);
        Assert.Equal(expected is not null, fits);
        if (fits) Assert.Equal(expected, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2025-01-01T08:00:00+08:00", true, "2025-01-01T00:00:00.000Z")]
    [InlineData("2025-01-01 00:00:00.1239Z", true, "2025-01-01T00:00:00.123Z")]
    [InlineData("2025-01-01T00:00Z", true, "2025-01-01T00:00:00.000Z")]
    [InlineData("2025-01-01T00:00:00", false, "2025-01-01T00:00:00.000Z")]
    [InlineData("2025-01-01T00:00:00", true, null)]
    [InlineData("2025-02-30T00:00:00Z", true, null)]
    [InlineData("01/02/2025", false, null)]
    public void A_time_in_a_cell_is_ISO_8601(string cell, bool offsetRequired, string? expected)
    {
        bool fits = CellText.TryParseTime(cell, offsetRequired, out var moment);
        Assert.Equal(expected, fits ? moment.ToString() : null);
    }

    private static (int Line, string Field) Place(InputException fault) => (fault.Line, fault.Field);

    private static void ReadAll(string path)
    {
        using CsvTable table = CsvTable.Open(path);
        while (table.Read())
        {
            Assert.True(table.Row > 0);
        }
    }
}
