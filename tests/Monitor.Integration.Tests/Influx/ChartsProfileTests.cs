using System.Text.Json;
using System.Text.RegularExpressions;
using Monitor.Integration.Tests.Support;
using Monitor.Storage.Influx;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Monitor.Integration.Tests.Influx;

/// <summary>
/// The charts' containers cannot run here; that their files hold together can be seen: YAML and JSON that read, one data
/// source that all panels name, tags and fields that the projection writes, queries that a real InfluxDB answers.
/// </summary>
public sealed partial class ChartsProfileTests
{
    private static string Folder => Path.Combine(Repository.Root!.FullName, "deploy", "grafana");

    private static JsonDocument Dashboard =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dashboards", "sections.json")));

    [Fact]
    public void The_compose_file_mounts_what_is_there_and_names_each_volume()
    {
        YamlMappingNode root = Yaml(Path.Combine(Repository.Root!.FullName, "docker-compose.yml"));
        var services = (YamlMappingNode)root["services"];
        var volumes = ((YamlMappingNode)root["volumes"]).Children.Keys.Select(k => k.ToString()).ToHashSet();
        foreach (string name in new[] { "influxdb", "grafana" })
        {
            var service = (YamlMappingNode)services[name];
            Assert.Equal("charts", ((YamlSequenceNode)service["profiles"])[0].ToString());
            foreach (string mount in ((YamlSequenceNode)service["volumes"]).Select(v => v.ToString()))
            {
                string source = mount.Split(':')[0];
                bool isThere = source.StartsWith("./", StringComparison.Ordinal)
                    ? Directory.Exists(Path.Combine(Repository.Root.FullName, source))
                    : volumes.Contains(source);
                Assert.True(isThere, mount);
            }
        }
        string bucket = services["influxdb"]["environment"]["DOCKER_INFLUXDB_INIT_BUCKET"].ToString();
        YamlNode source1 = ((YamlSequenceNode)Yaml(
            Path.Combine(Folder, "provisioning", "datasources", "influxdb.yaml"))["datasources"])[0];
        Assert.Equal(bucket, source1["jsonData"]["dbName"].ToString());
        YamlNode provider = ((YamlSequenceNode)Yaml(
            Path.Combine(Folder, "provisioning", "dashboards", "monitor.yaml"))["providers"])[0];
        Assert.Contains($":{provider["options"]["path"]}:ro", services["grafana"]["volumes"].ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_panel_has_a_Chinese_title_and_the_one_data_source()
    {
        YamlNode source = ((YamlSequenceNode)Yaml(
            Path.Combine(Folder, "provisioning", "datasources", "influxdb.yaml"))["datasources"])[0];
        using JsonDocument dashboard = Dashboard;
        List<JsonElement> panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];

        Assert.Equal(7, panels.Count);
        Assert.Equal(panels.Count, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel =>
        {
            Assert.Equal(source["uid"].ToString(), panel.GetProperty("datasource").GetProperty("uid").GetString());
            Assert.Matches(Chinese(), panel.GetProperty("title").GetString());
        });
    }

    [Fact]
    public async Task A_real_InfluxDB_answers_every_query_of_the_dashboard_and_each_name_in_it_is_written_by_the_projection()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        using var record = new ProjectedRecord();
        record.Append("S-03", [.. new[] { "w21003", "w01019", "w21011", "w01009", "w01001" }.Select(code =>
            Storage.SampleBatch.One(0, Storage.SampleBatch.Start, "<0.40", code, instrument: "AN-22"))]);
        using InfluxProjection projection = record.Project(server.Target());
        await ProjectedRecord.RunAsync(projection);
        HashSet<string> known = [LineProtocol.Measurement, .. LineProtocol.Tags, .. LineProtocol.Fields];
        using JsonDocument dashboard = Dashboard;
        List<string> queries = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("query").GetString()!)];

        foreach (string query in queries)
        {
            Assert.All(Quoted().Matches(query).Select(m => m.Groups[1].Value), name => Assert.Contains(name, known));
            // As Grafana fills them in.
            string asked = query.Replace("$section", "(S-03)", StringComparison.Ordinal)
                .Replace("$statistic", "(rtd|hour)", StringComparison.Ordinal)
                .Replace("$__interval", "1h", StringComparison.Ordinal)
                .Replace("$timeFilter", "time >= 1735689600000ms AND time < 1735700000000ms", StringComparison.Ordinal);
            Assert.Contains("\"values\":[[1735689600000", await server.AskAsync(asked), StringComparison.Ordinal);
        }
        foreach (JsonElement one in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray())
        {
            Assert.Contains(one.GetProperty("name").GetString() == "section" ? "S-03" : "hour",
                await server.AskAsync(one.GetProperty("query").GetString()!), StringComparison.Ordinal);
        }
    }

    private static YamlMappingNode Yaml(string file)
    {
        var stream = new YamlStream();
        using var text = new StreamReader(file);
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    [GeneratedRegex("[\u4e00-\u9fff]|pH")]
    private static partial Regex Chinese();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
