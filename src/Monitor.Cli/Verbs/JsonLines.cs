using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Cli.Verbs;

/// <summary>Writes NDJSON: one JSON object per line, UTF-8, Chinese as it is.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly BufferedStream stream;
    private readonly Utf8JsonWriter writer;

    private readonly bool leaveOpen;

    /// <summary>Writes to a stream and closes it at the end, or leaves it open.</summary>
    public JsonLines(Stream stream, bool leaveOpen = false)
    {
        this.leaveOpen = leaveOpen;
        this.stream = new BufferedStream(stream, 64 * 1024);
        writer = new Utf8JsonWriter(this.stream, CanonicalJson.Options);
    }

    /// <summary>Writes one object; the action writes its members.</summary>
    public void Write(Action<Utf8JsonWriter> members)
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
        writer.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        // A buffered stream closes what it writes to.
        if (leaveOpen) stream.Flush();
        else stream.Dispose();
    }
}
