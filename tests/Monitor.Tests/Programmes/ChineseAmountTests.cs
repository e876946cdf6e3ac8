using Monitor.Programmes.Documents;
using Xunit;

namespace Monitor.Tests.Programmes;

public sealed class ChineseAmountTests
{
    [Theory]
    [InlineData("0", "人民币零元整")]
    [InlineData("10", "人民币壹拾元整")]
    [InlineData("105", "人民币壹佰零伍元整")]
    [InlineData("10000", "人民币壹万元整")]
    [InlineData("100005", "人民币壹拾万零伍元整")]
    [InlineData("1860000", "人民币壹佰捌拾陆万元整")]
    [InlineData("8000000", "人民币捌佰万元整")]
    [InlineData("20000000.05", "人民币贰仟万元零伍分")]
    [InlineData("0.05", "人民币伍分")]
    [InlineData("0.50", "人民币伍角整")]
    [InlineData("1.23", "人民币壹元贰角叁分")]
    [InlineData("1003.40", "人民币壹仟零叁元肆角整")]
    [InlineData("100000000", "人民币壹亿元整")]
    [InlineData("100000001", "人民币壹亿零壹元整")]
    [InlineData("100010000", "人民币壹亿零壹万元整")]
    [InlineData("1000000000000", "人民币壹万亿元整")]
    [InlineData("1000100000000", "人民币壹万零壹亿元整")]
    public void Amounts_are_written_as_banks_write_them(string yuan, string text) => Assert.Equal(
        text, ChineseAmount.Write(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("-1")]
    [InlineData("0.001")]
    [InlineData("10000000000000000")]
    public void What_no_bill_can_carry_is_refused(string yuan) => Assert.Throws<ArgumentOutOfRangeException>(
        () => ChineseAmount.Write(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)));
}
