using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class MaskSpreadTests
{
    [Fact]
    public void Every_length_factor_and_beginning_gives_the_class_above_each_pixel()
    {
        for (int factor = 1; factor <= 4; factor++)
        {
            for (int rest = 0; rest < factor; rest++)
            {
                for (int length = 0; length <= 130; length++)
                {
                    byte[] classes = new Pixels((uint)length + 3).Bytes(((rest + length + factor - 1) / factor) + 1, 3);
                    byte[] target = new byte[length];
                    MaskSpread.Run(classes, factor, rest, target);
                    for (int i = 0; i < length; i++)
                        Assert.Equal(classes[(rest + i) / factor] == MaskRule.Clear ? 1 : 0, target[i]);
                }
            }
        }
    }

    [Fact]
    public void Classes_that_do_not_reach_over_the_target_are_refused()
    {
        MaskSpread.Run([1, 1], 2, 0, new byte[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskSpread.Run([1, 1], 2, 1, new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskSpread.Run([1, 1], 2, 2, new byte[1]));
    }

    [Theory]
    [InlineData(MaskKind.Scl)]
    [InlineData(MaskKind.QaPixel)]
    [InlineData(MaskKind.Bqa)]
    [InlineData(MaskKind.BqaPre)]
    public void Bytes_are_classed_and_remembered_as_the_same_numbers_of_16_bits_are(MaskKind kind)
    {
        for (int length = 0; length <= 130; length++)
        {
            // Every byte, and runs of those that a scene classification has.
            byte[] bytes = new Pixels((uint)length + 40).Bytes(length, length % 2 == 0 ? 256u : 12u);
            ushort[] wide = Array.ConvertAll(bytes, b => (ushort)b);
            byte[] expected = new byte[length], actual = new byte[length];
            MaskRule.Classify(kind, wide, expected);
            MaskRule.Classify(kind, bytes, actual);
            Assert.Equal(expected, actual);
            var one = new MaskValues();
            var other = new MaskValues();
            one.Add(wide);
            other.Add(bytes);
            foreach (MaskKind asked in Enum.GetValues<MaskKind>()) Assert.Equal(one.Refusal(asked), other.Refusal(asked));
        }
    }
}
