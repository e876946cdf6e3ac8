using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>All that an outbox tells of itself.</summary>
/// <param name="Counts">What it has seen, in readings.</param>
/// <param name="Bytes">Bytes of the file that hold something.</param>
/// <param name="ClockEpoch">The newest epoch of the clock; 0 where none was kept.</param>
/// <param name="Lost">All that had to be dropped.</param>
/// <param name="Alarms">What a person should know, as of the last run.</param>
internal sealed record OutboxReport(
    OutboxCounts Counts, long Bytes, long ClockEpoch, IReadOnlyList<LostRange> Lost, IReadOnlyList<Alarm> Alarms)
{
    /// <summary>Reads it; a file of a former schema has less to tell.</summary>
    internal static OutboxReport Of(SqliteConnection db)
    {
        OutboxCounts counts = OutboxRows.Count(db);
        long bytes = OutboxRoom.Used(db);
        return OutboxSchema.VersionOf(db) < OutboxSchema.Version
            ? new OutboxReport(counts, bytes, 0, [], [])
            : new OutboxReport(counts, bytes, OutboxNotes.LastEpoch(db)?.Number ?? 0, OutboxRoom.Lost(db),
                OutboxNotes.Alarms(db));
    }

    /// <summary>One line of JSON: the counts, and then the rest.</summary>
    internal string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("pending", Counts.Pending);
            json.WriteNumber("bytes", Bytes);
            json.WriteNumber("clockEpoch", ClockEpoch);
            json.WriteStartArray("lost");
            foreach (LostRange lost in Lost)
            {
                json.WriteStartObject();
                json.WriteNumber("from", lost.Sequences.From);
                json.WriteNumber("to", lost.Sequences.To);
                json.WriteNumber("readings", lost.Readings);
                json.WriteString("first", lost.First.ToString());
                json.WriteString("last", lost.Last.ToString());
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("alarms");
            foreach (Alarm alarm in Alarms)
            {
                json.WriteStartObject();
                json.WriteString("code", alarm.Code);
                json.WriteString("since", alarm.Since.ToString());
                json.WriteString("text", alarm.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        // The counts' own line goes on, so that they read the same wherever they are printed.
        return Counts.ToJson()[..^1] + "," + Encoding.UTF8.GetString(stream.ToArray())[1..];
    }

    /// <summary>The same for a person.</summary>
    internal string ToText()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            agent         {Counts.Agent}
            boot          {Counts.Boot}
            published     {Counts.Published}
            acknowledged  {Counts.Acknowledged}
            parked        {Counts.Parked}
            dropped       {Counts.Dropped}
            pending       {Counts.Pending}
            bytes         {Bytes}
            """));
        foreach (LostRange lost in Lost)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\nlost          {lost.Readings} readings, batches {lost.Sequences.From} to {lost.Sequences.To}, ")
                .Append(CultureInfo.InvariantCulture, $"{lost.First} to {lost.Last}");
        }
        foreach (Alarm alarm in Alarms)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nalarm         {alarm.Code}, since {alarm.Since}: {alarm.Text}");
        }
        return text.ToString();
    }
}
