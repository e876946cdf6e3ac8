using Monitor.Domain.Readings;
using Monitor.Edge;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class BootIdTests
{
    [Fact]
    public void It_is_the_ULID_of_its_moment_and_chance()
    {
        // The example of the ULID specification: 01ARZ3NDEK is 1469922850259 ms.
        string id = BootId.From(DateTimeOffset.FromUnixTimeMilliseconds(1469922850259), new byte[10]);

        Assert.Equal("01ARZ3NDEK" + "0000000000000000", id);
        Assert.True(Identifier.IsValid(id));
    }

    [Fact]
    public void Every_bit_of_chance_shows()
    {
        HashSet<string> ids = [BootId.From(DateTimeOffset.UnixEpoch, new byte[10])];
        for (int bit = 0; bit < 80; bit++)
        {
            byte[] chance = new byte[10];
            chance[bit / 8] = (byte)(1 << (bit % 8));
            Assert.True(ids.Add(BootId.From(DateTimeOffset.UnixEpoch, chance)));
        }
    }
}
