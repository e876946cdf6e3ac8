using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

/// <summary>Packets of real devices and programs, through the verb: each has the verdict stated beside it.</summary>
public sealed class Hj212VerbTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_public_packet_has_the_stated_verdict()
    {
        JsonElement[] stated = [.. File.ReadLines(SharedData.Find("messages/hj212/packets.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.Clone())];
        // In one file, as they travel, and with something between them that is no packet.
        File.WriteAllText(folder["packets"], string.Concat(stated.Select((s, i) =>
            Text(s, "packet") + (i % 3 == 0 ? "\r\nxyz" : "\r\n"))));

        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor", "hj212", folder["packets"], "--json");

        Assert.Equal(0, code);
        JsonElement[] found = [.. output.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.Clone())];
        Assert.Equal(stated.Length, found.Length);
        foreach ((JsonElement given, JsonElement verdict) in stated.Zip(found))
        {
            (bool length, bool crc) = (Flag(given, "length_ok"), Flag(given, "crc_ok"));
            Assert.Equal((length, crc, length && crc, Text(given, "packet")),
                (Flag(verdict, "length"), Flag(verdict, "crc"), Flag(verdict, "ok"), Text(given, "packet")));
            Assert.Equal(Flag(verdict, "ok"), verdict.GetProperty("error").ValueKind == JsonValueKind.Null);
            Assert.Equal(ValueCount(given, Flag(verdict, "ok")), verdict.GetProperty("readings").GetArrayLength());
        }
        int garbage = 3 * ((stated.Length + 2) / 3);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture,
            $"{stated.Length} packets, {stated.Count(s => !Flag(s, "crc_ok"))} of them wrong; {garbage} bytes"), errors);
    }

    [Fact]
    public async Task Standard_input_is_read_and_a_reading_is_told_to_the_digit()
    {
        string right = Encoding.UTF8.GetString(Hj212Writer.Frame(
            "ST=21;CN=2061;PW=1;MN=M1;CP=&&DataTime=20250101080000;w01009-Avg=6.60,w01009-Flag=N&&")).TrimEnd();
        (int code, string output, _) = await ProgramProcess.RunWithAsync(
            "monitor", [right[..^4] + "FFFF"], "hj212", "-", "--json");
        Assert.Equal(0, code);
        Assert.StartsWith("""
            {"packet":1,"ok":false,"length":true,"crc":false,"st":"21","cn":"2061","mn":"M1","readings":[],"error":"
            """, output, StringComparison.Ordinal);
        (_, output, string errors) = await ProgramProcess.RunWithAsync("monitor", [right], "hj212", "-", "--json");
        Assert.Equal("""
            {"packet":1,"ok":true,"length":true,"crc":true,"st":"21","cn":"2061","mn":"M1","readings":[
            {"p":"w01009","t":1735689600000,"v":"6.60","k":"hour","st":"N"}],"error":null}
            """.Replace("\n", "", StringComparison.Ordinal), output.TrimEnd());
        Assert.Contains("1 packets, 0 of them wrong; 0 bytes", errors);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_bad_input()
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor", "hj212", folder["none"]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("There is no such file.", errors);
    }

    private static int ValueCount(JsonElement given, bool isRight)
    {
        string packet = Text(given, "packet");
        string? field = !isRight ? null
            : packet.Contains("CN=2011;") ? "-Rtd="
            : packet.Contains("CN=2061;") || packet.Contains("CN=2051;") || packet.Contains("CN=2031;") ? "-Avg=" : null;
        return field is null ? 0 : packet.Split(field).Length - 1 - packet.Split("Zs" + field[1..]).Length + 1;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static bool Flag(JsonElement json, string name) => json.GetProperty(name).GetBoolean();
}
