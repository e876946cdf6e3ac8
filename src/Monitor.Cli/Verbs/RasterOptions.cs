using System.CommandLine;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Imagery.Outputs;
using Monitor.Imagery.Products;
using Monitor.Imagery.Tiff;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>The options of verbs that write a raster, and the Item beside it.</summary>
internal sealed class RasterOptions
{
    private readonly Option<string?> output = new("--out") { Description = "The GeoTIFF to write." };
    private readonly Option<string?> compress = new("--compress") { Description = "none (default), deflate or zstd." };
    private readonly Option<bool> noItem = new("--no-item")
    {
        Description = "Do not write the STAC Item beside it (OUT with .json), nor hash the inputs for it.",
    };

    internal RasterOptions AddTo(Command command)
    {
        foreach (Option option in (Option[])[output, compress, noItem]) command.Options.Add(option);
        return this;
    }

    internal string Target(ParseResult parsed, IReadOnlyList<SceneProduct> scenes)
    {
        string? path = parsed.GetValue(output);
        if (path is not { Length: > 0 })
            throw new InputException("It is missing.", "Give --out FILE.tif.", field: "--out");
        if (Directory.Exists(path))
            throw new InputException("It is a folder.", "Name a file in it.", path, field: "--out");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new InputException(
                "There is no such folder to write it to.", "Make the folder first.", path, field: "--out");
        }
        DerivedRaster.RequireFree(path, !parsed.GetValue(noItem), scenes);
        return path;
    }

    internal TiffCompression Compression(ParseResult parsed) => parsed.GetValue(compress) switch
    {
        null or "none" => TiffCompression.None,
        "deflate" => TiffCompression.Deflate,
        "zstd" => TiffCompression.Zstd,
        string text => throw new InputException(
            $"'{text}' is not a compression.", "Give none, deflate or zstd.", field: "--compress"),
    };

    /// <summary>
    /// Makes the raster while the inputs are hashed, then writes the Item beside it, unless the user wants none.
    /// </summary>
    internal RasterShape Write(
        ParseResult parsed, string kind, string path, IReadOnlyList<SceneProduct> scenes, int threads,
        Func<RasterShape> make, Action<Utf8JsonWriter> parameters, CancellationToken cancellation)
    {
        if (parsed.GetValue(noItem)) return make();
        IEnumerable<string> files = scenes.SelectMany(s => s.Sidecar is string sidecar
            ? s.Source.Files.Append(sidecar) : s.Source.Files);
        IReadOnlyDictionary<string, InputDigest> digests = InputDigest.Of(files, threads, cancellation);
        RasterShape shape = make();
        DerivedItem.Write(new DerivedRaster(kind, path, shape, scenes, digests, parameters));
        return shape;
    }

    /// <summary>Ends and model of cover, as parameters of an Item.</summary>
    internal static void WriteEnds(Utf8JsonWriter json, CoverEnds ends)
    {
        json.WriteStartObject("cover");
        WriteThree(json, "soil", ends.High.Soil, ends.Central.Soil, ends.Low.Soil);
        WriteThree(json, "veg", ends.High.Veg, ends.Central.Veg, ends.Low.Veg);
        json.WriteString("model", ends.Central.Model == CoverModel.CarlsonRipley ? "carlson-ripley" : "linear");
        json.WriteEndObject();
    }

    private static void WriteThree(Utf8JsonWriter json, string name, double low, double central, double high)
    {
        json.WriteStartArray(name);
        foreach (double end in (double[])[low, central, high]) json.WriteNumberValue(end);
        json.WriteEndArray();
    }
}
