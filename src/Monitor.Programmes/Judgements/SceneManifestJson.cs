using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Programmes.Judgements;

/// <summary>A scene's manifest as a line of the sealed evidence, keys in fixed order.</summary>
internal static class SceneManifestJson
{
    /// <summary>The key by which such a line is known.</summary>
    internal const string Key = "scene";

    /// <summary>Writes one object.</summary>
    internal static void Write(Utf8JsonWriter json, SceneManifest scene)
    {
        json.WriteStartObject();
        json.WriteString(Key, scene.Identity);
        json.WriteNumber("taken", scene.Taken.UnixMilliseconds);
        Write(json, scene.Scaling);
        json.WriteString("maskKind", scene.MaskKind);
        json.WriteStartArray("files");
        foreach (SceneFile file in scene.Files)
        {
            json.WriteStartObject();
            json.WriteString("role", file.Role);
            json.WriteString("sha256", file.Sha256);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("name", file.Name);
            json.WriteNumber("band", file.Band);
            if (file.Scaling is SceneScaling own) Write(json, own);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads one object.</summary>
    /// <exception cref="KeyNotFoundException">A key is missing.</exception>
    /// <exception cref="FormatException">A text is null.</exception>
    internal static SceneManifest Read(JsonElement json) => new(
        Text(json, Key), new Instant(json.GetProperty("taken").GetInt64()),
        [.. json.GetProperty("files").EnumerateArray().Select(f => new SceneFile(
            Text(f, "role"), Text(f, "sha256"), f.GetProperty("bytes").GetInt64(), Text(f, "name"),
            f.GetProperty("band").GetInt32(), f.TryGetProperty("scale", out _) ? ReadScaling(f) : null))],
        json.GetProperty("maskKind").GetString(), ReadScaling(json));

    private static void Write(Utf8JsonWriter json, SceneScaling scaling)
    {
        json.WriteString("scale", scaling.Scale);
        json.WriteString("offset", scaling.Offset);
        json.WriteString("nodata", scaling.NoData);
    }

    private static SceneScaling ReadScaling(JsonElement json) =>
        new(Text(json, "scale"), Text(json, "offset"), json.GetProperty("nodata").GetString());

    private static string Text(JsonElement json, string key) =>
        json.GetProperty(key).GetString() ?? throw new FormatException($"{key} is null.");
}
