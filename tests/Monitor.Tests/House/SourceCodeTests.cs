using Xunit;

namespace Monitor.Tests.House;

/// <summary>The measuring rods of the house tests, measured.</summary>
public sealed class SourceCodeTests
{
    [Theory]
    [InlineData("a // b { \n c", "a \n c")]
    [InlineData("a /* { \n */ c", "a \n c")]
    [InlineData("""a = "{ \" }"; c""", "a = ; c")]
    [InlineData("""a = @"{ "" \"; c""", "a = ; c")]
    [InlineData("""a = $"{{ {b("}")} }}"; c""", "a = ; c")]
    [InlineData("""a = $@"\{b:x}"; c""", "a = ; c")]
    [InlineData("a = '\"'; c", "a = ; c")]
    [InlineData("a = '\\''; c", "a = ; c")]
    [InlineData("a = \"\"\"{ \" }\"\"\"; c", "a = ; c")]
    [InlineData("a = \"\"; c", "a = ; c")]
    public void Comments_and_literals_are_blanked_and_code_is_kept(string text, string kept)
    {
        string blanked = SourceCode.Blank(text);
        Assert.Equal(text.Length, blanked.Length);
        Assert.Equal(Squeezed(kept), Squeezed(blanked));
    }

    [Fact]
    public void A_function_is_measured_from_its_signature_to_its_closing_brace()
    {
        const string Text =
            """
            namespace A;
            class B<T>
                where T : class
            {
                int Field = 1;
                static readonly int[] Table = new int[]
                {
                    1,
                };
                int P { get; } = 1;
                public int Long(int a,
                    int b = 2)
                {
                    if (a > b) { return 1; }
                    return 2;
                }
                int Short() => 1;
                enum C { D }
            }
            """;
        // Signature 2 lines, braces 2, statements 2; the table of data is no function.
        Assert.Equal([("P", 1), ("Long", 2 + 2 + 2)], Functions.In(Text).Select(f => (f.Name, f.Lines)));
    }

    private static string Squeezed(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
