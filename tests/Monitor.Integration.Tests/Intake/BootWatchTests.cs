using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Monitor.Server.Intake;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>One agent's id on two machines.</summary>
public sealed class BootWatchTests
{
    private readonly List<string> _alarms = [];
    private readonly BootWatch _watch;

    public BootWatchTests() => _watch = new BootWatch((agent, _) => _alarms.Add(agent));

    [Theory]
    // Boot and minute at which each batch was made, in the order of arrival; then how many alarms.
    [InlineData("a1 a2 a3", 0)] // one machine
    [InlineData("a1 a2 b3 b4", 0)] // its outbox began anew
    [InlineData("a1 b3 a2 b4", 0)] // the old outbox is emptied beside the new one
    [InlineData("a1 b2 a3", 1)] // the old one still measures
    [InlineData("a1 b2 a3 a4 b5 b6 a7", 3)] // by turns: each turn, not each batch
    [InlineData("a9 b1 b2 b3", 0)] // a clock that was ahead, put right by whoever emptied the disk
    [InlineData("a1 b2 c3 a4", 1)] // three of them
    public void By_turns_is_told_from_one_after_another(string arrivals, int alarms)
    {
        int sequence = 0;
        foreach (string arrival in arrivals.Split(' '))
        {
            long made = SampleBatch.Start + (60_000L * (arrival[1] - '0'));
            _watch.See(SampleBatch.Hourly(++sequence, boot: arrival[..1], sent: made));
        }
        Assert.Equal(alarms, _alarms.Count);
        Assert.All(_alarms, agent => Assert.Equal("A-017", agent));
    }

    [Fact]
    public void Boots_and_agents_without_end_are_not_all_kept_in_mind()
    {
        var watch = new BootWatch((agent, _) => _alarms.Add(agent), agentsMax: 2);
        for (int boot = 1; boot <= BootWatch.BootsMax + 1; boot++) watch.See(Batch("A-017", $"b{boot}", boot));
        watch.See(Batch("A-017", "b1", 100)); // forgotten, so taken for new
        Assert.Empty(_alarms);
        watch.See(Batch("A-017", "b9", 101));
        Assert.Equal(["A-017"], _alarms);
        watch.See(Batch("A-018", "b1", 1));
        watch.See(Batch("A-019", "b1", 1)); // the third agent: all are forgotten
        watch.See(Batch("A-017", "b1", 102));
        Assert.Equal(["A-017"], _alarms);
    }

    [Fact]
    public async Task Two_machines_with_one_id_are_both_kept_and_the_account_of_the_day_says_so()
    {
        await using AgentService service = await AgentService.StartAsync();
        string password = service.Register("A-017");
        // Each comes in while the other is connected, and brings what it has measured since.
        MqttClient first = await service.ConnectAsync("A-017", password);
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(first, Batch("A-017", "hut", 1)));
        await using MqttClient second = await service.ConnectAsync("A-017", password);
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(second, Batch("A-017", "copy", 2)));
        Assert.Equal(MqttDisconnectReasonCode.SessionTakenOver, (await first.Disconnected).ReasonCode);
        await first.DisposeAsync();
        await using MqttClient again = await service.ConnectAsync("A-017", password);
        Assert.Equal(MqttPubAckReasonCode.Success,
            await AgentService.PublishAsync(again, Batch("A-017", "hut", 3, sequence: 2)));
        IntakeAlarm alarm = await service.AlarmAsync(AlarmKinds.TwoBoots);
        Assert.Equal("A-017", alarm.Agent);
        Assert.Contains("Boot hut made batch 2", alarm.Detail, StringComparison.Ordinal);
        Assert.Contains("boot copy", alarm.Detail, StringComparison.Ordinal);
        Assert.Equal(2, (await service.AlarmAsync(AlarmKinds.TakenOver)).Times);
        Assert.Equal(3, service.Server.Record.Count().Batches);
    }

    [Fact]
    public async Task A_clock_that_is_not_to_be_believed_is_an_alarm_on_the_day_its_batches_come_once()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient agent = await service.ConnectAsync("A-017");
        foreach (ReadingBatch batch in new[] { Made(1, 60_000), Made(2, 120_000), Made(3, SampleBatch.Start), Made(4, 180_000) })
        {
            Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, batch));
        }
        IntakeAlarm alarm;
        do alarm = await service.AlarmAsync(AlarmKinds.Clock);
        while (alarm.Times < 2);
        // Twice: it was right in between.
        Assert.Equal(2, alarm.Times);
        Assert.StartsWith("Batch boot1/4: The agent's clock stood at 1970-01-01", alarm.Detail, StringComparison.Ordinal);
        Assert.Equal(4, service.Server.Record.Count().Batches);

        static ReadingBatch Made(int sequence, long sent) =>
            SampleBatch.Of(sequence, [SampleBatch.One(0, sent, "1.0")], sent: sent);
    }

    private static ReadingBatch Batch(string agent, string boot, int minute, int sequence = 1) => SampleBatch.Hourly(
        sequence, agent: agent, boot: boot, sent: SampleBatch.Start + (60_000L * minute));
}
