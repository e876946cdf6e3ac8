using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Rules.Compensation;

public sealed class IntervalTests
{
    [Theory]
    [InlineData("[0.9, 1.1]")]
    [InlineData("(1.0, 1.05]")]
    [InlineData("(-inf, 0.95)")]
    [InlineData("(1.05, inf)")]
    [InlineData("(-inf, inf)")]
    [InlineData("[-3, -3]")]
    public void What_is_written_reads_back_the_same(string text)
    {
        Assert.True(Interval.TryParse(text, out Interval? interval));
        Assert.Equal(text, interval.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.9, 1.1")]
    [InlineData("[0.9 1.1]")]
    [InlineData("[1.1, 0.9]")]
    [InlineData("(1, 1]")]
    [InlineData("[-inf, 1]")]
    [InlineData("[1, inf]")]
    [InlineData("(inf, 1)")]
    [InlineData("[1e3, 2e3]")]
    [InlineData("[a, b]")]
    [InlineData("[1, 2, 3]")]
    public void What_is_no_interval_is_refused(string text) => Assert.False(Interval.TryParse(text, out _));

    [Theory]
    [InlineData("[0.9, 1.1]", 0.9, true)]
    [InlineData("[0.9, 1.1]", 1.1, true)]
    [InlineData("(0.9, 1.1)", 0.9, false)]
    [InlineData("(0.9, 1.1)", 1.1, false)]
    [InlineData("(-inf, 0.9)", -1000, true)]
    [InlineData("(1.1, inf)", 1.1000001, true)]
    public void Ends_are_in_or_out_as_written(string text, double number, bool isInside)
    {
        Assert.True(Interval.TryParse(text, out Interval? interval));
        Assert.Equal(isInside, interval.Contains((decimal)number));
    }
}
