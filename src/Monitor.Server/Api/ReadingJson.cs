using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;

namespace Monitor.Server.Api;

/// <summary>A reading with its flag as machines get it, the same from the API and from the command line.</summary>
public static class ReadingJson
{
    /// <summary>
    /// Writes the members of one object: what came (<c>value</c> as reported, <c>status</c> as marked), where it lies, and
    /// what is made of it: <c>flag</c> by QARTOD's numbers, <c>tests</c> that gave the flag before a person spoke,
    /// <c>counts</c>, <c>counted</c> (the number that enters means; null where none does), <c>review</c>.
    /// </summary>
    public static void Write(Utf8JsonWriter json, ShownReading shown)
    {
        (StoredReading stored, ScreenedValue verdict) = (shown.Stored, shown.Verdict);
        json.WriteString("measurand", stored.Reading.Measurand);
        json.WriteString("time", stored.Reading.Time.ToString());
        json.WriteString("value", stored.Reading.Value.ToString());
        json.WriteString("unit", stored.Reading.Unit);
        json.WriteString("status", stored.Reading.Status);
        json.WriteString("instrument", stored.Reading.Instrument);
        json.WriteNumber("position", stored.Position);
        json.WriteString("agent", stored.Agent);
        json.WriteNumber("flag", (int)verdict.Flag);
        json.WriteString("reason", verdict.Reason.Length > 0 ? verdict.Reason : null);
        json.WriteStartArray("tests");
        foreach (string test in verdict.Tests) json.WriteStringValue(test);
        json.WriteEndArray();
        json.WriteBoolean("repeat", verdict.IsRepeat);
        json.WriteBoolean("counts", verdict.Counts);
        json.WriteString("counted", verdict.Counts ? CanonicalAssessment.Plain(verdict.Value) : null);
        if (verdict.Source.Review is not Review review)
        {
            json.WriteNull("review");
            return;
        }
        json.WriteStartObject("review");
        json.WriteString("verdict", review.VerdictName);
        json.WriteString("value", review.Value?.ToString());
        json.WriteString("reason", review.Reason);
        json.WriteString("person", review.Person.Name);
        json.WriteNumber("position", review.Position);
        json.WriteEndObject();
    }
}
