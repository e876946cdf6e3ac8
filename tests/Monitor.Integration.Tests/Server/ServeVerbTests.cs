using System.Collections.Concurrent;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Storage.Sqlite;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary>The built program, killed and asked again.</summary>
public sealed class ServeVerbTests : IDisposable
{
    private const string Topic = "monitor/v1/S-03/A-017/data";
    private readonly TempFolder _scratch = new();

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(_scratch.Root);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Killed_in_mid_stream_it_has_all_it_acknowledged_and_in_the_end_all_that_was_published_once()
    {
        const int batches = 3000, kills = 3;
        var acknowledged = new ConcurrentDictionary<int, bool>();
        for (int round = 0; round <= kills; round++)
        {
            (ProgramProcess process, int port) = await ProgramProcess.ServeAsync(Folder);
            using (process)
            {
                bool last = round == kills;
                int killAt = last ? int.MaxValue : batches * (round + 1) / (kills + 2);
                Task published = PublishAllAsync(port, batches, acknowledged, killAt, process);
                await published.WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
                if (last) process.Terminate();
                Assert.Equal(last ? 0 : 128 + 9, (await process.EndAsync()).Code);
            }
            // Opened as the kill left it: nothing that was acknowledged may be missing, at any time.
            HashSet<long> stored = Stored();
            Assert.DoesNotContain(acknowledged.Keys, sequence => !stored.Contains(sequence));
        }
        Assert.Equal(batches, acknowledged.Count);
        using SqliteReadingStore record = SqliteReadingStore.Open(Folder.Record, StoreAccess.ReadOnly);
        StoreCounts counts = record.Count();
        // 3,000 batches of 2 readings, each once, however often it was sent.
        Assert.Equal((6000L, 6000L, 3000L, 0L),
            (counts.Readings, counts.DistinctReadings, counts.Batches, counts.DeadLetters));
        Assert.Equal(6000, record.LastPosition);
    }

    [Fact]
    public async Task A_service_that_acknowledges_before_the_commit_is_caught()
    {
        (ProgramProcess process, int port) = await ProgramProcess.ServeAsync(
            Folder, ("MONITOR_TEST_ACK_BEFORE_COMMIT", "1"), ("MONITOR_TEST", "1"));
        using (process)
        {
            Assert.Contains("BEFORE they are committed", process.Errors, StringComparison.Ordinal);
            using var other = SqliteDatabase.Open(Folder.Record, StoreAccess.ReadWrite, new SqliteSettings());
            other.Execute("BEGIN IMMEDIATE");
            await using MqttClient client = await ConnectAsync(port);
            Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, 1));
            await process.KillAsync();
        }
        // Acknowledged and not stored: what the test above would have found.
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task The_switch_that_breaks_the_promise_is_refused_outside_a_test()
    {
        using ProgramProcess process = ProgramProcess.Start(
            "monitor", ["serve", "--data", Folder.Root, "--port", "0", "--mqtt-port", "0"],
            [("MONITOR_TEST_ACK_BEFORE_COMMIT", "1"), ("MONITOR_TEST", "")]);
        Assert.Equal(2, (await process.EndAsync()).Code);
        Assert.Contains("Unset it", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_service_on_the_same_folder_ends_with_3_and_the_first_goes_on()
    {
        (ProgramProcess first, int port) = await ProgramProcess.ServeAsync(Folder);
        using (first)
        {
            using ProgramProcess second = ProgramProcess.Start(
                "monitor", ["serve", "--data", Folder.Root, "--port", "0", "--mqtt-port", "0"]);
            Assert.Equal(3, (await second.EndAsync()).Code);
            Assert.Contains("--data", second.Errors, StringComparison.Ordinal);

            await using MqttClient client = await ConnectAsync(port);
            Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, 1));
            await client.DisposeAsync();
            first.Terminate();
            Assert.Equal((0, ""), await first.EndAsync());
            Assert.False(File.Exists(Folder.Endpoints));
        }
    }

    private static async Task PublishAllAsync(
        int port, int batches, ConcurrentDictionary<int, bool> acknowledged, int killAt, ProgramProcess process)
    {
        await using MqttClient client = await ConnectAsync(port);
        int killed = 0;
        using var window = new SemaphoreSlim(32);
        async Task One(int sequence)
        {
            try
            {
                if (await PublishAsync(client, sequence) != MqttPubAckReasonCode.Success) return;
                acknowledged[sequence] = true;
                if (acknowledged.Count >= killAt && Interlocked.Exchange(ref killed, 1) == 0) await process.KillAsync();
            }
            catch (MqttConnectionLostException) when (killAt != int.MaxValue)
            {
                // Not acknowledged: the next round sends it again.
                Interlocked.Exchange(ref killed, 1);
            }
            finally
            {
                window.Release();
            }
        }

        var sent = new List<Task>();
        for (int i = 1; i <= batches && Volatile.Read(ref killed) == 0; i++)
        {
            if (acknowledged.ContainsKey(i)) continue;
            await window.WaitAsync(Ceiling);
            sent.Add(One(i));
        }
        await Task.WhenAll(sent);
    }

    private static Task<MqttPubAckReasonCode> PublishAsync(MqttClient client, int sequence) => client.PublishAsync(
        new MqttApplicationMessage
        {
            Topic = Topic,
            Payload = SampleBatch.Hourly(sequence).Payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        }, Ceiling);

    private static async Task<MqttClient> ConnectAsync(int port)
    {
        var client = new MqttClient();
        var options = new MqttClientOptions { Server = "127.0.0.1", Port = port, ClientId = "A-017" };
        await client.ConnectAsync(options, Ceiling);
        return client;
    }

    private HashSet<long> Stored()
    {
        using SqliteReadingStore record = SqliteReadingStore.Open(Folder.Record, StoreAccess.ReadOnly);
        return [.. record.Read(new ReadingQuery("S-03", Statistic.Hour, new Instant(0), new Instant(long.MaxValue),
            long.MaxValue)).Select(r => r.Sequence)];
    }
}
