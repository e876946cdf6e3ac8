using System.Collections.Frozen;

namespace Monitor.Domain.Readings;

/// <summary>A quantity that Monitor knows by name.</summary>
/// <param name="Code">HJ 212-2017 table B.1 code, or a word of our own for what HJ does not code
/// (<c>cover</c>).</param>
/// <param name="Chinese">Name on Chinese documents.</param>
/// <param name="English">Name on English pages.</param>
/// <param name="Symbol">Short form in tables, as <c>NH₃-N</c>.</param>
/// <param name="Unit">Unit that the classes of GB 3838-2002 use; <c>1</c> for a pure number.</param>
public sealed record Measurand(string Code, string Chinese, string English, string Symbol, string Unit);

/// <summary>
/// The registry of measurands. Codes: HJ 212-2017 table B.1; turbidity as surface-water software writes it. Readings of
/// codes that are not listed are kept all the same, and shown by their code.
/// </summary>
public static class Measurands
{
    /// <summary>Vegetation cover of a site, a fraction from 0 to 1, from a satellite scene.</summary>
    public const string Cover = "cover";

    /// <summary>The low end of <see cref="Cover"/>'s error band, 0 to 1.</summary>
    public const string CoverLow = "cover-low";

    /// <summary>The high end of <see cref="Cover"/>'s error band, 0 to 1.</summary>
    public const string CoverHigh = "cover-high";

    /// <summary>Mean NDVI of a site, from −1 to 1, from a satellite scene.</summary>
    public const string Ndvi = "ndvi";

    /// <summary>Share of a site's pixels that were clear in the scene, 0 to 1.</summary>
    public const string ClearFraction = "clear-fraction";

    /// <summary>
    /// Share of a site's pixels, of those with data on any date, that enough clear dates of a composite show, 0 to 1. Its
    /// instrument is the composite's, and so that of the composite's NDVI and covers at the same moment.
    /// </summary>
    public const string EnoughFraction = "enough-fraction";

    /// <summary>
    /// At a scene's moment: that it went into the composite of a later or the same moment, which is the value, in
    /// milliseconds of Unix time.
    /// </summary>
    public const string CompositeAt = "composite-at";

    /// <summary>How a device at an agent is doing: 0 well, else what is wrong with it (docs/devices.md).</summary>
    public const string DeviceFault = "device-fault";

    /// <summary>Of a tombstone: the first batch that an agent had to drop, by its sequence.</summary>
    public const string LostFrom = "lost-from";

    /// <summary>Of a tombstone: the last batch that was dropped.</summary>
    public const string LostTo = "lost-to";

    /// <summary>Of a tombstone: how many readings were in what was dropped.</summary>
    public const string LostReadings = "lost-readings";

    /// <summary>pH, whose means go through [H⁺] (环办监测函〔2020〕82号).</summary>
    public const string Ph = "w01001";

    /// <summary>Total water use of the upstream party in the period.</summary>
    public const string WaterUse = "water-use";

    /// <summary>Water used per unit of output.</summary>
    public const string WaterIntensity = "water-intensity";

    /// <summary>
    /// Depth to the water table in a well, in metres below the ground; negative where water stands above it.
    /// </summary>
    public const string WaterTableDepth = "water-table-depth";

    /// <summary>
    /// Share of the years of a long record that had less rain than the reading's year, 0 to 1; as the weather service says.
    /// </summary>
    public const string RainfallRank = "rainfall-rank";

