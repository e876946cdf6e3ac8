using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class MaskCensusTests
{
    [Theory]
    [InlineData(MaskKind.Scl)]
    [InlineData(MaskKind.QaPixel)]
    [InlineData(MaskKind.Bqa)]
    [InlineData(MaskKind.BqaPre)]
    public void The_classes_sum_to_what_the_rule_masks_for_every_number(MaskKind kind)
    {
        int last = kind == MaskKind.Scl ? 11 : ushort.MaxValue;
        ushort[] numbers = [.. Enumerable.Range(0, last + 1).Select(n => (ushort)n)];
        byte[] classes = new byte[numbers.Length];
        MaskRule.Classify(kind, numbers, classes);
        var census = new MaskCensus(kind);
        census.Add(numbers, 4);
        Assert.Equal(4L * classes.Count(c => c != MaskRule.Clear), census.Masked().Sum(c => c.Pixels));
        (string Class, long Pixels) fill = census.Masked()[0];
        Assert.Equal(4L * classes.Count(c => c == MaskRule.Fill), fill.Pixels);
        for (int i = 0; i < numbers.Length; i += 97)
        {
            var one = new MaskCensus(kind);
            one.Add((ushort[])[numbers[i]], 1);
            Assert.Equal(classes[i] == MaskRule.Clear ? 0 : 1, one.Masked().Count);
        }
    }

    // Around a vector, a piece of 255 vectors, and a number beyond what vectors count.
    [Theory]
    [InlineData(0, 11)]
    [InlineData(31, 11)]
    [InlineData(33, 11)]
    [InlineData(8160, 15)]
    [InlineData(8161, 0)]
    [InlineData(20000, 11)]
    [InlineData(20000, 255)]
    public void Bytes_are_counted_as_wider_numbers_are(int length, int last)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7919L / 13) % (last + 1)))];
        var narrow = new MaskCensus(MaskKind.Scl);
        var wide = new MaskCensus(MaskKind.Scl);
        narrow.Add(bytes, 4);
        wide.Add(Array.ConvertAll(bytes, b => (ushort)b), 4);
        Assert.Equal(wide.Masked(), narrow.Masked());
        Assert.Equal(4L * bytes.Count(b => b is not (4 or 5 or 6)), narrow.Masked().Sum(c => c.Pixels));
    }

    [Fact]
    public void Each_scene_class_has_its_name_and_a_pixel_counts_once()
    {
        var census = new MaskCensus(MaskKind.Scl);
        census.Add((ushort[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11], 1);
        Assert.Equal(
            [("no-data", 1L), ("saturated-or-defective", 1), ("dark", 1), ("cloud-shadow", 1), ("unclassified", 1),
             ("cloud-medium", 1), ("cloud-high", 2), ("cirrus", 1), ("snow", 1)], census.Masked());
        var landsat = new MaskCensus(MaskKind.QaPixel);
        // Cloud with shadow and snow set too: a cloud. Shadow alone. Clear.
        landsat.Add((ushort[])[0b11_1000, 0b1_0000, 0b100_0000], 1);
        landsat.AddOthers(5, 7);
        Assert.Equal([("cloud", 1L), ("cloud-shadow", 1), ("dilated", 5), ("saturated", 7)], landsat.Masked());
    }
}
