using System.Diagnostics;
using Monitor.Integration.Tests.Intake;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Monitor.Server;
using Monitor.Server.Intake.Broker;
using Xunit;

namespace Monitor.Integration.Tests.Broker;

/// <summary>The intake at a Mosquitto that lets in by certificate or password, and rules topics by an ACL.</summary>
public sealed class BrokerDoorTests
{
    // As in docs/guide/broker.md.
    private const string Acl = """
        user monitor-intake
        topic read monitor/v1/+/+/data
        topic read monitor/v1/+/+/state
        topic read monitor/v1/+/+/meta
        topic write monitor/v1/+/+/receipt
        topic write monitor/v1/+/+/cmd
        pattern write monitor/v1/+/%u/data
        pattern write monitor/v1/+/%u/state
        pattern write monitor/v1/+/%u/meta
        pattern read monitor/v1/+/%u/receipt
        pattern read monitor/v1/+/%u/cmd
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_certificates_and_an_ACL_each_agent_reaches_its_own_topics_only_and_the_intake_all()
    {
        using var keys = new TempFolder();
        using var bureau = new Authority(keys, "bureau");
        using var stranger = new Authority(keys, "stranger");
        (string certificate, string key) = bureau.Issue("broker", forServer: true);
        (string own, string ownKey) = bureau.Issue("monitor-intake", forServer: false);
        (string agent, string agentKey) = bureau.Issue("A", forServer: false);
        await using BrokerField field = await BrokerField.StartAsync(_ => $"""
            cafile {bureau.File}
            certfile {certificate}
            keyfile {key}
            require_certificate true
            use_identity_as_username true
            acl_file {Private(keys.Write("acl", Acl + "\n"))}
            """);
        var tls = new BrokerTls { AuthorityFile = bureau.File, CertificateFile = own, KeyFile = ownKey };
        MonitorServer service = await field.ServeAsync(more: b => b with { Tls = tls });

        Task<MqttClient> ConnectAsync() => field.ConnectAsync("A", o => o with
        {
            TlsOptions = new BrokerTls { AuthorityFile = bureau.File, CertificateFile = agent, KeyFile = agentKey }
                .ToClientOptions("127.0.0.1"),
        });
        foreach (string denied in new[] { "monitor/v1/S/B/data", "monitor/v1/S/A/receipt" })
        {
            // By TLS, Mosquitto 2.0.11 closes after the answer to a denied publish: another connection for the next.
            await using MqttClient refused = await ConnectAsync();
            Assert.Equal(MqttPubAckReasonCode.NotAuthorized,
                await BrokerField.PublishAsync(refused, denied, BrokerField.Payload("B", "S", 1)));
        }
        await using MqttClient client = await ConnectAsync();
        await client.SubscribeAsync([new()
        {
            Topic = "monitor/v1/S/A/receipt", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        }], Stop);
        Assert.Equal(MqttPubAckReasonCode.Success,
            await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", 1)));
        await client.ReceivedMessages.ReadAsync(Stop).AsTask().WaitAsync(ProgramProcess.Ceiling, Stop);

        Assert.Equal((1L, 0L), (service.Record.Count().Readings, service.Record.Count().DeadLetters));

        // A broker of another authority is not believed, and one that wants a certificate lets nobody in without.
        BrokerTls wrong = tls with { AuthorityFile = stranger.File };
        await field.ServeAsync("second", b => b with { Tls = wrong, ClientId = "x" }, waits: false);
        await field.Log.SeeAsync("The remote certificate is invalid");
        var bare = new BrokerTls { AuthorityFile = bureau.File };
        await field.ServeAsync("third", b => b with { Tls = bare, ClientId = "y" }, waits: false);
        await field.Log.SeeAsync("Next attempt in", 2);
        Assert.Equal(1, field.Log.Count("subscribed as"));
    }

    [Fact]
    public async Task With_its_password_the_intake_is_let_in_and_with_another_it_says_so_and_tries_on()
    {
        using var keys = new TempFolder();
        string passwords = Private(keys.Write("passwords", "intake:river\n"));
        using (Process hash = Process.Start("mosquitto_passwd", ["-U", passwords])) await hash.WaitForExitAsync(Stop);
        await using BrokerField field = await BrokerField.StartAsync(_ => $"""
            allow_anonymous false
            password_file {passwords}
            """);

        await field.ServeAsync("one", b => b with { User = "intake", Password = "lake", ClientId = "x" }, waits: false);
        await field.Log.SeeAsync("It refuses the connection: NotAuthorized", 2);
        await field.ServeAsync("two", b => b with { User = "intake", Password = "river" });

        Assert.Equal(1, field.Log.Count("subscribed as"));
    }

    [Fact]
    public async Task A_broker_that_delivers_nothing_for_long_is_connected_to_anew_and_its_session_goes_on()
    {
        await using BrokerField field = await BrokerField.StartAsync();

        await field.ServeAsync(more: b => b with { SilenceMax = TimeSpan.FromMilliseconds(200) });
        await field.Log.SeeAsync("the session is the former one");

        Assert.NotEqual(0, field.Log.Count("No message came for long"));
    }

    [Fact]
    public async Task A_broker_that_is_held_is_left_by_the_keep_alive_and_found_again()
    {
        await using BrokerField field = await BrokerField.StartAsync();
        MonitorServer service = await field.ServeAsync(more: b => b with { KeepAlive = TimeSpan.FromSeconds(1) });
        field.Broker.Hold();
        await field.Log.SeeAsync("The server was silent");
        field.Broker.Kill();
        await field.Broker.RestartAsync(Stop);
        await field.Log.SeeAsync("subscribed as", 2);

        await using ReceiptEar ear = await ReceiptEar.ListenAsync(field);
        await using MqttClient client = await field.ConnectAsync("publisher");
        await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", 1));
        await ear.HearAsync(1);

        Assert.Equal(1, service.Record.Count("S").Readings);
    }

    [Theory]
    [InlineData("""{"broker":{}}""", "broker.address: '' is no address")]
    [InlineData("""{"broker":{"address":"here"}}""", "broker.address: 'here' is no address")]
    [InlineData("""{"broker":{"address":"h:1","tls":false,"authority":"x.pem"}}""", "broker.tls: It says no TLS")]
    [InlineData("""{"broker":{"address":"h:1","certificate":"x.pem"}}""", "broker.key: A certificate and its key go together")]
    [InlineData("""{"broker":{"address":"h:1","user":"u","passwordFile":"none"}}""", "The password cannot be read")]
    [InlineData("""{"broker":{"address":"h:1","share":{"index":2,"of":2}}}""", "broker.share: There is no share 2 of 2")]
    [InlineData("""{"broker":{"address":"h:1","silence":1}}""", "broker.silence: 1 will not do")]
    [InlineData("""{"broker":{"address":"h:1","authority":"none.pem"}}""", "none.pem: It cannot be read")]
    public async Task Wrong_settings_are_named_with_their_place(string settings, string named)
    {
        using var folder = new TempFolder();

        (int code, string output, string errors) = await ProgramProcess.RunAsync(
            "monitor", "serve", "--config", folder.Write("serve.json", settings), "--data", folder["data"], "--port", "0",
            "--mqtt-port", "0");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    // The broker does not read a file that others may change.
    private static string Private(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
