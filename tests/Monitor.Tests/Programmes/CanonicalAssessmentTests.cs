using Monitor.Programmes.Judgements;
using Xunit;
using Monitor.Tests.House;

namespace Monitor.Tests.Programmes;

public sealed class CanonicalAssessmentTests
{
    [Theory]
    [InlineData("pays.json", "1.2", "2025")]
    [InlineData("undefined.json", "1.02", "2025")]
    [InlineData("month.json", "0.97", "2025-03")]
    public void The_bytes_are_the_golden_ones(string golden, string factor, string period)
    {
        decimal e = decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture);
        byte[] bytes = CanonicalAssessment.Write(OuRiver.Assess(
            "OJ-05", OuRiver.Year("OJ-05", e), period, OuRiver.Frozen));
        string path = Path.Combine(HouseFiles.All.Root, "fixtures", "assessment", golden);
        Assert.Equal(File.ReadAllText(path), System.Text.Encoding.UTF8.GetString(bytes) + "\n");
    }

    [Fact]
    public void A_suspended_year_has_no_index_and_no_amount()
    {
        string json = System.Text.Encoding.UTF8.GetString(CanonicalAssessment.Write(OuRiver.Assess("OJ-05", [])));
        Assert.Contains(
            "\"index\":null,\"direction\":\"suspended\",\"payer\":null,\"payee\":null,\"amount\":null",
            json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.500", "1.5")]
    [InlineData("100", "100")]
    [InlineData("0.000", "0")]
    [InlineData("-2.50", "-2.5")]
    [InlineData("0.3333333333333333333333333333", "0.3333333333333333333333333333")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Decimals_lose_their_trailing_zeros_and_nothing_else(string number, string text) => Assert.Equal(
        text, CanonicalAssessment.Plain(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_what_if_is_marked()
    {
        byte[] bytes = CanonicalAssessment.Write(OuRiver.Assess("OJ-05", []), whatIf: true);
        Assert.EndsWith(",\"whatIf\":true}", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
