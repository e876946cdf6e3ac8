using System.Globalization;
using Monitor.Integration.Tests.Broker;
using Monitor.Integration.Tests.Edge;

namespace Monitor.Integration.Tests.Faults;

/// <summary>What a run behind a broker came to.</summary>
/// <param name="Tally">Counted from the files that it left.</param>
/// <param name="Deaths">Kills of the broker, or of the intake.</param>
/// <param name="Losses">Of the broker's, those after which its persistence was gone.</param>
/// <param name="Acknowledgements">PUBACKs of the intake to the broker.</param>
/// <param name="Stale">Of these, those for nothing that was delivered on their own connection.</param>
/// <param name="OutOfOrder">Of these, those that did not answer the oldest.</param>
internal sealed record BrokerFaultOutcome(
    FaultTally Tally, int Deaths, int Losses, int Acknowledgements, int Stale, int OutOfOrder)
{
    /// <summary>Nothing lost, doubled, promised in vain, or acknowledged for another connection or out of turn.</summary>
    internal bool IsClean => Tally.IsClean && Acknowledgements > 0 && (Stale, OutOfOrder) == (0, 0);
}

/// <summary>
/// Real agents that wait for receipts, a real Mosquitto, and the service behind it; one of the two is killed while
/// readings are on the way. Then all is drained, ended and counted.
/// </summary>
internal sealed class BrokerFaultRun : IAsyncDisposable
{
    private readonly EdgeFolder _folder = new();
    private readonly FaultField _field;
    private readonly BrokerTap _tap;
    private Mosquitto _broker = null!;

    private BrokerFaultRun()
    {
        int port = FaultRun.FreePort();
        _tap = new BrokerTap(port);
        _field = new FaultField(_folder.File("."), port) { BrokerSettings = _folder.File("serve.json") };
        File.WriteAllText(_field.BrokerSettings, string.Create(CultureInfo.InvariantCulture,
            $$"""{"broker":{"address":"127.0.0.1:{{_tap.Port}}","retryMax":1} }"""));
    }

    /// <summary>
    /// Kills the broker so many times, each after some more deliveries, and now and then takes its persistence away.
    /// </summary>
    internal static async Task<BrokerFaultOutcome> OfBrokerAsync(int seed, int kills, int losses, CancellationToken stop)
    {
        await using var run = new BrokerFaultRun();
        return await run.CountAsync(new FaultPlan(seed, [], []), async (_, token) =>
        {
            var chance = new Random(seed);
            for (int n = 1; n <= kills; n++)
            {
                await run._tap.SeeDeliveredAsync(run._tap.Delivered + chance.Next(1, 60));
                run._broker.Kill();
                if (n * losses / kills > (n - 1) * losses / kills) run.LosePersistence();
                await run._broker.RestartAsync(token);
            }
            return kills;
        }, losses, stop);
    }

    /// <summary>Kills the intake so many times, half at random and half at its steps.</summary>
    internal static async Task<BrokerFaultOutcome> OfIntakeAsync(int seed, int kills, CancellationToken stop)
    {
        await using var run = new BrokerFaultRun();
        FaultPlan plan = FaultPlan.Mixed(seed, kills, 0);
        return await run.CountAsync(plan, (server, _) => Task.FromResult(server.Deaths.Count), 0, stop);
    }

    /// <summary>
    /// The control: an intake that acknowledges before it commits, killed in between. On a machine with other work its lie
    /// may come true before the kill every time; then it is tried again, three times in all.
    /// </summary>
    internal static async Task<BrokerFaultOutcome> OfBrokenIntakeAsync(int seed, int kills, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            await using var run = new BrokerFaultRun();
            FaultPlan plan = FaultPlan.OfServer(seed + attempt, "after-insert-before-commit", kills) with
            {
                AcknowledgesBeforeCommit = true,
            };
            BrokerFaultOutcome outcome =
                await run.CountAsync(plan, (server, _) => Task.FromResult(server.Deaths.Count), 0, stop);
            if (!outcome.IsClean || attempt == 3) return outcome;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tap.DisposeAsync();
        _broker?.Dispose();
        _folder.Dispose();
    }

    private async Task<BrokerFaultOutcome> CountAsync(FaultPlan plan, Func<FaultServer, CancellationToken, Task<int>> kill,
        int losses, CancellationToken stop)
    {
        // Not after each change: what a kill takes away is to be more than the last message.
        _broker = await Mosquitto.StartAsync(_folder, stop, $"""
            allow_anonymous true
            persistence true
            persistence_location {_folder.File(".")}/
            autosave_on_changes true
            autosave_interval 50
            """, _field.MqttPort);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        FaultAgent[] agents =
            [.. Enumerable.Range(0, FaultPlan.AgentCount).Select(number => new FaultAgent(_field, number, plan))];
        var server = new FaultServer(_field, plan) { EndsFaults = plan.Server.Count > 0 };
        int deaths = 0;
        Task drained = Task.WhenAll(agents.Select(agent => GuardedAsync(agent.RunAsync(either.Token))));
        await Task.WhenAll(drained, GuardedAsync(server.RunAsync(drained, either.Token)), GuardedAsync(KillAsync()));
        deaths = plan.Server.Count > 0 ? server.Deaths.Count : deaths;
        return new BrokerFaultOutcome(FaultTally.Of(_field.Data, agents), deaths, losses, _tap.Acknowledged, _tap.Stale,
            _tap.OutOfOrder);

        async Task KillAsync()
        {
            deaths = await kill(server, either.Token);
            if (plan.Server.Count == 0) _field.EndServerFaults();
        }

        // Where one fails the others would wait for it in vain.
        async Task GuardedAsync(Task running)
        {
            try
            {
                await running;
            }
            catch
            {
                await either.CancelAsync();
                throw;
            }
        }
    }

    private void LosePersistence()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.File("."), "mosquitto.db*")) File.Delete(file);
    }
}
