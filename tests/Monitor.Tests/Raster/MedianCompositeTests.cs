using FsCheck;
using FsCheck.Fluent;
using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class MedianCompositeTests
{
    private const float None = NdviKernel.NoData;

    private static float[] Median(int dates, int datesMin, int width, params float[] stack)
    {
        float[] median = new float[stack.Length / dates];
        new MedianComposite(dates, datesMin).Compute(width, stack, median);
        return median;
    }

    [Fact]
    public void The_value_in_the_middle_or_the_mean_of_the_two_in_the_middle()
    {
        // Three dates of four pixels: 0.1 0.2 0.9 → 0.2; 0.1 0.3 → 0.2; 0.5 alone; nothing.
        float[] stack =
        [
            0.9f, 0.1f, None, None,
            0.1f, None, 0.5f, None,
            0.2f, 0.3f, None, None,
        ];
        foreach (int width in (int[])[64, 256])
        {
            Assert.Equal([0.2f, 0.2f, 0.5f, None], Median(3, 1, width, stack));
            Assert.Equal([0.2f, 0.2f, None, None], Median(3, 2, width, stack));
            Assert.Equal([0.2f, None, None, None], Median(3, 3, width, stack));
        }
    }

    [Fact]
    public void One_bright_date_does_not_move_it_as_it_moves_a_mean()
    {
        Assert.Equal([0.31f], Median(5, 3, 64, 0.30f, 0.31f, 0.32f, 0.30f, 1f));
    }

    [Fact]
    public void Vectors_give_the_scalar_twins_bits_for_every_number_of_dates_and_every_length()
    {
        for (int dates = 1; dates <= 33; dates++)
        {
            int length = 1 + (dates * 7 % 41);
            float[] stack = new Pixels((uint)dates).Ndvi(dates * length);
            for (int min = 1; min <= dates; min += 3)
                Assert.Equal(Twin(stack, dates, min), Median(dates, min, 256, stack));
        }
        for (int length = 0; length <= 64; length++)
        {
            float[] stack = new Pixels(77).Ndvi(6 * length);
            float[] vectors = new float[length];
            new MedianComposite(6, 2).Compute(stack, vectors);
            Assert.Equal(Twin(stack, 6, 2), vectors);
        }
        float[] most = new Pixels(5).Ndvi(MedianComposite.DatesMax * 19);
        Assert.Equal(Twin(most, MedianComposite.DatesMax, 60), Median(MedianComposite.DatesMax, 60, 256, most));
    }

    [Fact]
    public void The_order_of_the_dates_does_not_matter_and_the_median_lies_among_the_values()
    {
        Prop.ForAll<int>(seed =>
        {
            var pixels = new Pixels((uint)seed);
            int dates = 1 + (int)pixels.Next(9);
            float[] stack = pixels.Ndvi(dates * 11);
            float[] turned = [.. stack.Chunk(11).Reverse().SelectMany(date => date)];
            float[] median = Median(dates, 1, 256, stack);
            return median.SequenceEqual(Median(dates, 1, 256, turned))
                && Enumerable.Range(0, 11).All(i =>
                {
                    float[] own = [.. stack.Chunk(11).Select(date => date[i]).Where(v => v >= -1)];
                    return own.Length == 0 ? median[i] == None : median[i] >= own.Min() && median[i] <= own.Max();
                });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_stack_of_another_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Median(2, 1, 64, [0.1f, 0.2f, 0.3f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MedianComposite(3, 4));
    }

    // Sorted, by the middle's definition, a pixel at a time.
    private static float[] Twin(float[] stack, int dates, int datesMin)
    {
        int length = stack.Length / dates;
        var median = new float[length];
        for (int i = 0; i < length; i++)
        {
            double[] own =
                [.. Enumerable.Range(0, dates).Select(d => (double)stack[(d * length) + i]).Where(v => v >= -1).Order()];
            median[i] = own.Length < datesMin ? None
                : (float)((own[(own.Length - 1) / 2] + own[own.Length / 2]) / 2);
        }
        return median;
    }
}
