using System.CommandLine;
using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Products;
using Monitor.Raster;

namespace Monitor.Cli.Verbs;

/// <summary>
/// The options that say which scene is meant and what its numbers mean; shared by all verbs of `scene`.
/// </summary>
internal sealed class SceneOptions
{
    private readonly Option<string?> red = new("--red") { Description = "Red band: FILE or FILE#BAND." };
    private readonly Option<string?> nir = new("--nir") { Description = "Near infrared band: FILE or FILE#BAND." };
    private readonly Option<string?> item = new("--item") { Description = "STAC Item, in place of red and nir." };
    private readonly Option<string?> product = new("--product")
    {
        Description = "Folder of a Sentinel-2 L2A or Landsat Collection 2 Level 2 product, in place of red and nir.",
    };

    private readonly Option<string?> mask = new("--mask") { Description = "Quality band: FILE or FILE#BAND." };
    private readonly Option<string?> kind = new("--mask-kind") { Description = "scl, qa-pixel, bqa or bqa-pre." };
    private readonly Option<string?> dilate = new("--dilate") { Description = "Grow the mask by N of its pixels (0)." };
    private readonly Option<string?> scale = new("--scale") { Description = "Reflectance per DN (1)." };
    private readonly Option<string?> offset = new("--offset") { Description = "Reflectance at DN 0 (0)." };
    private readonly Option<string?> noData = new("--nodata") { Description = "Nodata DN, not the files' own." };
    private readonly Option<string?> soil = new("--soil") { Description = "NDVI of bare soil: LOW,CENTRAL,HIGH." };
    private readonly Option<string?> veg = new("--veg") { Description = "NDVI of full cover: LOW,CENTRAL,HIGH." };
    private readonly Option<string?> model = new("--model") { Description = "linear (default) or carlson-ripley." };
    private readonly Option<string?> threads = new("--threads") { Description = "Threads (all processors)." };

    internal SceneOptions AddTo(Command command, bool withCover)
    {
        Option[] all = [red, nir, item, product, mask, kind, dilate, scale, offset, noData, threads];
        foreach (Option option in all) command.Options.Add(option);
        if (!withCover) return this;
        foreach (Option option in (Option[])[soil, veg, model]) command.Options.Add(option);
        return this;
    }

    /// <summary>For a verb of several scenes, which names them itself.</summary>
    internal SceneOptions AddForMany(Command command)
    {
        foreach (Option option in (Option[])[dilate, noData, soil, veg, model, threads]) command.Options.Add(option);
        return this;
    }

    /// <summary>
    /// The first option given that has no meaning for a raster of other values; null when there is none.
    /// </summary>
    internal string? FirstOfScene(ParseResult parsed) =>
        Array.Find(
            [red, nir, item, product, mask, kind, dilate, scale, offset, soil, veg, model],
            option => parsed.GetValue(option) is not null)?.Name;

    internal SceneSource Source(ParseResult parsed) => Product(parsed).Source;

    /// <summary>By its files, its item or its product folder; the green band as the sidecar names it.</summary>
    internal SceneProduct Product(ParseResult parsed)
    {
        SceneProduct scene = parsed.GetValue(item) is string file ? StacItem.Read(Alone(parsed, item, product, file))
            : parsed.GetValue(product) is string folder ? SceneProduct.Open(Alone(parsed, product, item, folder))
            : ByFiles(parsed);
        return Adjusted(parsed, scene);
    }

    /// <summary>A scene with the mask, its growth and the nodata that the command line asks for.</summary>
    internal SceneProduct Adjusted(ParseResult parsed, SceneProduct scene)
    {
        SceneSource source = scene.Source;
        source = source with { Mask = Mask(parsed, source.Mask), NoData = Number(parsed, noData) };
        return scene with { Source = source };
    }

    internal double? NoData(ParseResult parsed) => Number(parsed, noData);

    internal int Threads(ParseResult parsed) =>
        Whole(parsed, threads, 1, 1024) ?? Math.Max(1, Environment.ProcessorCount);

