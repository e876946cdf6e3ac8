using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Raster;
using Monitor.Storage;

namespace Monitor.Server.Jobs;

/// <summary>
/// The file beside a scene's bands that says what they are. Keys: <c>taken</c> (time with offset), <c>red</c>,
/// <c>nir</c>, <c>green</c>, <c>mask</c> (file names in the same folder, a band as <c>F#4</c>), <c>maskKind</c> (<c>scl</c>,
/// <c>qa-pixel</c>, <c>bqa</c>, <c>bqa-pre</c>), <c>scale</c> and <c>offset</c> (reflectance = DN × scale + offset),
/// <c>nodata</c>. The last four may be left out, and mask with them; green is needed where a programme leaves out water.
/// </summary>
/// <param name="Taken">When the scene was taken.</param>
/// <param name="Source">Its files.</param>
public sealed record SceneSidecar(Instant Taken, SceneSource Source)
{
    /// <summary>Its name.</summary>
    internal const string FileName = "scene.json";

    private static readonly (string Name, MaskKind Kind)[] Kinds =
    [
        ("scl", MaskKind.Scl), ("qa-pixel", MaskKind.QaPixel), ("bqa", MaskKind.Bqa), ("bqa-pre", MaskKind.BqaPre),
    ];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>Reads the sidecar of a scene's folder.</summary>
    /// <exception cref="InputException">It is not as above, or names a file that is not there.</exception>
    internal static SceneSidecar Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        Keys keys;
        try
        {
            keys = JsonSerializer.Deserialize<Keys>(File.ReadAllBytes(file), Options)
                ?? throw new JsonException("it is null.");
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"This is no sidecar of a scene: {e.Message}", "The keys are: taken, red, nir, green, mask, maskKind, scale, " +
                "offset, nodata.", FileName, (int)(e.LineNumber ?? 0) + 1, e.Path ?? "");
        }
        bool isTime = DateTimeOffset.TryParseExact(
            keys.Taken, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
            DateTimeStyles.None, out DateTimeOffset taken) && HasOffset(keys.Taken!);
        if (!isTime) throw Wrong("taken", keys.Taken, "Write it with an offset, as 2025-07-15T02:40:00Z.");
        var source = new SceneSource(Band(folder, "red", keys.Red), Band(folder, "nir", keys.Nir))
        {
            Green = keys.Green is null ? null : Band(folder, "green", keys.Green),
            Mask = keys.Mask is null
                ? null
                : new SceneMask(Band(folder, "mask", keys.Mask), Kind(keys.MaskKind)),
            Scale = keys.Scale ?? 1,
            Offset = keys.Offset ?? 0,
            NoData = keys.NoData,
        };
        return new SceneSidecar(Instant.From(taken), source);
    }

    /// <summary>
    /// Writes the sidecar of bands that lie in the folder. A band's own scaling has no key: the caller's source has none.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk or the folder does not take it.</exception>
    public static void Write(string folder, Instant taken, SceneSource source)
    {
        if (source is not { RedScaling: null, NirScaling: null, GreenScaling: null, Saturation: null })
            throw new ArgumentException("Bands with a scaling of their own need a STAC Item.", nameof(source));
        var keys = new Keys(
            taken.ToString(), Name(source.Red), Name(source.Nir), source.Green is null ? null : Name(source.Green),
            source.Mask is null ? null : Name(source.Mask.Band),
            source.Mask is null ? null : Array.Find(Kinds, k => k.Kind == source.Mask.Kind).Name,
            source.Scale, source.Offset, source.NoData);
        AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(keys, Options));

        static string Name(BandReference band) => Path.GetFileName(band.ToString());
    }

    private static bool HasOffset(string time) => time.EndsWith('Z') || time.LastIndexOfAny(['+', '-']) > time.IndexOf('T');

    private static BandReference Band(string folder, string key, string? name)
    {
        if (string.IsNullOrEmpty(name) || Path.GetFileName(name) != name)
        {
            throw Wrong(key, name, "Name a file in the scene's own folder.");
        }
        BandReference band = BandReference.Parse(Path.Combine(folder, name));
        return File.Exists(band.File) ? band : throw Wrong(key, name, "The file is not there; write the sidecar last.");
    }

    private static MaskKind Kind(string? name)
    {
        int known = Array.FindIndex(Kinds, k => k.Name == name);
        return known >= 0 ? Kinds[known].Kind
            : throw Wrong("maskKind", name, $"Write one of {string.Join(", ", Kinds.Select(k => k.Name))}.");
    }

    private static InputException Wrong(string key, string? value, string remedy) =>
        new($"'{value}' cannot be used.", remedy, FileName, 0, key);

    private sealed record Keys(
        string? Taken, string? Red, string? Nir, string? Green, string? Mask, string? MaskKind, double? Scale, double? Offset,
        [property: JsonPropertyName("nodata")] double? NoData);
}
