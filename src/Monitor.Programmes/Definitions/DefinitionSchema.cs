using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Monitor.Programmes.Definitions;

/// <summary>
/// The JSON Schema (2020-12) of river programmes, for editors. It is made from what the reader asks of definitions that use
/// the whole vocabulary; what hangs together (weights, gaps of tables) only <c>check</c> can tell.
/// </summary>
public static class DefinitionSchema
{
    private static readonly string[] Shapes = ["object", "array", "scalar"];

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };

    /// <summary>The schema's text, ending in a line feed.</summary>
    /// <param name="texts">Definitions of river programmes that together use every key.</param>
    /// <param name="standard">Gives the standard of a name.</param>
    public static string River(IEnumerable<DefinitionText> texts, Func<string, StandardFile?> standard)
    {
        var vocabulary = new Vocabulary();
        foreach (DefinitionText text in texts) RiverProgrammeReader.Learn(text, standard, vocabulary);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", RiverProgrammeReader.Kind);
            WriteMapping(json, vocabulary, "");
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteMapping(Utf8JsonWriter json, Vocabulary vocabulary, string pattern)
    {
        Vocabulary.Place place = vocabulary.At(pattern);
        json.WriteString("type", "object");
        if (place.HasFreeKeys)
        {
            json.WriteStartObject("additionalProperties");
            Write(json, vocabulary, pattern + ".*");
            json.WriteEndObject();
            json.WriteStartObject("properties");
            WriteProvenance(json, DefinitionNode.ProvenanceKeys);
            json.WriteEndObject();
            return;
        }
        // Screening limits have a reader of their own, of which nothing is known here.
        if (place.Keys.Count == 0) return;
        json.WriteStartObject("properties");
        foreach (string key in place.Keys.Keys)
        {
            json.WriteStartObject(key);
            Write(json, vocabulary, pattern.Length == 0 ? key : $"{pattern}.{key}");
            json.WriteEndObject();
        }
        WriteProvenance(json, DefinitionNode.ProvenanceKeys.Where(k => !place.Keys.ContainsKey(k)));
        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach ((string key, (HashSet<string> askedOf, bool mayMiss)) in place.Keys)
        {
            if (!mayMiss && askedOf.SetEquals(place.Seen)) json.WriteStringValue(key);
        }
        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteProvenance(Utf8JsonWriter json, IEnumerable<string> keys)
    {
        foreach (string key in keys)
        {
            json.WriteStartObject(key);
            json.WriteString("type", "string");
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, Vocabulary vocabulary, string pattern)
    {
        Vocabulary.Place place = vocabulary.At(pattern);
        // A place of two shapes, as a party's id or a list of shares, and a limit with or without its unit.
        string[] shapes = [.. Shapes.Where(s => s switch
        {
            "object" => place.Seen.Count > 0,
            "array" => place.Shapes.Contains("array"),
            _ => place.Words.Count > 0 || place.Shapes.Any(x => x != "array"),
        })];
        if (shapes.Length == 1) WriteShape(json, vocabulary, pattern, shapes[0]);
        if (shapes.Length < 2) return;
        json.WriteStartArray("anyOf");
        foreach (string shape in shapes)
        {
            json.WriteStartObject();
            WriteShape(json, vocabulary, pattern, shape);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, Vocabulary vocabulary, string pattern, string shape)
    {
        switch (shape)
        {
            case "object":
                WriteMapping(json, vocabulary, pattern);
                break;
            case "array":
                json.WriteString("type", "array");
                json.WriteNumber("minItems", 1);
                json.WriteStartObject("items");
                Write(json, vocabulary, pattern + "[]");
                json.WriteEndObject();
                break;
            default:
                WriteScalar(json, vocabulary.At(pattern));
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, Vocabulary.Place place)
    {
        if (place.Words.Count > 0)
        {
            json.WriteStartArray("enum");
            foreach (string word in place.Words) WriteWord(json, word);
            json.WriteEndArray();
        }
        else if (place.Range is (int min, int max))
        {
            json.WriteString("type", "integer");
            json.WriteNumber("minimum", min);
            json.WriteNumber("maximum", max);
        }
        else if (place.Shapes.Contains("number"))
        {
            json.WriteString("type", "number");
        }
        else
        {
            // A text that looks like a number is a text all the same: YAML tells them apart, the reader does not.
            json.WriteStartArray("type");
            json.WriteStringValue("string");
            if (!place.Shapes.Contains("id")) json.WriteStringValue("number");
            json.WriteEndArray();
            if (place.Shapes.Contains("id")) json.WriteString("pattern", "^[A-Za-z0-9_-]{1,32}$");
        }
    }

    private static void WriteWord(Utf8JsonWriter json, string word)
    {
        if (bool.TryParse(word, out bool flag)) json.WriteBooleanValue(flag);
        else if (IsNumber(word, out decimal number)) json.WriteNumberValue(number);
        else json.WriteStringValue(word);

        static bool IsNumber(string text, out decimal number) =>
            decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
