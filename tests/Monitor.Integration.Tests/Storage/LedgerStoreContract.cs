using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

/// <summary>What every <see cref="ILedgerStore"/> keeps. A store's own test is a subclass that opens it.</summary>
public abstract class LedgerStoreContract : IDisposable
{
    private static readonly Instant At = new(SampleBatch.Start);
    private ILedgerStore? _store;

    /// <summary>Opens the one ledger of this test, again and again.</summary>
    protected abstract ILedgerStore Open();

    private ILedgerStore Store => _store ??= Open();

    [Fact]
    public void An_empty_ledger_has_the_empty_head()
    {
        Assert.Equal(LedgerHead.Empty, Store.Head);
        Assert.Empty(Store.Lines());
        Assert.Null(Store.At(1));
        Assert.Null(Store.Find("a/1"));
    }

    [Fact]
    public void What_is_sealed_is_found_by_number_and_by_key_after_reopening()
    {
        LedgerEntry first = Store.Append(Draft("a/1", "{\"n\":1}"), At);
        LedgerEntry second = Store.Append(Draft("a/2", "{\"n\":2}"), At);
        Reopen();

        Assert.Equal(first.Hash, second.Previous);
        Assert.Equal(second.Hash, Store.At(2)!.Hash);
        Assert.Equal(first.Bytes.ToArray(), Store.Find("a/1")!.Bytes.ToArray());
        Assert.Equal("{\"n\":2}", Encoding.UTF8.GetString(Store.Find("a/2")!.Body.Span));
        Assert.Equal(new LedgerHead(2, second.Hash), Store.Head);
        Assert.Equal([2L], Store.Lines(from: 2).Select(l => l.Number));
        Assert.True(LedgerChain.Verify(Store.Lines(), Store.Head).Intact);
    }

    [Fact]
    public void The_same_key_and_body_seal_once()
    {
        LedgerEntry first = Store.Append(Draft("a/1", "1"), At);
        LedgerEntry again = Store.Append(Draft("a/1", "1"), new Instant(At.UnixMilliseconds + 1));
        Assert.Equal((first.Number, first.Hash, first.SealedAt), (again.Number, again.Hash, again.SealedAt));
        Assert.Equal(1, Store.Head.Entries);
    }

    [Fact]
    public void The_same_key_with_another_body_is_refused_and_the_chain_goes_on()
    {
        Store.Append(Draft("a/1", "1"), At);
        Assert.Throws<LedgerKeyConflictException>(() => Store.Append(Draft("a/1", "2"), At));
        Assert.Throws<ArgumentException>(() => Store.Append(Draft("a/2", "no json"), At));
        Assert.Equal(2, Store.Append(Draft("a/2", "2"), At).Number);
        Assert.True(LedgerChain.Verify(Store.Lines(), Store.Head).Intact);
    }

    [Fact]
    public void Two_that_append_at_once_make_one_chain()
    {
        using ILedgerStore other = Open();
        ILedgerStore[] both = [Store, other];
        Parallel.For(0, 40, i => both[i % 2].Append(Draft($"k/{i / 2}", "1"), At));
        // Each key was appended by both: 20 entries, numbered without gaps.
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), Store.Lines().Select(l => l.Number));
        Assert.True(LedgerChain.Verify(Store.Lines(), other.Head).Intact);
    }

    [Fact]
    public void What_is_made_under_the_lock_knows_the_head_it_follows_and_is_made_once()
    {
        using ILedgerStore other = Open();
        ILedgerStore[] both = [Store, other];
        int made = 0;
        Parallel.For(0, 40, i => both[i % 2].Append($"k/{i / 2}", head =>
        {
            Interlocked.Increment(ref made);
            return Draft($"k/{i / 2}", $"{{\"after\":\"{head.Hash}\"}}");
        }, At));
        Assert.Equal(20, made);
        foreach (StoredLedgerLine line in Store.Lines())
        {
            Assert.True(LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _));
            Assert.Equal($"{{\"after\":\"{entry.Previous}\"}}", Encoding.UTF8.GetString(entry.Body.Span));
        }
    }

    [Fact]
    public void A_maker_that_makes_nothing_throws_or_takes_another_key_seals_nothing()
    {
        Assert.Null(Store.Append("a/1", _ => null, At));
        Assert.Throws<InvalidOperationException>(
            () => Store.Append("a/1", _ => throw new InvalidOperationException("no"), At));
        Assert.Throws<ArgumentException>(() => Store.Append("a/1", _ => Draft("a/2", "1"), At));
        Assert.Equal(LedgerHead.Empty, Store.Head);
        Assert.Equal(1, Store.Append("a/1", _ => Draft("a/1", "1"), At)!.Number);
    }

    public void Dispose()
    {
        _store?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the test made.</summary>
    protected abstract void Clean();

    /// <summary>A draft of a key and a body.</summary>
    protected static LedgerDraft Draft(string key, string body) =>
        new(LedgerKinds.Assessment, key, "monitor test", 7, null, Encoding.UTF8.GetBytes(body));

    private void Reopen()
    {
        _store?.Dispose();
        _store = null;
    }
}
