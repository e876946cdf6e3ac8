using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

public sealed class EnvelopeSealTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    // Made with openssl and sha256sum, not with this program: see the manifest.
    private static byte[] GoldenKey =>
        Convert.FromBase64String(Encoding.ASCII.GetString(EnvelopeSamples.Golden("fixtures/envelope/signed.pub")).Trim());

    private static byte[] Golden(int n) => EnvelopeSamples.Golden($"fixtures/envelope/signed-{n}.json");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_signature_that_openssl_made_holds_and_no_other_byte_of_the_envelope_may_change(int n)
    {
        byte[] golden = Golden(n);
        Assert.Equal(SignatureVerdict.Holds, EnvelopeSeal.CheckSignature(Decode(golden), GoldenKey));
        Assert.Equal(SignatureVerdict.Broken, EnvelopeSeal.CheckSignature(Decode(golden), key.ExportSubjectPublicKeyInfo()));
        int readable = 0;
        for (int at = 0; at < golden.Length; at++)
        {
            byte[] changed = [.. golden];
            changed[at] ^= 1;
            // A change that leaves no envelope is refused before anyone asks for its signature.
            if (!EnvelopeCodec.TryDecode(changed, out ReadingBatch? batch, out _)) continue;
            readable++;
            Assert.NotEqual(SignatureVerdict.Holds, EnvelopeSeal.CheckSignature(batch, GoldenKey));
        }
        Assert.True(readable > 100, $"only {readable} changes were readable");
    }

    [Fact]
    public void The_signed_bytes_are_the_canonical_bytes_without_the_signature()
    {
        ReadingBatch batch = Decode(Golden(2));
        byte[] unsigned = EnvelopeCodec.Encode(batch with { Signature = "" });

        byte[] signed = EnvelopeSeal.Sign(unsigned, data =>
        {
            Assert.Equal(unsigned, data);
            return Convert.FromBase64String(batch.Signature);
        });

        Assert.Equal(Golden(2), signed);
        Assert.Equal(unsigned.Length + EnvelopeSeal.TailBytes, signed.Length);
    }

    [Fact]
    public void The_chain_of_the_golden_envelopes_holds_in_either_order_of_arrival()
    {
        ReadingBatch first = Decode(Golden(1)), second = Decode(Golden(2));

        Assert.Equal(LinkVerdict.First, EnvelopeSeal.CheckLink(first, null));
        Assert.Equal(LinkVerdict.Open, EnvelopeSeal.CheckLink(second, null));
        Assert.Equal(LinkVerdict.Holds, EnvelopeSeal.CheckLink(second, EnvelopeSeal.HashOf(Golden(1))));
        Assert.Equal(LinkVerdict.Broken, EnvelopeSeal.CheckLink(second, EnvelopeSeal.HashOf(Golden(2))));
    }

    [Fact]
    public void A_first_batch_with_a_former_one_is_broken_and_a_later_one_without_keeps_no_chain()
    {
        ReadingBatch batch = EnvelopeSamples.Batch();
        string hash = new('a', 64);

        Assert.Equal(LinkVerdict.Broken, EnvelopeSeal.CheckLink(batch with { Previous = hash }, null));
        Assert.Equal(LinkVerdict.Unchained, EnvelopeSeal.CheckLink(batch with { Sequence = 2 }, hash));
    }

    [Fact]
    public void What_carries_no_signature_is_none_and_one_elsewhere_than_at_the_end_is_broken()
    {
        byte[] signed = Signed(EnvelopeSamples.Batch());
        ReadingBatch batch = Decode(signed);
        string text = Encoding.UTF8.GetString(signed);
        string member = $",\"sig\":\"{batch.Signature}\"";
        string moved = text.Replace(member, "", StringComparison.Ordinal)
            .Replace("{\"v\":1", "{\"v\":1" + member, StringComparison.Ordinal);

        Assert.Equal(SignatureVerdict.None, Check(EnvelopeCodec.Encode(EnvelopeSamples.Batch())));
        Assert.Equal(SignatureVerdict.Holds, Check(signed));
        Assert.Equal(SignatureVerdict.Broken, Check(Encoding.UTF8.GetBytes(moved)));
        Assert.Equal(SignatureVerdict.Broken, Check(Encoding.UTF8.GetBytes(text + " ")));
        Assert.Equal(SignatureVerdict.Broken, Check(EnvelopeSamples.Golden("fixtures/envelope/golden-2.json")));
    }

    [Fact]
    public void A_signature_of_the_same_bytes_in_another_writing_is_broken()
    {
        // Base64 of 64 bytes ends with one character of which four bits count: "A==" and "B==" are the same byte.
        string text = Encoding.ASCII.GetString(Signed(EnvelopeSamples.Batch()));
        int last = text.LastIndexOf("==", StringComparison.Ordinal) - 1;
        char twin = (char)(text[last] + 1);
        string rewritten = text[..last] + twin + text[(last + 1)..];

        Assert.Equal(Convert.FromBase64String(text[(last - 85)..(last + 3)]),
            Convert.FromBase64String(rewritten[(last - 85)..(last + 3)]));
        Assert.Equal(SignatureVerdict.Broken, Check(Encoding.ASCII.GetBytes(rewritten)));
    }

    [Fact]
    public void Signed_it_stays_within_64_KiB_or_is_split()
    {
        // Readings of 84 bytes: the bound falls between two counts, and with a signature it may fall one lower.
        int Most(Func<byte[], byte[]>? sign) => Enumerable.Range(1, 500).Last(count => EnvelopeCodec.TryEncode(
            EnvelopeSamples.Batch([.. Enumerable.Range(0, count).Select(i => EnvelopeSamples.Reading(i, "0.40") with
            {
                Unit = new string('元', 32), Instrument = "I",
            })]), sign, out _));

        int unsigned = Most(null), signed = Most(Sign);

        Assert.InRange(signed, unsigned - 1, unsigned);
        Assert.True(unsigned < 500);
    }

    [Fact]
    public void Whatever_is_signed_verifies_with_its_key_and_with_no_other()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), sequence =>
        {
            ReadingBatch batch = Decode(Signed(EnvelopeSamples.Batch() with { Sequence = sequence }));
            return EnvelopeSeal.CheckSignature(batch, key.ExportSubjectPublicKeyInfo()) == SignatureVerdict.Holds
                && EnvelopeSeal.CheckSignature(batch, other.ExportSubjectPublicKeyInfo()) == SignatureVerdict.Broken;
        }).QuickCheckThrowOnFailure();
    }

    private SignatureVerdict Check(byte[] payload) =>
        EnvelopeSeal.CheckSignature(Decode(payload), key.ExportSubjectPublicKeyInfo());

    private byte[] Signed(ReadingBatch batch) => EnvelopeSeal.Sign(EnvelopeCodec.Encode(batch), Sign);

    private byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256);

    private static ReadingBatch Decode(byte[] payload) =>
        EnvelopeCodec.TryDecode(payload, out ReadingBatch? batch, out string reason)
            ? batch
            : throw new InvalidDataException(reason);
}
