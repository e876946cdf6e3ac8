using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Wire.SenMl;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>The examples of RFC 8428 as their authors keep them, read in place, against their resolved forms.</summary>
public sealed class SenMlExampleTests
{
    // When the authors resolved those without a time, in seconds.
    private const decimal Resolved = 1498780179, ResolvedSeventh = 1499109309;

    // Example 13 has no resolved form; the seventh's leaves out its last record, the one with bytes.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 7)]
    [InlineData(4, 12)]
    [InlineData(5, 13)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    [InlineData(8, 2)]
    [InlineData(9, 3)]
    [InlineData(10, 2)]
    [InlineData(11, 2)]
    [InlineData(12, 2)]
    public void An_example_resolves_to_its_published_form(int number, int records)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"messages/senml/ex{number}.gen");
        byte[] pack = File.ReadAllBytes(SharedData.Find(place + ".json"));
        using var published = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find(place + ".resolved.json")));
        decimal now = number == 7 ? ResolvedSeventh : Resolved;

        bool isPack = SenMlPack.TryResolve(
            pack, new Instant((long)(now * 1000)), out IReadOnlyList<SenMlRecord>? found, out string reason);

        Assert.True(isPack, reason);
        Assert.Equal(records, found!.Count);
        JsonElement[] expected = [.. published.RootElement.EnumerateArray()];
        Assert.Equal(number == 7 ? 3 : records, expected.Length);
        foreach ((JsonElement json, SenMlRecord record) in expected.Zip(found))
        {
            Assert.Equal(Text(json, "n"), record.Name);
            Assert.Equal(Text(json, "u"), record.Unit);
            Assert.Equal(Number(json, "t"), record.Time);
            Assert.Equal(Number(json, "v"), record.Value);
            Assert.Equal(Text(json, "vs"), record.Text);
            Assert.Equal(json.TryGetProperty("vb", out JsonElement truth) ? truth.GetBoolean() : null, record.Truth);
            Assert.Equal(
                json.TryGetProperty("l", out JsonElement link) ? [("l", link.GetRawText())] : [], record.Others);
        }
        if (number == 7) Assert.Equal("aGkgCg", found[3].Data);
    }

    [Fact]
    public void Every_other_json_example_is_read_as_well()
    {
        string first = SharedData.Find("messages/senml/ex1.json");
        string[] files = [.. Directory.EnumerateFiles(Path.GetDirectoryName(first)!, "*.json")
            .Where(file => new FileInfo(file).Length > 0 && File.ReadAllText(file).TrimStart().StartsWith('['))];
        Assert.True(files.Length >= 25, $"{files.Length} files");
        foreach (string file in files)
        {
            bool isPack = SenMlPack.TryResolve(File.ReadAllBytes(file), new Instant(0), out _, out string reason);
            Assert.True(isPack, $"{Path.GetFileName(file)}: {reason}");
        }
    }

    private static string? Text(JsonElement json, string label) =>
        json.TryGetProperty(label, out JsonElement value) ? value.GetString() : null;

    private static decimal? Number(JsonElement json, string label) => json.TryGetProperty(label, out JsonElement value)
        ? decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;
}
