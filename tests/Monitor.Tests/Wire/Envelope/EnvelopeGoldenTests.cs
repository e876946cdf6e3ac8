using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

public sealed class EnvelopeGoldenTests
{
    [Theory]
    [InlineData("fixtures/envelope/golden-1.json")]
    [InlineData("fixtures/envelope/golden-2.json")]
    [InlineData("fixtures/envelope/signed-1.json")]
    [InlineData("fixtures/envelope/signed-2.json")]
    public void A_golden_envelope_read_and_written_again_gives_its_own_bytes(string name)
    {
        byte[] golden = EnvelopeSamples.Golden(name);

        Assert.True(EnvelopeCodec.TryDecode(golden, out ReadingBatch? batch, out string reason), reason);

        Assert.Equal(Encoding.UTF8.GetString(golden), Encoding.UTF8.GetString(EnvelopeCodec.Encode(batch)));
        Assert.True(batch.Payload.Span.SequenceEqual(golden));
        Assert.Equal("", reason);
    }

    [Fact]
    public void Every_field_of_the_first_golden_envelope_is_read_as_it_stands_there()
    {
        byte[] golden = EnvelopeSamples.Golden("fixtures/envelope/golden-1.json");

        Assert.True(EnvelopeCodec.TryDecode(golden, out ReadingBatch? batch, out string reason), reason);

        Assert.Equal(("A-017", "S-03", "01JD2Q7V9C5X8", 1L), (batch.Agent, batch.Section, batch.Boot, batch.Sequence));
        Assert.Equal("2025-11-21T20:00:00.123Z", batch.Sent.ToString());
        Assert.Equal(new ClockState("ntp", new Instant(1763751600000), 12), batch.Clock);
        Assert.Equal(("", ""), (batch.Previous, batch.Signature));
        Assert.Equal([0, 1, 2, 3], batch.Readings.Select(r => r.Index));
        Assert.Equal(["<0.025", "7.40", ">2000", "-0.5"], batch.Readings.Select(r => r.Value.ToString()));
        Assert.Equal(["rtd", "rtd", "hour", "min"], batch.Readings.Select(r => r.Statistic.Name()));
        Assert.Equal(["mg/L", "1", "μS/cm", "℃"], batch.Readings.Select(r => r.Unit));
        Assert.Equal(["N", "N", "M", "N"], batch.Readings.Select(r => r.Status));
        Assert.Equal(["AN-22", "", "", ""], batch.Readings.Select(r => r.Instrument));
    }

    [Fact]
    public void The_second_golden_envelope_names_the_hash_of_the_first()
    {
        byte[] first = EnvelopeSamples.Golden("fixtures/envelope/golden-1.json");
        byte[] second = EnvelopeSamples.Golden("fixtures/envelope/golden-2.json");

        Assert.True(EnvelopeCodec.TryDecode(second, out ReadingBatch? batch, out string reason), reason);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(first)), batch.Previous);
        Assert.Equal("MEUCIQ==", batch.Signature);
        Assert.Equal(812345678901234567, batch.Readings[0].Value.Mantissa);
    }

    [Fact]
    public void The_schema_states_the_limits_that_the_code_keeps()
    {
        using var schema = JsonDocument.Parse(
            EnvelopeSamples.Golden("src/Monitor.Wire/Envelope/envelope.schema.json"));
        JsonElement root = schema.RootElement, fields = root.GetProperty("properties");
        JsonElement definitions = root.GetProperty("$defs"), time = definitions.GetProperty("time");

        Assert.Equal(EnvelopeLimits.Version, fields.GetProperty("v").GetProperty("const").GetInt32());
        Assert.Equal(ReadingBatch.ReadingsMax, fields.GetProperty("r").GetProperty("maxItems").GetInt32());
        Assert.Equal(EnvelopeLimits.TimeMin.UnixMilliseconds, time.GetProperty("minimum").GetInt64());
        Assert.Equal(EnvelopeLimits.TimeMax.UnixMilliseconds, time.GetProperty("maximum").GetInt64());
        // All keys, in the order in which the canonical form has them.
        Assert.Equal("v agent section boot seq sent clk r prev sig", Keys(fields));
        Assert.Equal("src sync est_ms ep step_ms", Keys(fields.GetProperty("clk").GetProperty("properties")));
        Assert.Equal("p t v q k u st i", Keys(definitions.GetProperty("reading").GetProperty("properties")));

        static string Keys(JsonElement e) => string.Join(' ', e.EnumerateObject().Select(p => p.Name));
    }
}
