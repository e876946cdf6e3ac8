using Monitor.Domain.Readings;
using Monitor.Server.People;

namespace Monitor.Server.Intake.Broker;

/// <summary>Puts the link to an outside broker together.</summary>
internal static class BrokerServices
{
    /// <summary>Adds the link, where the options name a broker.</summary>
    internal static void AddBroker(this IServiceCollection services, MonitorServerOptions options)
    {
        if (options.Broker is not BrokerOptions broker) return;
        services.AddSingleton(s => new BrokerAgents(
            s.GetRequiredService<AgentRegister>(), options.UnregisteredAgents, options.Intake, options.Clock));
        services.AddSingleton(s =>
        {
            ILogger log = s.GetRequiredService<ILogger<BrokerLink>>();
            var agents = s.GetRequiredService<BrokerAgents>();
            var shelf = s.GetRequiredService<RetainedShelf>();
            var desk = new BrokerDesk(
                s.GetRequiredService<IntakeCommitter>(), shelf, agents, options.Intake, broker.Share, options.Clock, log);
            // As with the embedded intake: a service that lies about its commits must not mend the lie.
            var asking = new BrokerAsking(s.GetRequiredService<IReadingStore>(), shelf, agents, broker.Share,
                asks: !options.AcknowledgeBeforeCommit, log);
            return new BrokerLink(broker, desk, asking, options.Clock, log);
        });
    }
}
