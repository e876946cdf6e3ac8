using System.Diagnostics.CodeAnalysis;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

public sealed class EnvelopeRefusalTests
{
    private const string Right =
        """{"v":1,"agent":"A","section":"S","boot":"B","seq":1,"sent":0,"clk":{"src":"ntp"}"""
+ ""","r":[{"p":"w21003","t":0,"v":"1.5","k":"rtd","u":"mg/L"}]}""";

    // What is replaced, by what, and what the reason must name.
    [Theory]
    [InlineData("\"v\":1,", "", "v is missing")]
    [InlineData("\"v\":1,", "\"v\":2,", "only version 1")]
    [InlineData("\"v\":1,", "\"v\":\"1\",", "v is missing or not a number")]
    [InlineData("\"agent\":\"A\",", "", "agent is missing")]
    [InlineData("\"A\"", "\"A B\"", "agent is not an id")]
    [InlineData("\"A\"", "\"\"", "agent is not an id")]
    [InlineData("\"S\"", "\"../S\"", "section is not an id")]
    [InlineData("\"B\"", "\"0123456789012345678901234567890123\"", "boot is not an id")]
    [InlineData("\"seq\":1", "\"seq\":0", "seq is not a whole number from 1")]
    [InlineData("\"seq\":1", "\"seq\":1.5", "seq is not a whole number")]
    [InlineData("\"seq\":1", "\"seq\":9223372036854775808", "seq is not a whole number")]
    [InlineData("\"sent\":0", "\"sent\":-62135596800000", "sent is not a whole number")]
    [InlineData("{\"src\":\"ntp\"}", "7", "clk is not an object")]
    [InlineData("{\"src\":\"ntp\"}", "{}", "clk.src is missing")]
    [InlineData("\"ntp\"}", "\"ntp\",\"sync\":\"x\"}", "clk.sync is missing or not a number")]
    [InlineData("\"ntp\"}", "\"ntp\",\"est_ms\":-1}", "clk.est_ms is not a whole number")]
    [InlineData("[{", "[], \"x\":[{", "r has 0 readings")]
    [InlineData("\"r\":[", "\"x\":[", "r is missing")]
    [InlineData("[{", "[7,{", "r[0] is not an object")]
    [InlineData("\"w21003\"", "\"w<script>\"", "r[0].p is not an id")]
    [InlineData("\"t\":0", "\"t\":253370764800000", "r[0].t is not a whole number")]
    [InlineData("\"1.5\"", "1.5", "r[0].v is missing or not a string")]
    [InlineData("\"1.5\"", "\"1.5e0\"", "r[0].v is not a plain decimal")]
    [InlineData("\"1.5\"", "\" 1.5\"", "r[0].v is not a plain decimal")]
    [InlineData("\"1.5\"", "\"١.٥\"", "r[0].v is not a plain decimal")]
    [InlineData("\"1.5\"", "\"NaN\"", "r[0].v is not a plain decimal")]
    [InlineData("\"1.5\"", "\"0.1234567890123456789\"", "r[0].v is not a plain decimal")]
    [InlineData("\"1.5\"", "\"9223372036854775808\"", "r[0].v is not a plain decimal")]
    [InlineData("\"k\"", "\"q\":\"<=\",\"k\"", "r[0].q is not < or >")]
    [InlineData("\"rtd\"", "\"RTD\"", "r[0].k is not rtd")]
    [InlineData("\"mg/L\"", "\"mg\\u0007\"", "r[0].u is not a unit")]
    [InlineData("\"mg/L\"", "\"mg\\\"\"", "r[0].u is not a unit")]
    [InlineData("\"mg/L\"", "null", "r[0].u is missing or not a string")]
    [InlineData("\"mg/L\"", "\"mg/L\",\"st\":\"MMM\"", "r[0].st is not one or two")]
    [InlineData("\"mg/L\"", "\"mg/L\",\"st\":\"4\"", "r[0].st is not one or two")]
    [InlineData("\"mg/L\"", "\"mg/L\",\"i\":\"a,b\"", "r[0].i is not an id")]
    [InlineData("\"v\":1,", "\"v\":1,\"prev\":\"AB\",", "prev is not 64")]
    [InlineData("\"v\":1,", "\"v\":1,\"sig\":\"a b\",", "sig is not at most")]
    [InlineData("\"v\":1,", "\"v\":1,\"v\":1,", "v comes twice")]
    [InlineData("\"t\":0", "\"t\":0,\"t\":1", "t comes twice")]
    [InlineData("\"agent\":\"A\"", "\"agent\":\"A\",\"\\u0061gent\":\"B\"", "agent comes twice")]
    [InlineData("\"v\":1,", "\"v\":1,\"new\":{\"x\":1,\"x\":2},", "x comes twice")]
    [InlineData("\"mg/L\"", "\"\\ud800\"", "half a character")]
    [InlineData("\"v\":1,", "\"v\":1,\"\\ud800\":1,", "half a character")]
    [InlineData("]}", "]", "not JSON")]
    [InlineData("]}", "]}x", "not JSON")]
    [InlineData("\"v\":1,", "\"v\":1,\"new\":[[[[[[[[1]]]]]]]],", "at most 8 levels")]
    public void What_breaks_a_limit_is_refused_and_the_reason_names_it(string from, string to, string named)
    {
        Assert.Contains(from, Right, StringComparison.Ordinal);
        int at = Right.IndexOf(from, StringComparison.Ordinal);
        string text = Right[..at] + to + Right[(at + from.Length)..];

        bool read = EnvelopeCodec.TryDecode(Encoding.UTF8.GetBytes(text), out ReadingBatch? batch, out string reason);

        Assert.False(read, text);
        Assert.Null(batch);
        Assert.Contains(named, reason, StringComparison.Ordinal);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_envelope_that_the_refused_ones_start_from_is_right()
    {
        Assert.True(TryDecode(Right, out ReadingBatch? batch, out string reason), reason);
        Assert.Equal("1.5", Assert.Single(batch.Readings).Value.Digits);
    }

    [Fact]
    public void Unknown_fields_any_order_and_white_space_are_accepted()
    {
        string text = """
            { "r": [ {"u":"mg/L", "k":"rtd", "v":"1.50", "t":5, "p":"w21003", "new":{"a":[1]}} ],
              "sent": 7, "seq": 9, "boot": "B", "section": "S", "agent": "A", "later": null, "v": 1 }
            """;

        Assert.True(TryDecode(text, out ReadingBatch? batch, out string reason), reason);

        Assert.Equal((9L, new Instant(7), ClockState.Unknown), (batch.Sequence, batch.Sent, batch.Clock));
        Assert.Equal(new ReportedValue(150, 2), batch.Readings[0].Value);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Right.Replace("mg/L", "µg/L", StringComparison.Ordinal));

        Assert.False(EnvelopeCodec.TryDecode(bytes, out _, out string reason));
        Assert.Equal("The payload is not UTF-8.", reason);
    }

