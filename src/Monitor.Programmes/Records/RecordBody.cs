using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;

namespace Monitor.Programmes.Records;

/// <summary>The JSON of record bodies: keys in a fixed order, no white space, so that a signature covers known bytes.</summary>
internal static class RecordBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object.</summary>
    internal static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a body; what is not as expected is named with its position.</summary>
    /// <exception cref="InputException">The body lacks something or holds something else.</exception>
    internal static T Read<T>(StoredRecord record, string what, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(record.Body);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException(
                $"The record at position {record.Position} ({record.Key}) is no {what}: {e.Message}",
                "Restore the record from a backup.");
        }
    }

    /// <summary>A text that must be there.</summary>
    internal static string Text(JsonElement json, string key) =>
        json.GetProperty(key).GetString() ?? throw new FormatException($"{key} is null.");

    /// <summary>A moment in whole UTC milliseconds.</summary>
    internal static Instant Moment(JsonElement json, string key) => new(json.GetProperty(key).GetInt64());
}
