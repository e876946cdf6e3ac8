using System.Text;
using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>The demonstration's year, run forward month by month.</summary>
[Collection(FinishedDemo.Collection)]
public sealed class DemoAheadTests(FinishedDemo demo) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_called_certain_comes_and_what_comes_was_warned_of()
    {
        string readings = folder.Write("year.csv", Year());
        Dictionary<string, JsonElement> before = [];
        (List<JsonElement> final, _) = await Assess(readings, 12);
        int crossed = 0;
        for (int month = 1; month <= 12; month++)
        {
            (_, List<JsonElement> ahead) = await Assess(readings, month);
            foreach (JsonElement now in ahead)
            {
                string section = now.GetProperty("section").GetString()!;
                JsonElement end = final.Single(f => f.GetProperty("section").GetString() == section);
                if (now.GetProperty("certain") is { ValueKind: JsonValueKind.Object } sure)
                {
                    Assert.Equal(Direction(end), Direction(sure));
                }
                string at = Direction(now.GetProperty("soFar"));
                // A month that is lost suspends the year: that is no band of the table.
                if (before.TryGetValue(section, out JsonElement then) && at != "suspended"
                    && at != Direction(then.GetProperty("soFar")))
                {
                    crossed++;
                    Assert.Contains(
                        then.GetProperty("warnings").EnumerateArray(), w => Direction(w.GetProperty("beyond")) == at);
                }
                before[section] = now;
            }
        }
        Assert.All(before.Values, a => Assert.Equal(JsonValueKind.Object, a.GetProperty("certain").ValueKind));
        Assert.True(crossed > 0, "no section crossed a band");
    }

    private static string Direction(JsonElement outcome) => outcome.GetProperty("direction").GetString()!;

    private static async Task<(List<JsonElement> Judged, List<JsonElement> Ahead)> Assess(string readings, int month)
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync(
            "monitor", "assess", Path.Combine(AppContext.BaseDirectory, "pipelines", "ou-river.yaml"), "--readings", readings,
            "--period", "2025", "--ahead", "--through", $"2025-{month:D2}", "--json");
        Assert.True(code == 0, errors);
        List<JsonElement> lines = [.. output.TrimEnd().Split('\n').Select(l => JsonElement.Parse(l))];
        return ([.. lines.Where(l => !l.TryGetProperty("ahead", out _))],
            [.. lines.Where(l => l.TryGetProperty("ahead", out _)).Select(l => l.GetProperty("ahead"))]);
    }

    // What the demonstration's devices replayed: time,measurand,value,status,instrument.
    private string Year()
    {
        var csv = new StringBuilder("section,time,measurand,value,status,instrument\n");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(demo.Root, "demo", "replay"), "*.csv"))
        {
            foreach (string line in File.ReadLines(file).Skip(1))
            {
                csv.Append(Path.GetFileNameWithoutExtension(file)).Append(',').Append(line).Append('\n');
            }
        }
        return csv.ToString();
    }
}
