using System.Text;
using System.Text.Json;
using Monitor.Domain;

namespace Monitor.Imagery.Products;

/// <summary>
/// The MTL of a Landsat product: groups of named values. The same name stands in several groups with other values, as
/// the scaling of level 1 beside that of level 2, so that a value is always asked for in its group.
/// </summary>
internal sealed class LandsatMetadata
{
    private readonly string file;
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private LandsatMetadata(string file) => this.file = file;

    /// <summary>Reads either form: JSON, or the older text of GROUP, NAME = VALUE and END_GROUP.</summary>
    internal static LandsatMetadata Read(string file)
    {
        byte[] bytes = SidecarText.ReadFile(file);
        var metadata = new LandsatMetadata(file);
        if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) metadata.FillFromJson(bytes);
        else metadata.FillFromText(Encoding.UTF8.GetString(bytes));
        return metadata;
    }

    internal string? Find(string group, string name) => values.GetValueOrDefault($"{group}/{name}");

    internal string Get(string group, string name) => Find(group, name) ?? throw new InputException(
        "It is missing.", "Give the MTL of a Landsat Collection 2 Level 2 product.", file, field: $"{group}/{name}");

    private void FillFromJson(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("no object at its root");
            foreach (JsonProperty root in document.RootElement.EnumerateObject())
                if (root.Value.ValueKind == JsonValueKind.Object) Groups(root.Value);
        }
        catch (JsonException fault)
        {
            int line = (int)((fault.LineNumber ?? -1) + 1);
            throw new InputException(
                $"It is not JSON: {fault.Message}", "Fetch the metadata again.", file, line);
        }
    }

    private void Groups(JsonElement root)
    {
        foreach (JsonProperty group in root.EnumerateObject())
        {
            if (group.Value.ValueKind != JsonValueKind.Object) continue;
            foreach (JsonProperty value in group.Value.EnumerateObject())
                values.TryAdd($"{group.Name}/{value.Name}", value.Value.ToString());
        }
    }

    private void FillFromText(string text)
    {
        var groups = new Stack<string>();
        int line = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            line++;
            ReadOnlySpan<char> trimmed = raw.Trim();
            int sign = trimmed.IndexOf('=');
            if (sign < 0) continue;
            string name = trimmed[..sign].TrimEnd().ToString();
            string value = trimmed[(sign + 1)..].Trim().Trim('"').ToString();
            if (name == "GROUP") groups.Push(value);
            else if (name != "END_GROUP") values.TryAdd($"{(groups.Count > 0 ? groups.Peek() : "")}/{name}", value);
            else if (groups.Count == 0 || groups.Pop() != value)
                throw new InputException($"The group {value} ends and did not begin.", "Fetch it again.", file, line);
        }
        if (groups.Count > 0)
        {
            throw new InputException(
                $"The group {groups.Peek()} does not end: it is cut off.", "Fetch it again.", file);
        }
    }
}