    internal CoverEnds? Ends(ParseResult parsed)
    {
        CoverModel chosen = parsed.GetValue(model) switch
        {
            null or "linear" => CoverModel.Linear,
            "carlson-ripley" => CoverModel.CarlsonRipley,
            string other => throw new InputException(
                $"'{other}' is not a model of cover.", "Give linear or carlson-ripley.", field: "--model"),
        };
        double[]? s = Three(parsed, soil), v = Three(parsed, veg);
        if (s is null && v is null) return null;
        if (s is null || v is null)
            throw new InputException("One without the other.", "Give --soil L,C,H and --veg L,C,H.", field: "--soil");
        try
        {
            return new CoverEnds(s[0], s[1], s[2], v[0], v[1], v[2], chosen);
        }
        catch (ArgumentException fault)
        {
            string text = fault.Message.Split(" (Parameter")[0];
            throw new InputException(text, "As in --soil 0.05,0.10,0.20 --veg 0.80,0.86,0.90.", field: "--soil, --veg");
        }
    }

    private static double? Number(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not string text) return null;
        return Number(text, option.Name);
    }

    private SceneProduct ByFiles(ParseResult parsed)
    {
        string redFile = Required(parsed, red), nirFile = Required(parsed, nir);
        double factor = Number(parsed, scale) ?? 1;
        if (factor <= 0)
            throw new InputException($"'{factor}' is not above 0.", "Give reflectance per DN.", field: "--scale");
        var source = new SceneSource(BandReference.Parse(redFile), BandReference.Parse(nirFile))
        {
            Scale = factor,
            Offset = Number(parsed, offset) ?? 0,
        };
        return new SceneProduct(Path.GetFileNameWithoutExtension(source.Red.File), null, source);
    }

    // A sidecar names bands and scaling itself: by hand they would be an offset forgotten or applied twice.
    private string Alone(ParseResult parsed, Option<string?> chosen, Option<string?> rival, string value)
    {
        Option<string?>? other = Array.Find([red, nir, scale, offset, rival], o => parsed.GetValue(o) is not null);
        return other is null ? value : throw new InputException(
            $"It cannot stand beside {chosen.Name}.", "Give one or the other.", field: other.Name);
    }

    private SceneMask? Mask(ParseResult parsed, SceneMask? own)
    {
        string? file = parsed.GetValue(mask), name = parsed.GetValue(kind);
        int? grow = Whole(parsed, dilate, 0, 1000);
        if (file is null && name is null && own is not null) return own with { Dilate = grow ?? 0 };
        if (file is null && name is null && grow is null) return null;
        if (file is null)
            throw new InputException("There is no mask.", "Give --mask FILE with --mask-kind.", field: "--mask");
        MaskKind rule = MaskKindName.Of(name) ?? throw new InputException(
            name is null ? "The kind of mask is not said." : $"'{name}' is not a kind of mask.",
            "Give scl, qa-pixel, bqa or bqa-pre.", field: "--mask-kind");
        return new SceneMask(BandReference.Parse(file), rule, grow ?? 0);
    }

    private static string Required(ParseResult parsed, Option<string?> option) => parsed.GetValue(option)
        ?? throw new InputException(
            "It is missing.", "Give --red FILE and --nir FILE, or --item, or --product.", field: option.Name);

    private static int? Whole(ParseResult parsed, Option<string?> option, int min, int max)
    {
        if (parsed.GetValue(option) is not string text) return null;
        bool whole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n);
        if (whole && n >= min && n <= max) return n;
        throw new InputException(
            $"'{text}' is not a whole number from {min} to {max}.", "Correct the option.", field: option.Name);
    }

    private static double[]? Three(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not string text) return null;
        string[] parts = text.Split(',');
        if (parts.Length == 3) return [.. parts.Select(p => Number(p, option.Name))];
        throw new InputException($"'{text}' is not three numbers.", "Give LOW,CENTRAL,HIGH.", field: option.Name);
    }

    private static double Number(string text, string field)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && double.IsFinite(n))
            return n;
        throw new InputException($"'{text}' is not a number.", "Write it with a point, as -0.1.", field: field);
    }
}
