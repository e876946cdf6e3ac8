using Monitor.Mqtt.Protocol;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>
/// What the two standards say of a server and a client, statement by statement: played as bytes, shown by another test, or
/// named with the reason why it does not concern us.
/// </summary>
public sealed class MqttStatementTests
{
    public static TheoryData<string, string> Of311 => Scripts(MqttStatementsOf311.Table);

    public static TheoryData<string, string> Of500 => Scripts(MqttStatementsOf500.Table);

    [Theory]
    [MemberData(nameof(Of311))]
    public Task A_statement_of_3_1_1_holds(string number, string script) => PlayAsync(number, script, MqttProtocolVersion.V311);

    [Theory]
    [MemberData(nameof(Of500))]
    public Task A_statement_of_5_0_holds(string number, string script) => PlayAsync(number, script, MqttProtocolVersion.V500);

    [Theory]
    [InlineData(MqttProtocolVersion.V311, 141)]
    [InlineData(MqttProtocolVersion.V500, 251)]
    public void Every_statement_is_named_once(MqttProtocolVersion version, int count)
    {
        IReadOnlyList<MqttStatement> all = Of(version);
        Assert.Equal([], all.GroupBy(s => s.Number).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Equal(count, all.Count);
        // No gap in a section's numbers but the one that the standard itself leaves.
        Assert.Equal(version == MqttProtocolVersion.V311 ? [] : ["2.2.1-1"], Gaps(all));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public void The_tests_that_are_named_are_there(MqttProtocolVersion version)
    {
        foreach (MqttStatement statement in Of(version))
        {
            if (!statement.How.StartsWith(MqttStatement.SeePrefix, StringComparison.Ordinal)) continue;
            string[] name = statement.How[MqttStatement.SeePrefix.Length..].Split('.');
            (_, string text) = Assert.Single(HouseFiles.All.Texts(
                path => path.EndsWith($"/{name[0]}.cs", StringComparison.Ordinal)));
            Assert.Contains($" {name[1]}(", text, StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<MqttStatement> Of(MqttProtocolVersion version) => MqttStatement.Read(
        version == MqttProtocolVersion.V311 ? MqttStatementsOf311.Table : MqttStatementsOf500.Table);

    private static TheoryData<string, string> Scripts(string table)
    {
        var data = new TheoryData<string, string>();
        foreach (MqttStatement statement in MqttStatement.Read(table).Where(s => s.IsScript))
        {
            data.Add(statement.Number, statement.How);
        }
        return data;
    }

    private static async Task PlayAsync(string number, string script, MqttProtocolVersion version)
    {
        Assert.NotEmpty(number);
        await MqttScript.PlayAsync(script, version);
    }

    private static IEnumerable<string> Numbers(IEnumerable<MqttStatement> all) => all.Select(s => s.Number);

    private static IEnumerable<string> Gaps(IReadOnlyList<MqttStatement> all)
    {
        HashSet<string> there = [.. Numbers(all)];
        foreach (var section in all.GroupBy(s => s.Number[..s.Number.LastIndexOf('-')]))
        {
            int last = section.Max(s => int.Parse(s.Number[(section.Key.Length + 1)..],
                System.Globalization.CultureInfo.InvariantCulture));
            for (int i = 1; i < last; i++)
            {
                if (!there.Contains($"{section.Key}-{i}")) yield return $"{section.Key}-{i}";
            }
        }
    }
}
