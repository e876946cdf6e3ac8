using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// The bytes of a judgement: one JSON object, keys in fixed order, no white space, decimals as strings. The same question
/// up to the same position gives the same bytes for ever, on any machine.
/// </summary>
public static class CanonicalAssessment
{
    /// <summary>The canonical bytes.</summary>
    /// <param name="a">The judgement.</param>
    /// <param name="whatIf">Marks a judgement under changed terms, which is never sealed.</param>
    public static byte[] Write(RiverAssessment a, bool whatIf = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("programme", a.Programme.Id);
            json.WriteString("version", a.Programme.Version);
            json.WriteString("section", a.Section.Id);
            json.WriteString("period", a.Period.Label);
            json.WriteString("class", a.MeasuredClass?.Name());
            json.WriteString("targetClass", a.Section.Target.Name());
            json.WriteStartArray("terms");
            foreach (IndexTerm term in a.Terms) WriteTerm(json, term);
            json.WriteEndArray();
            json.WriteString("index", Fixed(a.Index, a.Programme.Index.Digits));
            json.WriteString("direction", a.Direction.Name());
            json.WriteString("payer", a.Payer?.Chinese);
            json.WriteString("payee", a.Payee?.Chinese);
            json.WriteString("amount", Plain(a.AmountYuan));
            json.WriteStartArray("assumptions");
            foreach (string assumption in a.Programme.AssumptionsFor(a.Section)) json.WriteStringValue(assumption);
            json.WriteEndArray();
            json.WriteString("bandRow", a.Band is null ? null : $"{a.Band.Id} {a.Band.Class.Name()} {a.Band.Interval}");
            json.WriteStartArray("reasons");
            foreach (Bilingual reason in a.Reasons) json.WriteStringValue(reason.English);
            json.WriteEndArray();
            if (whatIf) json.WriteBoolean("whatIf", true);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A decimal without trailing zeros; null stays null.</summary>
    public static string? Plain(decimal? number) =>
        number is decimal d ? (d / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>A decimal with exactly so many places; it must not need more.</summary>
    public static string? Fixed(decimal? number, int digits) =>
        number?.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void WriteTerm(Utf8JsonWriter json, IndexTerm term)
    {
        json.WriteStartObject();
        json.WriteString("name", term.Name);
        json.WriteString("value", Plain(term.Value));
        json.WriteString("baseline", Plain(term.Baseline));
        json.WriteString("ratio", Plain(term.Ratio));
        json.WriteString("weight", Plain(term.Weight));
        json.WriteNumber("count", term.Count);
        json.WriteNumber("expected", term.Expected);
        json.WriteEndObject();
    }
}
