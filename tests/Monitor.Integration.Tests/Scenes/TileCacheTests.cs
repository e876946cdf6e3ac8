using Monitor.Server.Scenes;
using Xunit;

namespace Monitor.Integration.Tests.Scenes;

public sealed class TileCacheTests
{
    // A picture of 800 bytes takes 1,000 with its entry.
    private static byte[] Picture(byte of) => [.. Enumerable.Repeat(of, 800)];

    [Fact]
    public void What_was_used_longest_ago_makes_room()
    {
        var cache = new TileCache(3_000);
        foreach (byte each in new byte[] { 1, 2, 3 }) cache.Keep($"{each}", Picture(each));
        Assert.Equal(3_000, cache.Bytes);
        Assert.NotNull(cache.Find("1"));
        cache.Keep("4", Picture(4));
        Assert.Equal([true, false, true, true], new[] { "1", "2", "3", "4" }.Select(k => cache.Find(k) is not null));
        Assert.Equal(3_000, cache.Bytes);
    }

    [Fact]
    public void The_same_key_again_counts_once()
    {
        var cache = new TileCache(3_000);
        cache.Keep("1", Picture(1));
        cache.Keep("1", Picture(2));
        Assert.Equal(1_000, cache.Bytes);
        Assert.Equal(2, cache.Find("1")![0]);
    }

    [Fact]
    public void What_is_larger_than_all_is_not_kept()
    {
        var cache = new TileCache(500);
        cache.Keep("1", Picture(1));
        Assert.Equal(0, cache.Bytes);
        Assert.Null(cache.Find("1"));
    }
}