    [Fact]
    public void Nothing_at_all_is_refused()
    {
        Assert.False(EnvelopeCodec.TryDecode(ReadOnlyMemory<byte>.Empty, out _, out string reason));
        Assert.Contains("not JSON", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Exactly_64_KiB_are_read_and_one_byte_more_is_not()
    {
        byte[] full = Encoding.UTF8.GetBytes(Right.PadRight(65536));
        byte[] over = Encoding.UTF8.GetBytes(Right.PadRight(65537));

        Assert.True(EnvelopeCodec.TryDecode(full, out _, out string reason), reason);
        Assert.False(EnvelopeCodec.TryDecode(over, out _, out reason));
        Assert.Equal("The payload has 65537 bytes; at most 65536 are accepted.", reason);
    }

    [Fact]
    public void Five_hundred_readings_are_read_and_one_more_is_not()
    {
        ReadingBatch full = EnvelopeSamples.Batch(
            [.. Enumerable.Range(0, 500).Select(i => EnvelopeSamples.Reading(i, "1"))]);
        string text = Encoding.UTF8.GetString(EnvelopeCodec.Encode(full));
        string over = text.Replace("]}", ",{}]}", StringComparison.Ordinal);

        Assert.True(TryDecode(text, out ReadingBatch? batch, out string reason), reason);
        Assert.Equal(500, batch.Readings.Count);
        Assert.False(EnvelopeCodec.TryDecode(Encoding.UTF8.GetBytes(over), out _, out reason));
        Assert.Equal("The field r has 501 readings; it takes 1 to 500.", reason);
    }

    private static bool TryDecode(string text, [NotNullWhen(true)] out ReadingBatch? batch, out string reason) =>
        EnvelopeCodec.TryDecode(Encoding.UTF8.GetBytes(text), out batch, out reason);
}
