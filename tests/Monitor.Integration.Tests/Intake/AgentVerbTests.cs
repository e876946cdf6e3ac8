using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary><c>agent add|list|revoke</c>, beside a service that runs on the same folder.</summary>
public sealed class AgentVerbTests
{
    [Fact]
    public async Task What_add_writes_lets_the_agent_in_until_it_is_revoked()
    {
        await using AgentService service = await AgentService.StartAsync();
        (int code, string output, _) = await Run(service, "add", "A-017", "--section", "S-03");
        string file = Path.Combine(service.Folder.Root, "agents", "A-017.json");
        Assert.Equal(0, code);
        Assert.Contains(file, output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        JsonElement written = JsonDocument.Parse(text).RootElement;
        Assert.Equal($"127.0.0.1:{service.Server.MqttPort}", written.GetProperty("server").GetString());
        Assert.Equal("A-017", written.GetProperty("username").GetString());
        Assert.Equal("S-03", written.GetProperty("section").GetString());
        string password = written.GetProperty("password").GetString()!;
        Assert.DoesNotContain(password, output, StringComparison.Ordinal);

        await using MqttClient agent = await service.ConnectAsync("A-017", password);
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, SampleBatch.Hourly(1)));
        (_, output, _) = await Run(service, "list", "--json");
        Assert.StartsWith("{\"agent\":\"A-017\",\"sections\":[\"S-03\"],\"publicKey\":null,", output, StringComparison.Ordinal);
        Assert.DoesNotContain("pbkdf2", output, StringComparison.Ordinal);

        Assert.Equal(0, (await Run(service, "revoke", "A-017", "--reason", "lost")).Code);
        await agent.Disconnected.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        (_, output, _) = await Run(service, "list", "--json");
        Assert.Contains("\"revoked\":true,\"reason\":\"lost\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_is_taken_as_PEM_or_as_bare_base64()
    {
        await using AgentService service = await AgentService.StartAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string bare = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        foreach ((string agent, string text) in new[] { ("A-1", key.ExportSubjectPublicKeyInfoPem()), ("A-2", bare + "\n") })
        {
            string file = service.Scratch.Write(agent, text);
            Assert.Equal(0, (await Run(service, "add", agent, "--section", "S-03", "--public-key", file)).Code);
        }
        (_, string output, _) = await Run(service, "list", "--json");
        Assert.Equal(2, output.Split(bare).Length - 1);
    }

    [Fact]
    public async Task What_cannot_be_registered_is_exit_2_and_leaves_no_file()
    {
        await using AgentService service = await AgentService.StartAsync();
        string noKey = service.Scratch.Write("key", "no key");
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string otherCurve = service.Scratch.Write("curve", other.ExportSubjectPublicKeyInfoPem());
        foreach (string[] wrong in new string[][]
        {
            ["add", "A 017", "--section", "S-03"], ["add", "A-017", "--section", "S/03"], ["add", "A-017"],
            ["add", "A-017", "--section", "S-03", "--public-key", noKey],
            ["add", "A-017", "--section", "S-03", "--public-key", otherCurve],
            ["add", "A-017", "--section", "S-03", "--out", noKey], ["revoke", "A-017", "--reason", "x"],
        })
        {
            (int code, string output, string errors) = await Run(service, wrong);
            Assert.Equal((2, ""), (code, output));
            Assert.NotEqual("", errors);
        }
        Assert.False(Directory.Exists(Path.Combine(service.Folder.Root, "agents"))
            && Directory.EnumerateFiles(Path.Combine(service.Folder.Root, "agents")).Any());
        Assert.Equal("no key", await File.ReadAllTextAsync(noKey, TestContext.Current.CancellationToken));
    }

    private static Task<(int Code, string Output, string Errors)> Run(AgentService service, params string[] arguments) =>
        ProgramProcess.RunAsync("monitor", ["agent", .. arguments, "--data", service.Folder.Root]);
}
