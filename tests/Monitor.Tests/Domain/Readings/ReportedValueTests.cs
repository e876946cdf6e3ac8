using Monitor.Domain.Readings;
using Xunit;

namespace Monitor.Tests.Domain.Readings;

public sealed class ReportedValueTests
{
    [Theory]
    [InlineData("2147483648")] // 2³¹: the top bit of the lower word
    [InlineData("4294967295.0")] // 2³² − 1, one place
    [InlineData("-0.812345678901234567")]
    [InlineData("9223372036854775807")] // 2⁶³ − 1, the largest
    [InlineData("-9.223372036854775807")]
    public void Digits_that_fill_a_word_come_out_as_they_went_in(string digits)
    {
        Assert.True(ReportedValue.TryParse(digits, Qualifier.None, out ReportedValue value));
        Assert.Equal(digits, value.Digits);
        Assert.True(ReportedValue.TryFrom(value.ToDecimal(), Qualifier.None, out ReportedValue again));
        Assert.Equal(value, again);
    }
}
