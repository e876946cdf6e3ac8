using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>The client that most JavaScript devices use, npm's <c>mqtt</c>: by TCP, TLS and mTLS; and refused properly.</summary>
public sealed class NodeAgentTests(NodeClient node) : IClassFixture<NodeClient>
{
    [Theory]
    [InlineData("tcp", 4, 0)]
    [InlineData("tcp", 4, 1)]
    [InlineData("tcp", 4, 2)]
    [InlineData("tcp", 5, 0)]
    [InlineData("tcp", 5, 1)]
    [InlineData("tcp", 5, 2)]
    [InlineData("tls", 4, 1)]
    [InlineData("tls", 5, 1)]
    [InlineData("mtls", 4, 1)]
    [InlineData("mtls", 5, 1)]
    public async Task It_publishes_and_gets_its_receipt(string door, int version, int qos)
    {
        Authority? authority = null;
        await using AgentService service = await AgentService.StartAsync(
            tls: folder => ForeignAgentTests.Tls(authority = new Authority(folder, "agents")));
        string password = service.Register("A-017");
        (string own, string ownKey) = authority!.Issue("A-017", forServer: false);
        string payload = service.Scratch.Write("payload", SampleBatch.Hourly(1).Payload.ToArray());
        (int code, string output) = await node.PublishAsync(
            Text(door == "tcp" ? service.Server.MqttPort : service.Server.MqttTlsPort!.Value), Text(version), Text(qos),
            door == "mtls" ? "" : password, door == "tcp" ? "" : authority.File,
            door == "mtls" ? own : "", door == "mtls" ? ownKey : "", payload);
        Assert.Equal((0, "{\"v\":1,\"boot\":\"boot1\",\"stored\":[[1,1]]}"), (code, output.Trim()));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), service.Server.Record.Count());
        authority.Dispose();
    }

    [Theory]
    [InlineData(4, "refused 4")] // 3.1.1 §3.2.2.3: bad user name or password
    [InlineData(5, "refused 134")] // 0x86
    public async Task With_a_wrong_password_it_is_told_so(int version, string said)
    {
        await using AgentService service = await AgentService.StartAsync();
        service.Register("A-017");
        (int code, string output) = await node.PublishAsync(
            Text(service.Server.MqttPort), Text(version), "1", "wrong", "", "", "", service.Scratch["none"]);
        Assert.Equal((1, said), (code, output.Trim()));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
