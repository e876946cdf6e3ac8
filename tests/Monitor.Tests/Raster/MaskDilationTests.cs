using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class MaskDilationTests
{
    private const byte C = MaskRule.Clear, M = MaskRule.Masked, F = MaskRule.Fill;

    [Fact]
    public void A_masked_pixel_grows_to_a_square_and_fill_does_not_grow()
    {
        byte[] mask =
        [
            C, C, C, C, C, F,
            C, C, C, C, C, C,
            C, M, C, C, C, C,
            C, C, C, C, C, C,
        ];
        MaskDilation.Dilate(mask, width: 6, radius: 1);
        byte[] expected =
        [
            C, C, C, C, C, F,
            M, M, M, C, C, C,
            M, M, M, C, C, C,
            M, M, M, C, C, C,
        ];
        Assert.Equal(expected, mask);
    }

    [Fact]
    public void Every_radius_gives_what_looking_at_each_neighbour_gives()
    {
        for (int radius = 0; radius <= 4; radius++)
        {
            for (int width = 1; width <= 17; width++)
            {
                byte[] mask = Sparse((uint)((radius * 100) + width), width * 13);
                byte[] expected = Twin(mask, width, radius);
                MaskDilation.Dilate(mask, width, radius);
                Assert.Equal(expected, mask);
            }
        }
    }

    [Fact]
    public void A_window_with_a_margin_of_the_radius_is_cut_as_the_whole_would_be()
    {
        const int Width = 40, Rows = 30, Radius = 2;
        byte[] whole = Sparse(5, Width * Rows);
        byte[] window = whole[(Width * 8)..(Width * 22)];
        MaskDilation.Dilate(whole, Width, Radius);
        MaskDilation.Dilate(window, Width, Radius);
        Assert.Equal(whole[(Width * 10)..(Width * 20)], window[(Width * 2)..(Width * 12)]);
    }

    private static byte[] Sparse(uint seed, int length) =>
        [.. new Pixels(seed).Bytes(length, 25).Select(v => v == 0 ? M : v == 1 ? F : C)];

    private static byte[] Twin(byte[] mask, int width, int radius)
    {
        byte[] result = [.. mask];
        int height = mask.Length / width;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int v = Math.Max(0, y - radius); v <= Math.Min(height - 1, y + radius); v++)
                    for (int u = Math.Max(0, x - radius); u <= Math.Min(width - 1, x + radius); u++)
                        if (mask[(y * width) + x] == C && mask[(v * width) + u] == M) result[(y * width) + x] = M;
        return result;
    }
}
