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
            json.WriteString("bandRow", a.Band is null ? null : RowWords(a.Band));
            json.WriteStartArray("reasons");
            foreach (Bilingual reason in a.Reasons) json.WriteStringValue(reason.English);
            json.WriteEndArray();
            if (!a.Programme.Outcome.IsTableAlone) WriteParts(json, a);
            if (IsDivided(a)) WritePayments(json, a);
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

    // What an agreement of one table between two parties has no need of.
    private static bool IsDivided(RiverAssessment a) =>
        a.Payments.Count > 1 || a.Payments.Any(p => p.Instalments.Count > 0);

    private static string RowWords(BandRow row) =>
        row.Class is SurfaceWaterClass c ? $"{row.Id} {c.Name()} {row.Interval}" : $"{row.Id} {row.Interval}";

    // Amounts here are signed: above 0 the downstream side pays, below 0 the upstream side.
    private static void WriteParts(Utf8JsonWriter json, RiverAssessment a)
    {
        json.WriteStartArray("parts");
        foreach (PartOutcome part in a.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Part.Name);
            json.WriteString("mechanism", part.Part.Mechanism);
            json.WriteString("direction", part.Direction.Name());
            json.WriteString("yuan", Plain(part.Yuan));
            if (part.Uncapped != part.Yuan) json.WriteString("uncapped", Plain(part.Uncapped));
            json.WriteStartArray("items");
            foreach (PartItem item in part.Items) WriteItem(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json, PartItem item)
    {
        json.WriteStartObject();
        json.WriteString("name", item.Name);
        json.WriteString("value", Plain(item.Value));
        if (item.Limit is not null) json.WriteString("limit", Plain(item.Limit));
        if (item.Inflow is not null) json.WriteString("inflow", Plain(item.Inflow));
        if (item.Counts is not null) json.WriteString("counts", Plain(item.Counts));
        if (item.Row is not null) json.WriteString("row", item.Row);
        if (item.Yuan is not null) json.WriteString("yuan", Plain(item.Yuan));
        json.WriteEndObject();
    }

    private static void WritePayments(Utf8JsonWriter json, RiverAssessment a)
    {
        json.WriteStartArray("payments");
        foreach (SplitPayment payment in a.Payments)
        {
            json.WriteStartObject();
            json.WriteString("payer", payment.Payer.Chinese);
            json.WriteString("payee", payment.Payee.Chinese);
            json.WriteString("amount", Plain(payment.Yuan));
            if (payment.Instalments.Count > 0)
            {
                json.WriteStartArray("instalments");
                foreach (decimal part in payment.Instalments) json.WriteStringValue(Plain(part));
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

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
        if (term.IsInverse) json.WriteBoolean("inverse", true);
        if (term.Flow is FlowTerm flow)
        {
            json.WriteString("statistic", flow.Statistic);
            json.WriteString("flow", flow.Code);
            json.WriteNumber("valuesAlone", flow.ValuesAlone);
            json.WriteNumber("flowsAlone", flow.FlowsAlone);
        }
        json.WriteEndObject();
    }
}
