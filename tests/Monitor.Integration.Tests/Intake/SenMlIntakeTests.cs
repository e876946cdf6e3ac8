using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Monitor.Server;
using Monitor.Server.Intake;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>SenML at the intake's door, on a real socket.</summary>
public sealed class SenMlIntakeTests
{
    private const string Topic = "monitor/v1/S-03/A-017/data";

    // 1763755140 is 2025-11-21T19:59:00Z.
    private const string Pack = """
        [{"bn":"S-03/sonde-1/","bt":1763755140,"n":"w01001","v":7.40},{"n":"w21003:hour","u":"mg/L","t":-60,"v":0.412}]
        """;

    [Fact]
    public async Task A_pack_is_stored_to_the_digit_and_the_same_bytes_are_stored_once()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient client = await service.ConnectAsync("A-017", service.Register("A-017"));

        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, Pack));
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(client, Pack));
        Assert.Equal(MqttPubAckReasonCode.Success, await PublishAsync(
            client, Pack.Replace("7.40", "7.41", StringComparison.Ordinal)));

        Assert.Equal(new StoreCounts(4, 4, 2, 1, 0), service.Server.Record.Count());
        StoredReading first = service.Server.Record.Read(new ReadingQuery(
            "S-03", Statistic.Instantaneous, new Instant(0), new Instant(long.MaxValue / 2), long.MaxValue)).First();
        Assert.Equal(("7.40", "sonde-1", 1763755140000, "A-017"), (first.Reading.Value.ToString(), first.Reading.Instrument,
            first.Reading.Time.UnixMilliseconds, first.Agent));
        DayReconciliation day = DayAccountant.Of(
            "S-03", "2025-11-21", ProgrammeShelf.Empty, service.Server.Record, []);
        // Each pack has two readings; the repeat brought two more, which were discarded.
        Assert.Equal((4, 6, 4, 2, 0), (day.Sent, day.Received, day.Stored, day.Duplicates, day.DeadLettered));
    }

    [Fact]
    public async Task A_relative_time_is_refused_for_good_and_kept_apart()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient client = await service.ConnectAsync("A-017", service.Register("A-017"));

        Assert.Equal(MqttPubAckReasonCode.PayloadFormatInvalid, await PublishAsync(
            client, """[{"n":"S-03/w01001","v":7.40}]"""));
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 1), service.Server.Record.Count());
    }

    [Fact]
    public async Task A_pack_speaks_for_its_topics_section_only_and_for_no_agent_that_must_sign()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient client = await service.ConnectAsync("A-017", service.Register("A-017"));
        await using MqttClient signing = await service.ConnectAsync("A-018", service.Register(
            "A-018", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));

        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await PublishAsync(
            client, Pack.Replace("S-03/", "S-04/", StringComparison.Ordinal)));
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await AgentService.PublishAsync(
            signing, "monitor/v1/S-03/A-018/data", Encoding.UTF8.GetBytes(Pack)));
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 2), service.Server.Record.Count());
    }

    private static Task<MqttPubAckReasonCode> PublishAsync(MqttClient client, string pack) =>
        AgentService.PublishAsync(client, Topic, Encoding.UTF8.GetBytes(pack));
}
