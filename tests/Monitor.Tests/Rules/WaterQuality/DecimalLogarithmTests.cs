using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Rules.WaterQuality;

/// <summary>References computed with 70 digits by another implementation (Python's decimal).</summary>
public sealed class DecimalLogarithmTests
{
    private const decimal Bound = 0.0000000000000000000000001m; // 1e-25, as documented

    [Theory]
    [InlineData("0", "1")]
    [InlineData("0.5", "0.3162277660168379331998893544")]
    [InlineData("0.001", "0.9977000638225533171944219429")]
    [InlineData("0.999999", "0.1000002302587743945135602981")]
    [InlineData("1.25", "0.0562341325190349080394951040")]
    [InlineData("6.87", "0.0000001348962882591653609248")]
    [InlineData("27.9", "0.0000000000000000000000000001")]
    [InlineData("99", "0")]
    public void A_negative_power_of_ten(string x, string expected) =>
        Assert.InRange(Math.Abs(DecimalLogarithm.NegativePower(D(x)) - D(expected)), 0, Bound);

    [Theory]
    [InlineData("1", "0")]
    [InlineData("10", "1")]
    [InlineData("2", "0.3010299956639811952137388947")]
    [InlineData("0.5", "-0.3010299956639811952137388947")]
    [InlineData("0.1", "-1")]
    [InlineData("3", "0.4771212547196624372950279033")]
    [InlineData("9.999999", "0.9999999565705496382022629538")]
    [InlineData("1.0000001", "0.0000000434294460188529180137")]
    [InlineData("0.000123456", "-3.9084877983722283189306002229")]
    [InlineData("123456.789", "5.0915149771692704475183336231")]
    [InlineData("0.6666666666", "-0.1760912590991106902737856637")]
    [InlineData("1.3333333334", "0.1249387366300146772270696095")]
    public void A_logarithm_of_base_ten(string x, string expected) =>
        Assert.InRange(Math.Abs(DecimalLogarithm.Log10(D(x)) - D(expected)), 0, Bound);

    [Fact]
    public void The_logarithm_of_a_power_is_its_exponent() =>
        Prop.ForAll(Gen.Choose(0, 3000).ToArbitrary(), thousandths =>
        {
            decimal x = thousandths / 1000m;
            // A power of 10⁻³ keeps 25 of its digits.
            return Math.Abs(DecimalLogarithm.Log10(DecimalLogarithm.NegativePower(x)) + x) < 1000 * Bound;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("6 8", "6.29670862188133862094")]
    [InlineData("7 7 7", "7")]
    [InlineData("6.5 7.0 7.5", "6.82598814997494859789")]
    [InlineData("7.995 7.5685 8.21 6.99", "7.43884041145026106641")]
    [InlineData("0 14", "0.30102999566397685227")]
    [InlineData("7.12345678", "7.12345678")]
    [InlineData("6.9 9.1 4.2 8.8 7.7", "4.89795095702506375759")]
    [InlineData("6 8 99", "6.47279988093701986302")]
    public void The_mean_of_pH_goes_through_the_hydrogen_ions(string values, string expected) =>
        Assert.Equal(D(expected), PhMean.Of([.. values.Split(' ').Select(D)]));

    [Fact]
    public void No_values_have_no_mean_of_pH_and_rubbish_is_refused()
    {
        Assert.Null(PhMean.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhMean.Of([7, 101]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhMean.Of([-101, 7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecimalLogarithm.Log10(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecimalLogarithm.NegativePower(-1));
    }

    // The acid end counts most: the mean lies between the least and the arithmetic mean, whatever the order.
    [Fact]
    public void The_mean_of_pH_lies_between_the_least_value_and_the_arithmetic_mean() =>
        Prop.ForAll(Gen.Choose(400, 1000).Select(n => n / 100m).NonEmptyListOf().ToArbitrary(), values =>
        {
            decimal mean = PhMean.Of([.. values])!.Value;
            decimal reversed = PhMean.Of([.. Enumerable.Reverse(values)])!.Value;
            decimal slack = 0.00000000000000000001m; // the last decimal, for the rounding
            return values.Min() <= mean && mean <= values.Average() + slack && Math.Abs(mean - reversed) <= slack;
        }).QuickCheckThrowOnFailure();

    private static decimal D(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("0.1", "0.10")]
    [InlineData("13.9", "13.90")]
    [InlineData("7", "7.000")]
    public void A_power_has_the_same_digits_however_its_exponent_is_written_and_however_often_it_is_asked(
        string written, string longer)
    {
        decimal first = DecimalLogarithm.NegativePower(D(written));

        Assert.Equal(Digits(first), Digits(DecimalLogarithm.NegativePower(D(longer))));
        Assert.Equal(Digits(first), Digits(DecimalLogarithm.NegativePower(D(written))));
        Assert.Equal(Digits(first), Digits(DecimalLogarithm.NegativePower(D(written) + 0.000m)));
    }

    private static string Digits(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
