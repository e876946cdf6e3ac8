using System.Buffers;
using System.Text.Json;

namespace Monitor.Wire.Envelope;

/// <summary>Writes and reads the small JSON objects that travel beside the envelopes.</summary>
internal static class JsonBytes
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = EnvelopeLimits.DepthMax,
        AllowDuplicateProperties = false,
    };

    /// <summary>One object, whose members the caller writes.</summary>
    internal static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one object: the fault that the caller found, or that it is no such object; empty for none.</summary>
    internal static string Read(ReadOnlyMemory<byte> payload, int bytesMax, Func<JsonElement, string> read)
    {
        if (payload.Length > bytesMax) return $"It has {payload.Length} bytes; at most {bytesMax} are read.";
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload, Options);
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return "It is not JSON.";
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return "A field is missing, or of another kind.";
        }
    }
}