    /// <summary>All known measurands, in code order.</summary>
    public static IReadOnlyList<Measurand> All { get; } =
    [
        new(ClearFraction, "无云像元比例", "clear fraction", "clear", "1"),
        new(CompositeAt, "并入合成", "part of the composite of", "→", "ms"),
        new(Cover, "植被覆盖度", "vegetation cover", "FVC", "1"),
        new(CoverHigh, "植被覆盖度上界", "vegetation cover, high", "FVC↑", "1"),
        new(CoverLow, "植被覆盖度下界", "vegetation cover, low", "FVC↓", "1"),
        new(EnoughFraction, "有效日期足够的像元比例", "share with enough dates", "enough", "1"),
        new(DeviceFault, "设备故障码", "device fault", "fault", "1"),
        new(LostFrom, "丢失批次起", "lost batches, first", "lost↦", "1"),
        new(LostReadings, "丢失读数", "lost readings", "lost", "1"),
        new(LostTo, "丢失批次止", "lost batches, last", "↦lost", "1"),
        new(Ndvi, "归一化植被指数", "NDVI", "NDVI", "1"),
        new(RainfallRank, "降雨量历年位次", "share of years with less rain", "rank", "1"),
        new("w00000", "流量", "flow", "Q", "L/s"),
        new("w01001", "pH 值", "pH", "pH", "1"),
        new("w01003", "浊度", "turbidity", "浊度", "NTU"),
        new("w01009", "溶解氧", "dissolved oxygen", "DO", "mg/L"),
        new("w01010", "水温", "water temperature", "水温", "℃"),
        new("w01014", "电导率", "electrical conductivity", "电导率", "μS/cm"),
        new("w01017", "五日生化需氧量", "five-day biochemical oxygen demand", "BOD₅", "mg/L"),
        new("w01018", "化学需氧量", "chemical oxygen demand", "COD", "mg/L"),
        new("w01019", "高锰酸盐指数", "permanganate index", "CODMn", "mg/L"),
        new("w02003", "粪大肠菌群", "faecal coliforms", "粪大肠菌群", "个/L"),
        new("w19002", "阴离子表面活性剂", "anionic surfactants", "LAS", "mg/L"),
        new("w20111", "汞", "mercury", "Hg", "mg/L"),
        new("w20115", "镉", "cadmium", "Cd", "mg/L"),
        new("w20117", "铬（六价）", "chromium (VI)", "Cr⁶⁺", "mg/L"),
        new("w20119", "砷", "arsenic", "As", "mg/L"),
        new("w20120", "铅", "lead", "Pb", "mg/L"),
        new("w20122", "铜", "copper", "Cu", "mg/L"),
        new("w20123", "锌", "zinc", "Zn", "mg/L"),
        new("w20128", "硒", "selenium", "Se", "mg/L"),
        new("w21001", "总氮", "total nitrogen", "TN", "mg/L"),
        new("w21003", "氨氮", "ammonia nitrogen", "NH₃-N", "mg/L"),
        new("w21011", "总磷", "total phosphorus", "TP", "mg/L"),
        new("w21016", "氰化物", "cyanide", "CN⁻", "mg/L"),
        new("w21017", "氟化物", "fluoride", "F⁻", "mg/L"),
        new("w21019", "硫化物", "sulfide", "S²⁻", "mg/L"),
        new("w22001", "石油类", "petroleum", "石油类", "mg/L"),
        new("w23002", "挥发酚", "volatile phenols", "挥发酚", "mg/L"),
        new(WaterTableDepth, "地下水埋深", "depth to the water table", "埋深", "m"),
        new(WaterIntensity, "万元 GDP 用水量", "water use per 10,000 yuan of GDP", "U", "m³/万元"),
        new(WaterUse, "用水总量", "total water use", "W", "10⁴ m³"),
    ];

    private static readonly FrozenDictionary<string, Measurand> ByCode = All.ToFrozenDictionary(m => m.Code);

    private static readonly FrozenDictionary<string, Measurand>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByCode.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The measurand of a code, or null where it is not registered.</summary>
    public static Measurand? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The same, of a text that is no string yet.</summary>
    public static Measurand? Find(ReadOnlySpan<char> code) => BySpan.TryGetValue(code, out Measurand? found) ? found : null;

    /// <summary>Whether the text can be a measurand's code: an id, see <see cref="Identifier"/>.</summary>
    public static bool IsCode(ReadOnlySpan<char> code) => Identifier.IsValid(code);
}
