using System.Globalization;
using System.Text;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// The long form of the faults behind a broker, for <c>./monitor test faults</c>: a table of their own, since
/// acknowledgements to the broker are counted there as well. Not part of the ordinary run.
/// </summary>
public sealed class LongBrokerFaultTests
{
    [Fact(Explicit = true)]
    public async Task Broker_and_intake_are_each_killed_many_times_and_nothing_is_lost_or_acknowledged_for_another_connection()
    {
        int seed = LongFaultTests.Number("MONITOR_FAULT_SEED", 2025, 0);
        int kills = LongFaultTests.Number("MONITOR_FAULT_KILLS", 200, 10) / 4;
        string file = Environment.GetEnvironmentVariable("MONITOR_FAULT_BROKER_TABLE") ?? "";
        Assert.True(file.Length > 0, "MONITOR_FAULT_BROKER_TABLE must name the file for the table.");
        CancellationToken stop = TestContext.Current.CancellationToken;
        var table = new StringBuilder(
            """
            | fault | kills | sampled | stored | lost | duplicated | falsely acknowledged | PUBACKs | stale | out of turn |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |

            """);

        int losses = Math.Max(1, kills / 10);
        BrokerFaultOutcome broker = await BrokerFaultRun.OfBrokerAsync(seed, kills, losses, stop);
        await AddAsync($"Mosquitto killed in mid-drain, its persistence lost {losses} times", broker);
        BrokerFaultOutcome intake = await BrokerFaultRun.OfIntakeAsync(seed, kills, stop);
        await AddAsync("intake killed behind Mosquitto, half at random and half at its steps", intake);
        BrokerFaultOutcome control = await BrokerFaultRun.OfBrokenIntakeAsync(seed, 10, stop);
        await AddAsync("control: an intake that acknowledges before it commits", control);

        Assert.False(control.IsClean, table.ToString());
        Assert.True(broker.IsClean && intake.IsClean, table.ToString());
        Assert.Equal((kills, kills), (broker.Deaths, intake.Deaths));

        async Task AddAsync(string name, BrokerFaultOutcome outcome)
        {
            FaultTally t = outcome.Tally;
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {outcome.Deaths} | {t.Sampled} | {t.Stored} | {t.Lost} | ")
                .Append(CultureInfo.InvariantCulture, $"{t.Duplicated} | {t.FalselyAcknowledged} | ")
                .Append(CultureInfo.InvariantCulture, $"{outcome.Acknowledgements} | {outcome.Stale} | {outcome.OutOfOrder} |\n");
            await File.WriteAllTextAsync(file, table.ToString(), stop);
        }
    }
}
