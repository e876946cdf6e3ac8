using System.Globalization;
using Monitor.Cli;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Screening;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Integration.Tests.RealData;

/// <summary>What docs/guide/real-data.md says of real series, counted again.</summary>
public sealed class RealDataTests
{
    private static readonly (string Column, string Code)[] Indicators =
    [
        ("ph", "w01001"), ("do_mg_l", "w01009"), ("codmn_mg_l", "w01019"), ("nh3n_mg_l", "w21003"), ("tp_mg_l", "w21011"),
    ];

    [Fact]
    public void The_published_classes_of_zhejiang_are_ours_but_for_three_that_were_published_by_lake_limits()
    {
        List<Dictionary<string, string>> rows = Rows("waterquality/cnemc/zhejiang_all.csv");
        (int published, int equal, int byLake, int unpublished) = (0, 0, 0, 0);
        foreach (Dictionary<string, string> row in rows)
        {
            string? wanted = Class(row["published_class"]), river = Judge(row, WaterBody.River);
            if (wanted is null && river is not null) unpublished++;
            if (wanted is null) continue;
            published++;
            if (wanted == river) equal++;
            else if (wanted == Judge(row, WaterBody.Lake)) byLake++;
        }
        Assert.Equal((1520, 1057, 1054, 3, 124), (rows.Count, published, equal, byLake, unpublished));
    }

    [Fact]
    public void Rounding_for_display_changes_no_class_in_zhejiang()
    {
        Assert.All(Rows("waterquality/cnemc/zhejiang_all.csv"), row => Assert.Equal(
            Judge(row, WaterBody.River), Judge(row, WaterBody.River, suffix: "")));
    }

    // Good, suspect and failed, by the limits of the guide.
    [Theory]
    [InlineData("MainStreet2020", "ph", 8736, 0, 0)]
    [InlineData("MainStreet2020", "cond", 8568, 154, 14)]
    [InlineData("Mendon2020", "temp", 8719, 2, 9)]
    [InlineData("TonyGrove2020", "temp", 8290, 283, 163)]
    [InlineData("FB2017", "cond", 34562, 465, 5)]
    public void The_logan_river_is_flagged_as_the_guide_says(string file, string column, int good, int suspect, int failed)
    {
        (Instant[] times, decimal?[] values) = Series($"waterquality/lro_utah_15min/{file}.csv", column);
        ScreeningOutcome outcome = SeriesScreening.Run(times, values, Limits(column));
        int Count(QcFlag flag) => outcome.Flags.Count(f => f == flag);
        Assert.Equal((good, suspect, failed), (Count(QcFlag.Good), Count(QcFlag.Suspect), Count(QcFlag.Fail)));
    }

    [Fact]
    public void A_sentinel_costs_its_neighbours_as_a_value_and_nothing_as_a_missing_one()
    {
        (Instant[] times, decimal?[] values) = Series("waterquality/lro_utah_15min/MainStreet2020.csv", "temp");
        Assert.Equal(2, values.Count(v => v == -9999));
        ScreeningOutcome sent = SeriesScreening.Run(times, values, Limits("temp"));
        ScreeningOutcome marked = SeriesScreening.Run(
            times, values, Limits("temp"), [.. values.Select(v => v == -9999 ? "D" : "N")]);
        Assert.Equal(3, sent.Flags.Count(f => f == QcFlag.Fail));
        Assert.Equal(2, marked.Flags.Count(f => f == QcFlag.Fail));
    }

    private static ScreeningLimits Limits(string column) => ScreeningDefinition.Parse(column switch
    {
        "temp" => Yaml("-2,45", "-0.5,30", "suspect: 0.5, fail: 2", "suspect_per_s: 0.0006, fail_per_s: 0.003", "0.005"),
        "ph" => Yaml("0,14", "6,9.5", "suspect: 0.2, fail: 1", "suspect_per_s: 0.0003, fail_per_s: 0.001", "0.005"),
        _ => Yaml("0,2000", "100,1000", "suspect: 30, fail: 100", "suspect_per_s: 0.05, fail_per_s: 0.3", "0.05"),
    }, "limits.yaml");

    private static string Yaml(string fail, string suspect, string spike, string rate, string flat) =>
        $$"""
        gross_range: {fail: [{{fail}}], suspect: [{{suspect}}]}
        spike: { {{spike}}, method: differential}
        rate_of_change: { {{rate}} }
        flat_line: {suspect_s: 21600, fail_s: 43200, tolerance: {{flat}}}
        gap: {suspect_s: 1800, fail_s: 86400}
        """;

    private static (Instant[] Times, decimal?[] Values) Series(string file, string column)
    {
        List<Dictionary<string, string>> rows = Rows(file);
        return (
            [.. rows.Select(r => Instant.From(new DateTimeOffset(
                DateTime.Parse(r["datetime"], CultureInfo.InvariantCulture), TimeSpan.FromHours(-7))))],
            [.. rows.Select(r => Number(r[column]))]);
    }

    private static string? Judge(Dictionary<string, string> row, WaterBody body, string suffix = "_raw")
    {
        Dictionary<string, decimal> values = [];
        foreach ((string column, string code) in Indicators)
        {
            if (Number(row[column + suffix]) is decimal value) values[code] = value;
        }
        return SingleFactorClass.Judge(Standard.Standard.Limits, values, body).Class?.Name();
    }

    private static StandardFile Standard { get; } = StandardFile.Read(DefinitionFiles.Shipped("gb3838-2002.yaml"));

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static string? Class(string published) => published switch
    {
        "Ⅰ" => "I",
        "Ⅱ" => "II",
        "Ⅲ" => "III",
        "Ⅳ" => "IV",
        "Ⅴ" => "V",
        "劣Ⅴ" => "inferior-V",
        _ => null,
    };

    // No cell of these files holds a comma or a quote.
    private static List<Dictionary<string, string>> Rows(string name)
    {
        string[] lines = File.ReadAllLines(SharedData.Find(name));
        string[] heads = lines[0].TrimStart('\uFEFF').Split(',');
        return [.. lines.Skip(1).Where(l => l.Length > 0)
            .Select(l => heads.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }
}
