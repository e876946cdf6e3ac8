using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Imagery.Products;

namespace Monitor.Server.Jobs;

/// <summary>
/// A scene's folder: bands with the sidecar <c>scene.json</c>; or a STAC Item (<c>*.json</c> with <c>"type":"Feature"</c>
/// and <c>stac_version</c>) beside or above its assets; or a product, Sentinel-2 L2A (the folder with
/// <c>MTD_MSIL2A.xml</c>, itself or one <c>.SAFE</c> folder in it) or Landsat Collection 2 Level 2 (<c>*_MTL.json</c>,
/// <c>*_MTL.txt</c>). Whatever describes it, every file that it names lies in the folder: what is judged stays with what
/// says so.
/// </summary>
internal static class SceneFolder
{
    // An item is some 20 kB; what is much larger is no description of one scene.
    private const long ItemBytesMax = 4 << 20;

    private const string SentinelMetadata = "MTD_MSIL2A.xml";

    /// <summary>Whether the folder holds a description; without one it is still being filled.</summary>
    internal static bool IsDescribed(string folder) => Descriptions(folder).Length > 0;

    /// <summary>Reads the description.</summary>
    /// <exception cref="InputException">
    /// There is none, or several; it says no time, is not as its kind is to be, or names a file that is not in the folder.
    /// </exception>
    internal static SceneSidecar Read(string folder)
    {
        string[] found = Descriptions(folder);
        if (found.Length != 1)
        {
            throw new InputException(
                found.Length == 0
                    ? "Nothing says what its files are."
                    : $"It holds {found.Length} descriptions ({string.Join(", ", found.Select(Path.GetFileName))}).",
                $"Give each scene a folder of its own, with {SceneSidecar.FileName}, a STAC Item or a product's metadata.");
        }
        string described = found[0];
        if (Path.GetFileName(described) == SceneSidecar.FileName) return SceneSidecar.Read(folder);
        bool isProduct = Directory.Exists(described) || IsMetadata(Path.GetFileName(described));
        SceneProduct scene = isProduct ? SceneProduct.Open(described) : StacItem.Read(described);
        RequireOwn(folder, described, scene.Source);
        return scene.Taken is Instant taken ? new SceneSidecar(taken, scene.Source) : throw new InputException(
            "It does not say when the scene was taken.", "Add the time, in an item as properties/datetime.",
            Path.GetFileName(described));
    }

    // The sidecar goes before an item, an item before the product that it may describe; a JSON text that cannot be read is
    // taken for an item where there is nothing else, so that somebody hears of it.
    private static string[] Descriptions(string folder)
    {
        string sidecar = Path.Combine(folder, SceneSidecar.FileName);
        if (File.Exists(sidecar)) return [sidecar];
        (string File, bool? IsItem)[] texts = [.. Directory.GetFiles(folder, "*.json")
            .Order(StringComparer.Ordinal).Select(f => (f, IsItem(f)))];
        string[] items = [.. texts.Where(t => t.IsItem == true).Select(t => t.File)];
        if (items.Length > 0) return items;
        string[] products = [.. Directory.GetDirectories(folder, "*.SAFE")
            .Where(d => File.Exists(Path.Combine(d, SentinelMetadata)))];
        if (Directory.GetFiles(folder).Any(f => IsMetadata(Path.GetFileName(f)))) products = [folder];
        return products.Length > 0 ? products : [.. texts.Where(t => t.IsItem is null).Select(t => t.File)];
    }

    private static void RequireOwn(string folder, string described, SceneSource source)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (string file in source.Files)
        {
            // An address on the web too begins elsewhere: what judges is what lies here.
            if (Path.GetFullPath(file).StartsWith(root, StringComparison.Ordinal) && File.Exists(file)) continue;
            throw new InputException(
                $"It names {file}, which is not in the scene's folder.", "Put every file that it names into the folder.",
                Path.GetFileName(described));
        }
    }

    // Null for a text that is not JSON.
    private static bool? IsItem(string file)
    {
        if (new FileInfo(file).Length > ItemBytesMax) return false;
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("stac_version", out _)
                && json.RootElement.TryGetProperty("type", out JsonElement type)
                && type.ValueKind == JsonValueKind.String && type.GetString() == "Feature";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsMetadata(string name) => name == SentinelMetadata
        || name.EndsWith("_MTL.json", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_MTL.txt", StringComparison.OrdinalIgnoreCase);
}
