using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

/// <summary>The quick reader against the thorough one: what it reads, the other reads to the same.</summary>
public sealed class EnvelopeScanTests
{
    private const string Canonical =
        "{\"v\":1,\"agent\":\"A-017\",\"section\":\"S-03\",\"boot\":\"b1\",\"seq\":12,\"sent\":1735689600000," +
        "\"clk\":{\"src\":\"ntp\",\"sync\":1735689500000,\"est_ms\":12},\"r\":[" +
        "{\"p\":\"w21003\",\"t\":1735689600000,\"v\":\"0.40\",\"q\":\"<\",\"k\":\"rtd\",\"u\":\"mg/L\",\"st\":\"sc\"," +
        "\"i\":\"AN-22\"},{\"p\":\"w01014\",\"t\":-5,\"v\":\"-145\",\"k\":\"hour\",\"u\":\"μS/cm\"}]," +
        "\"prev\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"sig\":\"c2ln\"}";

    [Fact]
    public void The_canonical_form_is_read_by_the_quick_reader()
    {
        ReadingBatch? quick = EnvelopeScan.Read(Encoding.UTF8.GetBytes(Canonical));
        Assert.NotNull(quick);
        Same(quick, Thorough(Encoding.UTF8.GetBytes(Canonical)));
        Assert.Equal("μS/cm", quick.Readings[1].Unit);
        Assert.Equal(new ReportedValue(40, 2, Qualifier.Below), quick.Readings[0].Value);
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\": 1")] // white space
    [InlineData("\"v\":1,\"agent\":\"A-017\"", "\"agent\":\"A-017\",\"v\":1")] // another order
    [InlineData("\"mg/L\"", "\"mg\\/L\"")] // an escape
    [InlineData("\"seq\":12", "\"seq\":1.2e1")] // a number written otherwise
    [InlineData("\"seq\":12", "\"seq\":12,\"new\":{}")] // a field to come
    [InlineData("\"mg/L\"", "\"{\"")] // a unit that looks like the format
    public void What_is_right_and_not_canonical_is_left_to_the_thorough_reader(string what, string instead)
    {
        byte[] payload = Encoding.UTF8.GetBytes(Canonical.Replace(what, instead, StringComparison.Ordinal));
        Assert.Null(EnvelopeScan.Read(payload));
        Assert.Equal(Thorough(payload) is not null, EnvelopeCodec.TryDecode(payload, out _, out _));
    }

    [Theory]
    [InlineData("\"seq\":12", "\"seq\":0")]
    [InlineData("\"seq\":12", "\"seq\":012")]
    [InlineData("\"seq\":12", "\"seq\":-0")]
    [InlineData("\"0.40\"", "\"0.\"")]
    [InlineData("\"0.40\"", "\"1e3\"")]
    [InlineData("\"rtd\"", "\"rtx\"")]
    [InlineData("A-017", "A 017")]
    [InlineData("0123456789abcdef0123", "0123456789ABCDEF0123")]
    [InlineData("\"sc\"", "\"scz\"")]
    [InlineData("\"t\":-5", "\"t\":99999999999999999")]
    public void What_is_wrong_is_read_by_neither(string what, string instead)
    {
        byte[] payload = Encoding.UTF8.GetBytes(Canonical.Replace(what, instead, StringComparison.Ordinal));
        Assert.Null(EnvelopeScan.Read(payload));
        Assert.False(EnvelopeCodec.TryDecode(payload, out _, out string reason));
        Assert.NotEqual("", reason);
    }

    [Fact]
    public void Every_beginning_of_the_canonical_form_is_read_by_neither()
    {
        byte[] payload = Encoding.UTF8.GetBytes(Canonical);
        for (int length = 0; length < payload.Length; length++)
        {
            Assert.Null(EnvelopeScan.Read(payload.AsMemory(0, length)));
            Assert.False(EnvelopeCodec.TryDecode(payload.AsMemory(0, length), out _, out _));
        }
    }

    [Fact]
    public void What_the_quick_reader_reads_of_changed_bytes_the_thorough_one_reads_to_the_same()
    {
        byte[] payload = Encoding.UTF8.GetBytes(Canonical);
        Gen<(int At, byte Instead, int Kind)> change = from at in Gen.Choose(0, payload.Length - 1)
            from instead in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(payload.Select(b => (int)b).ToArray()))
            from kind in Gen.Choose(0, 2)
            select (at, (byte)instead, kind);
        Prop.ForAll(change.ArrayOf(2).ToArbitrary(), changes =>
        {
            List<byte> bytes = [.. payload];
            foreach ((int at, byte instead, int kind) in changes)
            {
                if (kind == 0) bytes[at % bytes.Count] = instead;
                else if (kind == 1) bytes.Insert(at % bytes.Count, instead);
                else bytes.RemoveAt(at % bytes.Count);
            }
            byte[] changed = [.. bytes];
            if (EnvelopeScan.Read(changed) is ReadingBatch quick) Same(quick, Thorough(changed));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static ReadingBatch? Thorough(byte[] payload) => new EnvelopeReader().Read(payload);

    private static void Same(ReadingBatch quick, ReadingBatch? thorough)
    {
        Assert.NotNull(thorough);
        Assert.Equal(thorough.Readings, quick.Readings);
        Assert.Equal(thorough with { Readings = [], Payload = default }, quick with { Readings = [], Payload = default });
    }
}
