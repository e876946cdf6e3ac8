using System.Buffers;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;

namespace Monitor.Programmes.Records;

/// <summary>
/// The JSON of record bodies: keys in a fixed order, no white space, so that a signature covers known bytes.
/// </summary>
internal static class RecordBody
{
    /// <summary>One object.</summary>
    internal static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads a signed body and checks the signature; what is not as expected is named with its position.
    /// </summary>
    /// <exception cref="InputException">
    /// The body lacks something, holds something else, or is not signed by the person it names.
    /// </exception>
    internal static T Read<T>(StoredRecord record, string what, Func<JsonElement, Person, T> read)
    {
        Person signer = SignedStatement.SignerOf(record.Body.Span, out string fault)
            ?? throw Broken(record, what, fault);
        try
        {
            using JsonDocument json = JsonDocument.Parse(record.Body);
            return read(json.RootElement, signer);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Broken(record, what, e.Message);
        }
    }

    private static InputException Broken(StoredRecord record, string what, string why) => new(
        $"The record at position {record.Position} ({record.Key}) is no {what}: {why}",
        "Restore the record from a backup.");

    /// <summary>A text that must be there.</summary>
    internal static string Text(JsonElement json, string key) =>
        json.GetProperty(key).GetString() ?? throw new FormatException($"{key} is null.");

    /// <summary>A moment in whole UTC milliseconds.</summary>
    internal static Instant Moment(JsonElement json, string key) => new(json.GetProperty(key).GetInt64());
}
