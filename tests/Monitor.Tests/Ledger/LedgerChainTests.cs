using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Xunit;

namespace Monitor.Tests.Ledger;

public sealed class LedgerChainTests
{
    internal static readonly Instant Noon = Instant.From(new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.Zero));

    private static readonly string Evidence = new('a', LedgerHash.Length);

    internal static LedgerDraft Draft(string key, string body = "{}") =>
        new(LedgerKinds.Assessment, key, "monitor 0.1.0", null, null, Encoding.UTF8.GetBytes(body));

    internal static List<LedgerEntry> Chain(int count)
    {
        var chain = new List<LedgerEntry>();
        for (int i = 1; i <= count; i++)
        {
            var at = new Instant(Noon.UnixMilliseconds + i);
            chain.Add(LedgerChain.Seal(chain.LastOrDefault(), Draft($"k{i}", $"{{\"amount\":\"{i}\"}}"), at));
        }
        return chain;
    }

    internal static List<StoredLedgerLine> Lines(int count) => [.. Chain(count).Select(e => e.ToLine())];

    // Golden: these bytes and hashes were written down once (sha256sum agrees) and never change.
    [Fact]
    public void The_bytes_of_an_entry_are_fixed()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"section":"S1","名":"瓯江","index":"0.870"}""");
        LedgerDraft full = Draft("assessment/ou/S1/2025") with { Position = 42, Evidence = Evidence, Body = body };
        LedgerEntry first = LedgerChain.Seal(null, full, Noon);
        LedgerEntry second = LedgerChain.Seal(first, Draft("k2", "[1, 2 ]"), Noon);

        Assert.Equal(
            """{"n":1,"kind":"assessment","key":"assessment/ou/S1/2025","at":"2025-01-01T12:00:00.000Z","prev":"""
            + "\"0000000000000000000000000000000000000000000000000000000000000000\""
            + ""","software":"monitor 0.1.0","position":42,"evidence":"""
            + "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""
            + ""","body":{"section":"S1","名":"瓯江","index":"0.870"}}""",
            Encoding.UTF8.GetString(first.Bytes.Span));
        Assert.Equal("019225ec849dbd72510355b3103b01b9c1cd036018d2c2af090d31201432b215", first.Hash);
        Assert.Equal(
            """{"n":2,"kind":"assessment","key":"k2","at":"2025-01-01T12:00:00.000Z","prev":"""
            + "\"019225ec849dbd72510355b3103b01b9c1cd036018d2c2af090d31201432b215\""
            + ",\"software\":\"monitor 0.1.0\",\"body\":[1, 2 ]}",
            Encoding.UTF8.GetString(second.Bytes.Span));
        Assert.Equal("2954602446d920a4a63863001bd1603ee20e3c89459134f751d5f30747c41a21", second.Hash);
    }

    [Fact]
    public void What_was_sealed_reads_back_and_the_body_is_verbatim()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"a" : 1.50,"b":"\u74ef"}""");
        var draft = new LedgerDraft(LedgerKinds.Release, "release/1", "monitor 0.1.0", 7, Evidence, body);
        LedgerEntry entry = LedgerChain.Seal(null, draft, Noon);

        Assert.True(LedgerChain.TryParse(entry.Bytes, out LedgerEntry? read, out string reason), reason);
        Assert.Equal((1L, LedgerKinds.Release, "release/1", Noon), (read.Number, read.Kind, read.Key, read.SealedAt));
        Assert.Equal((LedgerHash.Zero, 7L, Evidence), (read.Previous, read.Position, read.Evidence));
        Assert.Equal(entry.Hash, read.Hash);
        Assert.Equal(body, read.Body.ToArray());
    }

    [Fact]
    public void Each_entry_names_the_hash_of_the_one_before()
    {
        List<LedgerEntry> chain = Chain(3);
        Assert.Equal(LedgerHash.Zero, chain[0].Previous);
        Assert.Equal(chain[0].Hash, chain[1].Previous);
        Assert.Equal(chain[1].Hash, chain[2].Previous);
        Assert.Equal([1L, 2L, 3L], chain.Select(e => e.Number));
    }

    [Theory]
    [InlineData("letter", "k", "monitor 0.1.0", "{}")]        // no such kind
    [InlineData("release", "", "monitor 0.1.0", "{}")]        // no key
    [InlineData("release", "a\"b", "monitor 0.1.0", "{}")]    // a key that would need an escape
    [InlineData("release", "瓯江", "monitor 0.1.0", "{}")]
    [InlineData("release", "k", "", "{}")]
    [InlineData("release", "k", "monitor 0.1.0", "")]
    [InlineData("release", "k", "monitor 0.1.0", " {}")]
    [InlineData("release", "k", "monitor 0.1.0", "{} ")]
    [InlineData("release", "k", "monitor 0.1.0", "{}{}")]
    [InlineData("release", "k", "monitor 0.1.0", "{\"a\":}")]
    public void A_draft_without_shape_is_not_sealed(string kind, string key, string software, string body)
    {
        var draft = new LedgerDraft(kind, key, software, null, null, Encoding.UTF8.GetBytes(body));
        Assert.Throws<ArgumentException>(() => LedgerChain.Seal(null, draft, Noon));
    }

    [Fact]
    public void A_draft_with_broken_utf8_or_a_wrong_hash_or_position_is_not_sealed()
    {
        LedgerDraft good = Draft("k");
        LedgerChain.Seal(null, good, Noon);
        foreach (LedgerDraft bad in new[]
        {
            good with { Body = new byte[] { (byte)'"', 0xFF, (byte)'"' } },
            good with { Evidence = new string('A', LedgerHash.Length) },
            good with { Position = -1 },
        })
        {
            Assert.Throws<ArgumentException>(() => LedgerChain.Seal(null, bad, Noon));
        }
    }

    [Fact]
    public void The_same_key_with_the_same_body_is_the_same_entry()
    {
        LedgerEntry entry = LedgerChain.Seal(null, Draft("k", "{\"a\":1}"), Noon);
        LedgerDraft later = Draft("k", "{\"a\":1}") with { Position = 99, Software = "monitor 0.2.0" };
        Assert.Same(entry, LedgerChain.Recognise(entry, later));
    }

    [Fact]
    public void The_same_key_with_another_body_or_kind_is_refused()
    {
        LedgerEntry entry = LedgerChain.Seal(null, Draft("k", "{\"a\":1}"), Noon);
        LedgerDraft body = Draft("k", "{\"a\":1.0}");
        var fault = Assert.Throws<LedgerKeyConflictException>(() => LedgerChain.Recognise(entry, body));
        Assert.Equal(("k", 1L), (fault.Key, fault.Number));
        LedgerDraft kind = Draft("k", "{\"a\":1}") with { Kind = LedgerKinds.Release };
        Assert.Throws<LedgerKeyConflictException>(() => LedgerChain.Recognise(entry, kind));
    }

    [Fact]
    public void The_head_reads_back_from_its_file_and_rubbish_is_no_head()
    {
        LedgerHead head = LedgerHead.After(Chain(2)[1]);
        Assert.Equal(head, LedgerHead.FromJson(head.ToJson()));
        Assert.Equal(LedgerHead.Empty, LedgerHead.FromJson(LedgerHead.Empty.ToJson()));
        foreach (string rubbish in new[]
        {
            "", "{}", "null", "{\"entries\":1}", "{\"entries\":-1,\"hash\":\"" + LedgerHash.Zero + "\"}",
            "{\"entries\":1,\"hash\":\"short\"}", "{\"entries\":\"1\",\"hash\":\"" + LedgerHash.Zero + "\"}",
            "{\"entries\":1,\"hash\":\"" + LedgerHash.Zero + "\"} x",
        })
        {
            Assert.Null(LedgerHead.FromJson(Encoding.UTF8.GetBytes(rubbish)));
        }
    }
}
