using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>The short form of the faults behind a broker; fifty kills each are in <c>./monitor test faults</c>.</summary>
public sealed class BrokerFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mosquitto_killed_in_mid_drain_and_its_persistence_lost_loses_and_doubles_nothing()
    {
        BrokerFaultOutcome outcome = await BrokerFaultRun.OfBrokerAsync(seed: 2025, kills: 10, losses: 3, Stop);

        Assert.True(outcome.IsClean, outcome.ToString());
        Assert.Equal((10, 3), (outcome.Deaths, outcome.Losses));
        Assert.Equal((outcome.Tally.Sampled, 0, 0), (outcome.Tally.Stored, outcome.Tally.Lost, outcome.Tally.Duplicated));
    }

    [Fact]
    public async Task The_intake_killed_behind_Mosquitto_loses_and_doubles_nothing_and_acknowledges_for_no_other_connection()
    {
        BrokerFaultOutcome outcome = await BrokerFaultRun.OfIntakeAsync(seed: 2025, kills: 10, Stop);

        Assert.True(outcome.IsClean, outcome.ToString());
        Assert.Equal(10, outcome.Deaths);
        Assert.Equal((0, 0), (outcome.Stale, outcome.OutOfOrder));
    }
}
