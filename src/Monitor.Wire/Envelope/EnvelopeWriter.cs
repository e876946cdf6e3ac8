using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>Writes the canonical form: keys in the order of the format, optional ones left out where default.</summary>
internal static class EnvelopeWriter
{
    // Relaxed: units such as μS/cm stand as they are. IsUnit lets through nothing that would have to be escaped.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = false,
    };

    internal static byte[] Write(ReadingBatch batch)
    {
        Check(batch);
        var buffer = new ArrayBufferWriter<byte>(256 + (96 * batch.Readings.Count));
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("v"u8, EnvelopeLimits.Version);
        json.WriteString("agent"u8, batch.Agent);
        json.WriteString("section"u8, batch.Section);
        json.WriteString("boot"u8, batch.Boot);
        json.WriteNumber("seq"u8, batch.Sequence);
        json.WriteNumber("sent"u8, batch.Sent.UnixMilliseconds);
        WriteClock(json, batch.Clock);
        json.WriteStartArray("r"u8);
        foreach (Reading reading in batch.Readings) WriteReading(json, reading);
        json.WriteEndArray();
        if (batch.Previous.Length > 0) json.WriteString("prev"u8, batch.Previous);
        if (batch.Signature.Length > 0) json.WriteString("sig"u8, batch.Signature);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteClock(Utf8JsonWriter json, ClockState clock)
    {
        json.WriteStartObject("clk"u8);
        json.WriteString("src"u8, clock.Source);
        if (clock.SyncedAt is Instant synced) json.WriteNumber("sync"u8, synced.UnixMilliseconds);
        if (clock.ErrorMilliseconds is long error) json.WriteNumber("est_ms"u8, error);
        if (clock.Epoch is long epoch) json.WriteNumber("ep"u8, epoch);
        if (clock.StepMilliseconds is long step) json.WriteNumber("step_ms"u8, step);
        json.WriteEndObject();
    }

    private static void WriteReading(Utf8JsonWriter json, Reading reading)
    {
        json.WriteStartObject();
        json.WriteString("p"u8, reading.Measurand);
        json.WriteNumber("t"u8, reading.Time.UnixMilliseconds);
        json.WriteString("v"u8, reading.Value.Digits);
        if (reading.Value.Qualifier == Qualifier.Below) json.WriteString("q"u8, "<"u8);
        if (reading.Value.Qualifier == Qualifier.Above) json.WriteString("q"u8, ">"u8);
        json.WriteString("k"u8, reading.Statistic.Name());
        json.WriteString("u"u8, reading.Unit);
        if (reading.Status != DeviceStatus.Normal) json.WriteString("st"u8, reading.Status);
        if (reading.Instrument.Length > 0) json.WriteString("i"u8, reading.Instrument);
        json.WriteEndObject();
    }

    // The reader would refuse all of these: better that the sender hears of it than that a dead letter arises.
    private static void Check(ReadingBatch batch)
    {
        Require(Identifier.IsValid(batch.Agent), "agent", "is no id");
        Require(Identifier.IsValid(batch.Section), "section", "is no id");
        Require(Identifier.IsValid(batch.Boot), "boot", "is no id");
        Require(batch.Sequence >= 1, "seq", "is below 1");
        Require(EnvelopeLimits.IsTime(batch.Sent.UnixMilliseconds), "sent", "is out of range");
        Require(Identifier.IsValid(batch.Clock.Source), "clk.src", "is no id");
        Require(batch.Clock.SyncedAt is not Instant s || EnvelopeLimits.IsTime(s.UnixMilliseconds), "clk.sync",
            "is out of range");
        Require(batch.Clock.ErrorMilliseconds is not < 0, "clk.est_ms", "is negative");
        Require(batch.Clock.Epoch is not < 1, "clk.ep", "is below 1");
        Require(batch.Previous.Length == 0 || EnvelopeLimits.IsHash(batch.Previous), "prev", "is no SHA-256 in hex");
        Require(batch.Signature.Length == 0 || EnvelopeLimits.IsSignature(batch.Signature), "sig", "is no signature");
        Require(batch.Readings.Count is >= 1 and <= ReadingBatch.ReadingsMax, "r", "has no reading or over 500");
        for (int i = 0; i < batch.Readings.Count; i++)
        {
            Reading reading = batch.Readings[i];
            Require(reading.Index == i, "r", "has an index out of order");
            Require(Measurands.IsCode(reading.Measurand), "r.p", "is no measurand code");
            Require(EnvelopeLimits.IsTime(reading.Time.UnixMilliseconds), "r.t", "is out of range");
            Require(reading.Value.Scale <= ReportedValue.ScaleMax, "r.v", "has over 18 decimal places");
            // One number has one encoding: −2⁶³ would be written, but ReportedValue never reads it.
            Require(reading.Value.Mantissa != long.MinValue, "r.v", "needs over 63 bits");
            Require(EnvelopeLimits.IsUnit(reading.Unit), "r.u", "is no unit");
            Require(DeviceStatus.IsValid(reading.Status), "r.st", "is no status mark");
            Require(reading.Instrument.Length == 0 || Identifier.IsValid(reading.Instrument), "r.i", "is no id");
        }
    }

    private static void Require(bool holds, string field, string fault)
    {
        if (!holds) throw new ArgumentException($"The batch cannot be encoded: {field} {fault}.");
    }
}
