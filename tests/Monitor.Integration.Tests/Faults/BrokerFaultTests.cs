using System.Net;
using System.Net.Sockets;
using Monitor.Integration.Tests.Broker;
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

    [Fact]
    public async Task An_intake_that_acknowledges_before_it_commits_is_caught_by_the_same_count()
    {
        BrokerFaultOutcome outcome = await BrokerFaultRun.OfBrokenIntakeAsync(seed: 7, kills: 8, Stop);

        Assert.False(outcome.IsClean);
        Assert.True(outcome.Tally.Lost > 0, outcome.ToString());
        Assert.Equal(outcome.Tally.Lost, outcome.Tally.FalselyAcknowledged);
    }

    [Fact]
    public async Task The_tap_tells_an_acknowledgement_of_another_connection_and_one_out_of_turn()
    {
        // PUBLISH, QoS 1, topic "t", no properties and no payload; PUBACK.
        static byte[] Publish(byte id) => [0x32, 6, 0, 1, (byte)'t', 0, id, 0];
        static byte[] Acknowledge(byte id) => [0x40, 2, 0, id];
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var tap = new BrokerTap(((IPEndPoint)listener.LocalEndpoint).Port);
        using var intake = new TcpClient();
        await intake.ConnectAsync(IPAddress.Loopback, tap.Port, Stop);
        using TcpClient broker = await listener.AcceptTcpClientAsync(Stop);
        await broker.GetStream().WriteAsync((byte[])[.. Publish(1), .. Publish(2), .. Publish(3)], Stop);
        await tap.SeeDeliveredAsync(3);

        await intake.GetStream().WriteAsync((byte[])[.. Acknowledge(1), .. Acknowledge(3), .. Acknowledge(9)], Stop);
        await tap.SeeAcknowledgedAsync(3);

        Assert.Equal((1, 1), (tap.Stale, tap.OutOfOrder));
    }
}
