using System.Text;
using Monitor.Domain;
using Monitor.Integration.Tests.Support;
using Monitor.Storage.Evidence;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

public sealed class EvidenceStoreTests : IDisposable
{
    // SHA-256 of "abc", FIPS 180-2, appendix B.1.
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private readonly TempFolder _scratch = new();

    private EvidenceStore Store => new(new DataFolder(_scratch.Root).Evidence);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Bytes_lie_under_their_hash_and_come_back_as_they_are()
    {
        Assert.Equal(HashOfAbc, Store.Put("abc"u8));
        Assert.Equal("abc", Encoding.ASCII.GetString(Store.Find(HashOfAbc)!));
        Assert.True(File.Exists(Path.Combine(_scratch.Root, "evidence", "ba", HashOfAbc)));
        Assert.Equal([], Store.Find(Store.Put([]))!);
    }

    [Fact]
    public void The_same_bytes_again_do_not_touch_the_file()
    {
        Store.Put("abc"u8);
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Store.PathOf(HashOfAbc), before);
        Store.Put("abc"u8);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Store.PathOf(HashOfAbc)));
    }

    [Fact]
    public void What_is_not_there_is_null_and_what_was_changed_is_refused_until_put_again()
    {
        Assert.Null(Store.Find(HashOfAbc));
        Store.Put("abc"u8);
        File.WriteAllText(Store.PathOf(HashOfAbc), "abd");
        Assert.Throws<StoreUnusableException>(() => Store.Find(HashOfAbc));
        Store.Put("abc"u8);
        Assert.NotNull(Store.Find(HashOfAbc));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void What_is_no_hash_is_no_address(string hash) => Assert.Throws<ArgumentException>(() => Store.Find(hash));

    [Fact]
    public void Many_that_put_the_same_at_once_leave_one_whole_file()
    {
        byte[] bytes = new byte[100_000];
        Parallel.For(0, 16, _ => Store.Put(bytes));
        string path = Store.PathOf(Store.Put(bytes));
        Assert.Equal(bytes.Length, new FileInfo(path).Length);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_with_a_remedy()
    {
        File.WriteAllText(_scratch.File("evidence"), "a file in the folder's place");
        StoreUnavailableException refused = Assert.Throws<StoreUnavailableException>(() => Store.Put("abc"u8));
        Assert.Contains("try again", refused.Message, StringComparison.Ordinal);
    }
}
