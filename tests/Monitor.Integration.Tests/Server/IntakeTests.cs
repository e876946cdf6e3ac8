using System.Diagnostics;
using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Server.Intake;
using Monitor.Server;
using Monitor.Storage.Sqlite;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary>The intake of a running service, asked by real clients over real sockets.</summary>
public sealed class IntakeTests : IAsyncLifetime
{
    private const string Topic = "monitor/v1/S-03/A-017/data";
    private readonly TempFolder _scratch = new();
    private readonly LogOfErrors _log = new();
    private MonitorServer _server = null!;

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(_scratch.Root);

    public async ValueTask InitializeAsync() => _server = await StartAsync(new IntakeLimits());

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
        Assert.Empty(_log.Errors);
    }

    [Theory]
    [InlineData("mqttv311", "1")]
    [InlineData("mqttv5", "1")]
    [InlineData("mqttv311", "2")]
    [InlineData("mqttv5", "2")]
    public async Task What_mosquitto_pub_publishes_is_stored_exactly_once(string version, string qos)
    {
        ReadingBatch batch = SampleBatch.Hourly(1);
        await File.WriteAllBytesAsync(_scratch.File("payload"), batch.Payload.ToArray(), Ceiling);
        for (int i = 0; i < 2; i++)
        {
            string errors = await MosquittoPub("-V", version, "-q", qos, "-i", "A-017", "-t", Topic,
                "-f", _scratch.File("payload"));
            Assert.Equal("", errors);
        }
        Assert.Equal(new StoreCounts(2, 2, 1, 1, 0), _server.Record.Count());
        Assert.Equal(batch.Readings, _server.Record.Read(All()).Select(r => r.Reading));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500, MqttPubAckReasonCode.PayloadFormatInvalid)]
    [InlineData(MqttProtocolVersion.V311, MqttPubAckReasonCode.Success)]
    public async Task What_cannot_be_read_is_a_dead_letter_and_answered_for_good(
        MqttProtocolVersion version, MqttPubAckReasonCode answer)
    {
        await using MqttClient client = await ConnectAsync("A-017", version);
        Assert.Equal(answer, await PublishAsync(client, Topic, "{\"v\":1}"u8.ToArray()));
        Assert.Equal(answer, await PublishAsync(client, Topic, default));
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 2), _server.Record.Count());
    }

    [Theory]
    [InlineData("A-017", "monitor/v1/S-03/A-018/data", "A-017", "S-03")]   // another agent's topic
    [InlineData("A-017", "monitor/v1/S-03/A-017/data", "A-018", "S-03")]   // another agent's payload
    [InlineData("A-017", "monitor/v1/S-03/A-017/data", "A-017", "S-04")]   // another section's payload
    [InlineData("A-017", "monitor/v1/S-03/A-017/cmd", "A-017", "S-03")]    // no topic of readings
    [InlineData("A-017", "monitor/v1/S-03/x/A-017/data", "A-017", "S-03")]
    [InlineData("A-017", "monitor/v1//data", "A-017", "S-03")]
    [InlineData("A-017", "other", "A-017", "S-03")]
    public async Task What_is_said_for_another_is_kept_apart_and_refused(
        string client, string topic, string agent, string section)
    {
        await using MqttClient liar = await ConnectAsync(client);
        ReadingBatch batch = SampleBatch.Hourly(1, agent: agent, section: section);
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await PublishAsync(liar, topic, batch.Payload));
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 1), _server.Record.Count());
    }

    [Fact]
    public async Task The_same_identity_with_other_bytes_is_refused_for_good()
    {
        await using MqttClient client = await ConnectAsync("A-017");
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload));
        Assert.Equal(MqttPubAckReasonCode.PayloadFormatInvalid,
            await PublishAsync(client, Topic, SampleBatch.Hourly(1, sent: 1_735_689_600_001).Payload));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 1), _server.Record.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("A 017")]
    [InlineData("+")]
    public async Task A_client_whose_name_is_no_id_is_not_let_in(string name)
    {
        await using var client = new MqttClient();
        MqttClientConnectResult result = await client.ConnectAsync(Options(name, MqttProtocolVersion.V500), Ceiling);
        Assert.Equal(MqttConnectReasonCode.ClientIdentifierNotValid, result.ResultCode);
    }

    [Fact]
    public async Task A_burst_of_many_clients_is_stored_whole()
    {
        const int clients = 8, messages = 200;
        await Task.WhenAll(Enumerable.Range(1, clients).Select(async c =>
        {
            await using MqttClient client = await ConnectAsync($"B-{c}");
            MqttPubAckReasonCode[] answers = await Task.WhenAll(Enumerable.Range(1, messages).Select(i =>
                PublishAsync(client, $"monitor/v1/S-03/B-{c}/data", SampleBatch.Hourly(i, agent: $"B-{c}").Payload)));
            Assert.All(answers, a => Assert.Equal(MqttPubAckReasonCode.Success, a));
        }));
        // 8 clients × 200 messages × 2 readings.
        Assert.Equal(new StoreCounts(3200, 3200, 1600, 0, 0), _server.Record.Count());
    }

    [Fact]
    public async Task While_the_store_is_away_clients_are_told_to_come_again_and_then_nothing_is_missing()
    {
        await using MqttClient client = await ConnectAsync("A-017");
        ReadOnlyMemory<byte>[] payloads = [.. Enumerable.Range(1, 50).Select(i => SampleBatch.Hourly(i).Payload)];
        using (SqliteDatabase other = SqliteDatabase.Open(Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            other.Execute("BEGIN IMMEDIATE");
            MqttPubAckReasonCode[] answers = await Task.WhenAll(payloads.Select(p => PublishAsync(client, Topic, p)));
            Assert.All(answers, a => Assert.Equal(MqttPubAckReasonCode.QuotaExceeded, a));
        }
        MqttPubAckReasonCode[] later = await Task.WhenAll(payloads.Select(p => PublishAsync(client, Topic, p)));
        Assert.All(later, a => Assert.Equal(MqttPubAckReasonCode.Success, a));
        Assert.Equal(new StoreCounts(100, 100, 50, 0, 0), _server.Record.Count());
    }

    [Fact]
    public async Task While_the_store_is_away_a_3_1_1_client_is_closed_without_an_answer()
    {
        await using MqttClient client = await ConnectAsync("A-017", MqttProtocolVersion.V311);
        using SqliteDatabase other = SqliteDatabase.Open(Folder.Record, StoreAccess.ReadWrite, new SqliteSettings());
        other.Execute("BEGIN IMMEDIATE");
        await Assert.ThrowsAsync<MqttConnectionLostException>(
            () => PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload));
        other.Execute("ROLLBACK");
        await using MqttClient again = await ConnectAsync("A-017", MqttProtocolVersion.V311);
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(again, Topic, SampleBatch.Hourly(1).Payload));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), _server.Record.Count());
    }

    [Fact]
    public async Task When_the_queue_is_full_the_rest_is_told_to_come_again_at_once()
    {
        await _server.DisposeAsync();
        _server = await StartAsync(new IntakeLimits { QueueMax = 3 });
        await using MqttClient client = await ConnectAsync("A-017");
        MqttPubAckReasonCode[] answers;
        using (SqliteDatabase other = SqliteDatabase.Open(Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            other.Execute("BEGIN IMMEDIATE");
            answers = await Task.WhenAll(
                Enumerable.Range(1, 40).Select(i => PublishAsync(client, Topic, SampleBatch.Hourly(i).Payload)));
        }
        Assert.All(answers, a => Assert.Equal(MqttPubAckReasonCode.QuotaExceeded, a));
        Assert.Equal(0, _server.Record.LastPosition);
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload));
    }

    [Fact]
    public async Task A_commit_that_takes_too_long_is_answered_in_time_and_what_comes_again_is_stored_once()
    {
        await _server.DisposeAsync();
        _server = await StartAsync(
            new IntakeLimits { CommitWaitMax = TimeSpan.FromMilliseconds(20) }, lockWait: TimeSpan.FromSeconds(30));
        await using MqttClient client = await ConnectAsync("A-017");
        using (SqliteDatabase other = SqliteDatabase.Open(Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            other.Execute("BEGIN IMMEDIATE");
            Assert.Equal(MqttPubAckReasonCode.QuotaExceeded,
                await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload));
        }
        // The first is still in the committer's hands and is committed now; sent again, it is recognised.
        while (await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload) != MqttPubAckReasonCode.Success)
        {
            Ceiling.ThrowIfCancellationRequested();
        }
        StoreCounts counts = _server.Record.Count();
        Assert.Equal((2L, 1L), (counts.DistinctReadings, counts.Batches));
        Assert.True(counts.Repeats >= 1);
    }

    [Fact]
    public async Task What_came_without_a_promise_is_stored_all_the_same()
    {
        await using MqttClient client = await ConnectAsync("A-017");
        await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload, MqttQualityOfServiceLevel.AtMostOnce);
        // Messages of one connection are committed in their order, so the second's answer covers the first.
        await PublishAsync(client, Topic, SampleBatch.Hourly(2).Payload);
        Assert.Equal(2, _server.Record.Count().Batches);
    }

    [Fact]
    public async Task The_same_client_on_a_second_connection_ends_the_first()
    {
        await using MqttClient first = await ConnectAsync("A-017");
        await using MqttClient second = await ConnectAsync("A-017");
        MqttClientDisconnectedReason reason = await first.Disconnected.WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        Assert.Equal(MqttDisconnectReasonCode.SessionTakenOver, reason.ReasonCode);
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(second, Topic, SampleBatch.Hourly(1).Payload));
    }

    [Fact]
    public async Task The_page_of_health_and_the_head_of_the_ledger_are_served()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_server.HttpPort}") };
        Assert.Equal($"{{\"http\":{_server.HttpPort},\"mqtt\":{_server.MqttPort}}}\n",
            await File.ReadAllTextAsync(Folder.Endpoints, Ceiling));
        await using MqttClient client = await ConnectAsync("A-017");
        await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload);
        Assert.StartsWith("{\"status\":\"ok\",\"position\":2,\"sinceStart\":{\"readings\":2,\"batches\":1,",
            await http.GetStringAsync(new Uri("/api/v1/health", UriKind.Relative), Ceiling), StringComparison.Ordinal);
        Assert.Equal("{\"entries\":0,\"hash\":\"" + new string('0', 64) + "\"}",
            await http.GetStringAsync(new Uri("/api/v1/ledger/head", UriKind.Relative), Ceiling));
    }

    [Fact]
    public async Task Two_services_cannot_have_one_folder_nor_one_port()
    {
        ServiceUnavailableException folder = await Assert.ThrowsAsync<ServiceUnavailableException>(
            () => StartAsync(new IntakeLimits()));
        Assert.Contains("--data", folder.Message, StringComparison.Ordinal);
        using var other = new TempFolder();
        ServiceUnavailableException port = await Assert.ThrowsAsync<ServiceUnavailableException>(
            () => MonitorServer.StartAsync(new MonitorServerOptions
            {
                Folder = new DataFolder(other.Root), HttpPort = _server.HttpPort, MqttPort = 0,
            }, Ceiling));
        Assert.Contains("--port", port.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_stopped_leaves_its_folder_to_the_next()
    {
        await using (MqttClient client = await ConnectAsync("A-017"))
        {
            await PublishAsync(client, Topic, SampleBatch.Hourly(1).Payload);
            await _server.DisposeAsync();
            await client.Disconnected.WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        }
        Assert.False(File.Exists(Folder.Endpoints));
        _server = await StartAsync(new IntakeLimits());
        Assert.Equal(2, _server.Record.LastPosition);
    }

    private static ReadingQuery All() =>
        new("S-03", Statistic.Hour, new Instant(0), new Instant(long.MaxValue), long.MaxValue);

    private static Task<MqttPubAckReasonCode> PublishAsync(
        MqttClient client, string topic, ReadOnlyMemory<byte> payload,
        MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce) => client.PublishAsync(
            new MqttApplicationMessage { Topic = topic, Payload = payload, QualityOfServiceLevel = qos }, Ceiling);

    private Task<MonitorServer> StartAsync(IntakeLimits limits, TimeSpan? lockWait = null)
    {
        var settings = new SqliteSettings { LockWait = lockWait ?? TimeSpan.FromMilliseconds(100) };
        return MonitorServer.StartAsync(new MonitorServerOptions
        {
            Folder = Folder,
            HttpPort = 0,
            MqttPort = 0,
            Intake = limits,
            OpenRecord = f => SqliteReadingStore.Open(f.Record, settings: settings),
            Logging = logging => logging.AddProvider(_log),
        }, Ceiling);
    }

    private MqttClientOptions Options(string agent, MqttProtocolVersion version) => new()
    {
        Server = "127.0.0.1", Port = _server.MqttPort, ClientId = agent, ProtocolVersion = version,
    };

    private async Task<MqttClient> ConnectAsync(string agent, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = new MqttClient();
        MqttClientConnectResult result = await client.ConnectAsync(Options(agent, version), Ceiling);
        Assert.Equal(MqttConnectReasonCode.Success, result.ResultCode);
        return client;
    }

    private async Task<string> MosquittoPub(params string[] arguments)
    {
        var start = new ProcessStartInfo("mosquitto_pub") { RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("-h");
        start.ArgumentList.Add("127.0.0.1");
        start.ArgumentList.Add("-p");
        start.ArgumentList.Add(_server.MqttPort.ToString(CultureInfo.InvariantCulture));
        using Process process = StartOrName(start);
        string errors = await process.StandardError.ReadToEndAsync(Ceiling);
        await process.WaitForExitAsync(Ceiling).WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        Assert.Equal(0, process.ExitCode);
        return errors;
    }

    private static Process StartOrName(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("mosquitto_pub is missing: install the package mosquitto-clients.", e);
        }
    }
}
