using Monitor.Imagery;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

public sealed class WindowGroupsTests
{
    [Fact]
    public void Windows_cover_each_pixel_once_and_groups_end_at_the_tiles_to_be_written()
    {
        var random = new Random(20250715);
        int[] sides = [1, 5, 16, 48, 128, 256, 512, 1024, 3000];
        for (int i = 0; i < 400; i++)
        {
            int width = random.Next(1, 1500), height = random.Next(1, 1500), unit = i % 2 == 0 ? 1 : 512;
            bool strips = i % 3 == 0;
            int blockWidth = strips ? width : sides[random.Next(sides.Length)], blockHeight = sides[random.Next(sides.Length)];
            int mask = i % 5 == 0 ? 0 : sides[random.Next(sides.Length)] * 2;
            var groups = WindowGroups.Cut(width, height, blockWidth, blockHeight, i % 7 < 3, mask, mask, unit);
            byte[] seen = new byte[width * height];
            foreach (RasterWindow[] group in groups)
            {
                foreach (RasterWindow window in group)
                {
                    for (int y = window.Y; y < window.Y + window.Height; y++)
                        foreach (ref byte pixel in seen.AsSpan((y * width) + window.X, window.Width)) pixel++;
                }
                Assert.Equal(0, group[0].X % unit);
                Assert.Equal(0, group[0].Y % unit);
            }
            Assert.False(seen.AsSpan().ContainsAnyExcept((byte)1), $"{width} x {height} by {blockWidth} x {blockHeight}");
        }
    }

    [Fact]
    public void No_window_is_larger_than_four_megapixels_whatever_the_blocks_are()
    {
        foreach ((int width, int height) in ((int, int)[])[(10_000, 10_000), (3000, 200_000), (100_000, 100)])
        {
            foreach (RasterWindow[] group in WindowGroups.Cut(100_000, 100_000, width, height, false, 0, 0, 1))
                Assert.All(group, window => Assert.InRange(window.Area, 1, 1 << 22));
        }
    }
}
