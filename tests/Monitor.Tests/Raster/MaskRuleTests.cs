using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class MaskRuleTests
{
    [Theory]
    [InlineData(MaskKind.Scl, 0, 2)]
    [InlineData(MaskKind.Scl, 1, 0)]
    [InlineData(MaskKind.Scl, 2, 0)]
    [InlineData(MaskKind.Scl, 3, 0)]
    [InlineData(MaskKind.Scl, 4, 1)]
    [InlineData(MaskKind.Scl, 5, 1)]
    [InlineData(MaskKind.Scl, 6, 1)]
    [InlineData(MaskKind.Scl, 7, 0)]
    [InlineData(MaskKind.Scl, 8, 0)]
    [InlineData(MaskKind.Scl, 11, 0)]
    [InlineData(MaskKind.Scl, 255, 0)]
    [InlineData(MaskKind.QaPixel, 1, 2)]
    [InlineData(MaskKind.QaPixel, 21824, 1)] // bits 6, 8, 10, 12, 14: clear land
    [InlineData(MaskKind.QaPixel, 21952, 1)] // bit 7 too: clear water
    [InlineData(MaskKind.QaPixel, 22280, 0)] // bit 3: cloud
    [InlineData(MaskKind.QaPixel, 1 << 5, 0)] // snow
    [InlineData(MaskKind.QaPixel, 1 << 2, 0)] // cirrus, though bit 6 may still say clear
    [InlineData(MaskKind.Bqa, 1, 2)]
    [InlineData(MaskKind.Bqa, 2720, 1)] // 101010100000: low confidence of everything
    [InlineData(MaskKind.Bqa, 1 << 4, 0)]
    [InlineData(MaskKind.Bqa, 2 << 5, 1)] // medium cloud alone is not enough
    [InlineData(MaskKind.Bqa, 3 << 5, 0)]
    [InlineData(MaskKind.Bqa, 3 << 7, 0)]
    [InlineData(MaskKind.Bqa, 3 << 9, 0)]
    [InlineData(MaskKind.Bqa, 3 << 11, 0)]
    [InlineData(MaskKind.BqaPre, 1, 2)]
    [InlineData(MaskKind.BqaPre, 20480, 1)] // low cloud, low cirrus
    [InlineData(MaskKind.BqaPre, 2 << 14, 0)] // medium cloud
    [InlineData(MaskKind.BqaPre, 3 << 14, 0)]
    [InlineData(MaskKind.BqaPre, 2 << 10, 1)]
    [InlineData(MaskKind.BqaPre, 3 << 10, 0)] // snow
    [InlineData(MaskKind.BqaPre, 3 << 12, 0)] // cirrus
    [InlineData(MaskKind.BqaPre, 3 << 4, 1)] // water is clear
    public void Each_number_means_what_its_band_says(MaskKind kind, int value, byte expected)
    {
        byte[] classes = new byte[1];
        MaskRule.Classify(kind, [(ushort)value], classes);
        Assert.Equal(expected, classes[0]);
    }

    [Theory]
    [InlineData(MaskKind.Scl)]
    [InlineData(MaskKind.QaPixel)]
    [InlineData(MaskKind.Bqa)]
    [InlineData(MaskKind.BqaPre)]
    public void Every_number_has_the_same_class_by_vectors_and_one_by_one_at_every_length(MaskKind kind)
    {
        ushort[] all = [.. Enumerable.Range(0, 65536).Select(v => (ushort)v)];
        byte[] plain = new byte[all.Length], wide = new byte[all.Length];
        MaskRule.ClassifyPlainly(kind, all, plain);
        MaskRule.Classify(kind, all, wide);
        Assert.Equal(plain, wide);
        for (int length = 0; length <= 64; length++)
        {
            byte[] some = new byte[length];
            MaskRule.Classify(kind, all.AsSpan(2000 + length, length), some);
            Assert.Equal(plain[(2000 + length)..(2000 + (2 * length))], some);
        }
    }

    [Fact]
    public void Exactly_the_numbers_without_any_of_the_lowest_six_bits_are_clear_by_qa_pixel()
    {
        ushort[] all = [.. Enumerable.Range(0, 65536).Select(v => (ushort)v)];
        byte[] classes = new byte[all.Length];
        MaskRule.Classify(MaskKind.QaPixel, all, classes);
        // 2^16 numbers, 2^6 patterns of the low bits, one of which is clear; half of all have the fill bit.
        Assert.Equal(1 << 10, classes.Count(c => c == MaskRule.Clear));
        Assert.Equal(1 << 15, classes.Count(c => c == MaskRule.Fill));
    }

    [Fact]
    public void A_fill_pixel_stays_fill_whatever_else_is_set()
    {
        foreach (MaskKind kind in (MaskKind[])[MaskKind.QaPixel, MaskKind.Bqa, MaskKind.BqaPre])
        {
            byte[] classes = new byte[1];
            MaskRule.Classify(kind, [ushort.MaxValue], classes);
            Assert.Equal(MaskRule.Fill, classes[0]);
        }
    }

    [Fact]
    public void A_kind_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskRule.Classify((MaskKind)9, [1], new byte[1]));
}
