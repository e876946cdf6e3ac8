using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Ledger;
using Xunit;

namespace Monitor.Tests.Ledger;

public sealed class LedgerVerifyTests
{
    private static readonly List<StoredLedgerLine> Five = LedgerChainTests.Lines(5);
    private static readonly LedgerHead Head = new(5, Five[4].Hash);

    [Fact]
    public void A_chain_as_sealed_is_intact()
    {
        LedgerVerdict verdict = LedgerChain.Verify(Five, Head);
        Assert.Equal(new LedgerVerdict(true, 5, Five[4].Hash, null, ""), verdict);
        Assert.True(LedgerChain.Verify(Five, null).Intact);
        Assert.True(LedgerChain.Verify([], LedgerHead.Empty).Intact);
    }

    // What was done to the five, the head given, the entry named, and a word of the reason.
    [Theory]
    [InlineData("12345", "5", 0, "")]
    [InlineData("1345", "5", 2, "Entry 2 is missing")]
    [InlineData("2345", "5", 1, "Entry 1 is missing")]
    [InlineData("12335", "5", 4, "comes again or out of turn")]
    [InlineData("11", "5", 2, "comes again or out of turn")]
    [InlineData("13245", "5", 2, "Entry 2 is missing")]
    [InlineData("123", "5", 4, "tail is cut off")]
    [InlineData("", "5", 1, "tail is cut off")]
    [InlineData("12345", "3", 4, "the head is old")]
    [InlineData("12345", "0", 1, "the head is old")]
    [InlineData("12345", "other", 5, "was replaced")]
    public void A_missing_repeated_or_swapped_entry_and_a_wrong_head_are_found(
        string order, string headOf, long brokenAt, string reason)
    {
        LedgerHead head = headOf switch
        {
            "other" => Head with { Hash = LedgerHash.Of("other"u8) },
            "0" => LedgerHead.Empty,
            _ => new LedgerHead(headOf[0] - '0', Five[headOf[0] - '1'].Hash),
        };
        LedgerVerdict verdict = LedgerChain.Verify(order.Select(c => Five[c - '1']), head);
        Assert.Equal(brokenAt == 0 ? null : brokenAt, verdict.BrokenAt);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_swapped_under_each_others_number_are_found()
    {
        List<StoredLedgerLine> lines = [.. Five];
        (lines[1], lines[2]) = (Five[2] with { Number = 2 }, Five[1] with { Number = 3 });
        LedgerVerdict verdict = LedgerChain.Verify(lines, Head);
        Assert.Equal(2, verdict.BrokenAt);
        Assert.Contains("says of itself that it is number 3", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_entry_with_a_fitting_hash_is_found_at_the_next_or_by_the_head()
    {
        string text = Encoding.UTF8.GetString(Five[2].Bytes.Span);
        byte[] forged = Encoding.UTF8.GetBytes(text.Replace("\"3\"", "\"9\"", StringComparison.Ordinal));
        List<StoredLedgerLine> lines = [.. Five];
        lines[2] = new StoredLedgerLine(3, forged, LedgerHash.Of(forged));

        LedgerVerdict verdict = LedgerChain.Verify(lines, Head);
        Assert.Equal(4, verdict.BrokenAt);
        Assert.Contains("does not follow entry 3", verdict.Reason, StringComparison.Ordinal);

        verdict = LedgerChain.Verify(lines[..3], new LedgerHead(3, Five[2].Hash));
        Assert.Equal((3L, 2L), (verdict.BrokenAt, verdict.Entries));
        Assert.True(LedgerChain.Verify(lines[..3], null).Intact, "Without a head it cannot be seen.");
    }

    [Fact]
    public void A_key_used_twice_is_found()
    {
        LedgerEntry first = LedgerChain.Seal(null, LedgerChainTests.Draft("k", "1"), LedgerChainTests.Noon);
        LedgerEntry second = LedgerChain.Seal(first, LedgerChainTests.Draft("k", "2"), LedgerChainTests.Noon);
        LedgerVerdict verdict = LedgerChain.Verify([first.ToLine(), second.ToLine()], LedgerHead.After(second));
        Assert.Equal(2, verdict.BrokenAt);
        Assert.Contains("of entry 1", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"release","n":1}""", "where \"n\" belongs")]
    [InlineData("[]", "no JSON object")]
    [InlineData("", "")]
    [InlineData("""{"n":1,"kind":"release","key":"k","at":"2025-01-01","prev":"","software":"m","body":1}""", "")]
    [InlineData("""{"n":1,"kind":"release","key":"k","at":"2025","prev":"00","software":"m"}""", "body")]
    public void Bytes_that_are_no_entry_are_refused_though_their_hash_fits(string bytes, string reason)
    {
        byte[] stored = Encoding.UTF8.GetBytes(bytes);
        LedgerVerdict verdict = LedgerChain.Verify([new StoredLedgerLine(1, stored, LedgerHash.Of(stored))], null);
        Assert.Equal(1, verdict.BrokenAt);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_change_of_one_byte_is_found_at_its_entry()
    {
        Prop.ForAll(
            Gen.Choose(0, 4).ToArbitrary(), Gen.Choose(0, 100_000).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(),
            (entry, place, difference) =>
            {
                byte[] bytes = Five[entry].Bytes.ToArray();
                bytes[place % bytes.Length] ^= (byte)difference;
                List<StoredLedgerLine> lines = [.. Five];
                lines[entry] = lines[entry] with { Bytes = bytes };
                LedgerVerdict verdict = LedgerChain.Verify(lines, Head);
                return !verdict.Intact && verdict.BrokenAt == entry + 1 && verdict.Entries == entry;
            }).QuickCheckThrowOnFailure();
    }

    // The space is small enough to try all of it: every byte of the middle entry, one bit each.
    [Fact]
    public void Every_single_bit_of_an_entry_counts()
    {
        byte[] bytes = Five[2].Bytes.ToArray();
        List<StoredLedgerLine> lines = [.. Five];
        lines[2] = lines[2] with { Bytes = bytes };
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(3, LedgerChain.Verify(lines, Head).BrokenAt);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.True(LedgerChain.Verify(lines, Head).Intact);
    }
}
