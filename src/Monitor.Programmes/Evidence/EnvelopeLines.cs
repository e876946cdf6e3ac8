using System.Buffers;
using System.Text;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Programmes.Evidence;

/// <summary>
/// Batches as they travelled, as NDJSON: one object for each, by position, its payload verbatim in a string, or in base64
/// where it is no UTF-8.
/// </summary>
public static class EnvelopeLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes.</summary>
    public static byte[] Write(IEnumerable<StoredEnvelope> envelopes)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, CanonicalJson.Options);
        foreach (StoredEnvelope envelope in envelopes)
        {
            json.WriteStartObject();
            json.WriteNumber("pos", envelope.First);
            json.WriteString("agent", envelope.Agent);
            json.WriteString("boot", envelope.Boot);
            json.WriteNumber("seq", envelope.Sequence);
            if (TextOf(envelope.Payload.Span) is string text) json.WriteString("payload", text);
            else json.WriteBase64String("payload64", envelope.Payload.Span);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads them back.</summary>
    /// <exception cref="InputException">A line is of another shape; names the line.</exception>
    public static IReadOnlyList<StoredEnvelope> Read(ReadOnlyMemory<byte> bytes, string name)
    {
        List<StoredEnvelope> envelopes = [];
        foreach (ReadOnlyMemory<byte> line in TextLines.Of(bytes, name))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement json = document.RootElement;
                byte[] payload = json.TryGetProperty("payload", out JsonElement text)
                    ? Strict.GetBytes(text.GetString() ?? "")
                    : json.GetProperty("payload64").GetBytesFromBase64();
                envelopes.Add(new StoredEnvelope(
                    json.GetProperty("pos").GetInt64(), json.GetProperty("agent").GetString() ?? "",
                    json.GetProperty("boot").GetString() ?? "", json.GetProperty("seq").GetInt64(), payload));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException or EncoderFallbackException)
            {
                throw new InputException(
                    $"this is no envelope: {e.Message}", "Ask for the bundle again.", name, envelopes.Count + 1);
            }
        }
        return envelopes;
    }

    private static string? TextOf(ReadOnlySpan<byte> payload)
    {
        try
        {
            return Strict.GetString(payload);
        }
        catch (DecoderFallbackException)
        {
            // No UTF-8: kept in base64 by the caller.
            return null;
        }
    }
}
