using System.Reflection;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>
/// Turns the YAML of a standard (<c>kind: standard</c>) into limits. Every number carries the document, table and item
/// where it is printed; a number without a source is refused.
/// </summary>
public static class StandardDefinition
{
    private const string Gb3838File = "gb3838-2002.yaml";

    private static readonly Dictionary<string, LimitDirection> Directions = new(StringComparer.Ordinal)
    {
        ["at-most"] = LimitDirection.AtMost,
        ["at-least"] = LimitDirection.AtLeast,
        ["within"] = LimitDirection.Within,
    };

    private static readonly Dictionary<string, WaterBody> WaterBodies = new(StringComparer.Ordinal)
    {
        ["river"] = WaterBody.River,
        ["lake"] = WaterBody.Lake,
    };

    /// <summary>
    /// The limits of GB 3838-2002, from the copy of <c>pipelines/gb3838-2002.yaml</c> in this assembly.
    /// </summary>
    public static SurfaceWaterStandard Gb3838() => Parse(Gb3838Text(), Gb3838File);

    /// <summary>The text of that copy.</summary>
    public static string Gb3838Text()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Gb3838File)
            ?? throw new InvalidOperationException($"{Gb3838File} is not in the assembly: the build is broken.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads the text of a standard.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InputException">A fault, with file, line, field and remedy.</exception>
    public static SurfaceWaterStandard Parse(string text, string file)
    {
        YamlMap root = YamlMap.Parse(text, file);
        root.Only("kind", "id", "title", "codes", "assessed_by", "items");
        if (root.Text("kind") != "standard")
        {
            throw root.Fault(
                "kind", $"This is a \"{root.Text("kind")}\", not a standard.", "Give the file of a standard.");
        }
        CheckSource(root.Map("codes"));
        CheckSource(root.Map("assessed_by"));
        var limits = new List<ClassLimits>();
        foreach (YamlMap item in root.Maps("items"))
        {
            if (ReadItem(item) is not ClassLimits one) continue;
            foreach (ClassLimits other in limits)
            {
                bool twice = other.Code == one.Code && other.WaterBodies.Intersect(one.WaterBodies).Any();
                if (twice)
                {
                    throw item.Fault("code", $"{one.Code} has limits for this water already.", "Remove one of them.");
                }
            }
            limits.Add(one);
        }
        return new SurfaceWaterStandard(root.Text("id"), root.Text("title"), limits);
    }

    private static ClassLimits? ReadItem(YamlMap item)
    {
        string code = item.Text("code");
        if (!Measurands.IsCode(code)) throw item.Fault("code", $"\"{code}\" is not a code.", "Use the HJ 212 code.");
        CheckSource(item.Map("source"), "item");
        CheckUnit(item, code);
        if (item.Text("direction") == "by-hand")
        {
            item.Only("code", "unit", "direction", "text", "assessed", "source");
            item.Text("text");
            return item.Flag("assessed")
                ? throw item.Fault("assessed", "What is judged by hand decides no class.", "Write false.")
                : null;
        }
        LimitDirection direction = item.Word("direction", Directions);
        string key = direction == LimitDirection.Within ? "range" : "limits";
        item.Only("code", "unit", "direction", key, "water", "assessed", "first", "source", "note");
        WaterBody[] bodies = [.. item.Texts("water").Select(w => WaterBodies.TryGetValue(w, out WaterBody body)
            ? body
            : throw item.Fault("water", $"\"{w}\" is not a kind of water.", "Use river, lake or both."))];
        try
        {
            bool first = item.Has("first") && item.Flag("first");
            return new ClassLimits(code, direction, item.Numbers(key), bodies, item.Flag("assessed"), first);
        }
        catch (ArgumentException fault)
        {
            throw item.Fault(key, fault.Message, "Copy the limits of classes I to V from the standard.");
        }
    }

    // A limit in another unit than the readings' would judge a thousandfold wrong.
    private static void CheckUnit(YamlMap item, string code)
    {
        string unit = item.Text("unit");
        if (Measurands.Find(code) is Measurand known && known.Unit != unit)
        {
            throw item.Fault(
                "unit", $"{code} is judged in {known.Unit}, not {unit}.", $"Convert the limits to {known.Unit}.");
        }
    }

    private static void CheckSource(YamlMap source, string? alsoNeeds = null)
    {
        source.Only("document", "table", "item");
        source.Text("document");
        if (source.Has("table")) source.Text("table");
        if (alsoNeeds is not null) source.Text(alsoNeeds);
    }
}
