using System.Text;
using Monitor.Domain;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Simulation;

/// <summary>
/// Registers a plan's agents with the service of a folder for as long as the run lasts, under one password that nobody
/// is told; at the end they are revoked, and the service shuts them out.
/// </summary>
internal sealed class SimulatedRegistrations : IDisposable
{
    private const string Reason = "The simulation is over.";
    private readonly SqliteRegistryStore _records;
    private readonly AgentRegister _register;
    private readonly List<string> _registered = [];

    private SimulatedRegistrations(SqliteRegistryStore records, TimeProvider clock) =>
        (_records, _register) = (records, new AgentRegister(records, clock));

    /// <summary>What every one of them logs in with.</summary>
    internal byte[] Password { get; } = Encoding.UTF8.GetBytes(AgentPassword.Generate());

    /// <summary>Registers them.</summary>
    /// <exception cref="InputException">
    /// The folder holds no record, or an agent that is none of a simulation has one of the ids.
    /// </exception>
    internal static SimulatedRegistrations Make(SimulationPlan plan, DataFolder folder, TimeProvider clock)
    {
        if (!File.Exists(folder.Record)) throw new InputException($"There is no record in {folder.Root}.",
            "Name the folder that the service of --port serves.", field: "--data");
        var made = new SimulatedRegistrations(Backends.OpenRegistry(folder, StoreAccess.ReadWrite), clock);
        try
        {
            made.Register(plan);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Revokes all that were registered.</summary>
    public void Dispose()
    {
        try
        {
            foreach (string id in _registered) _register.Revoke(id, Reason);
        }
        finally
        {
            _records.Dispose();
        }
    }

    private void Register(SimulationPlan plan)
    {
        // One derivation for all: they are made up, and each costs the service one of its own.
        string hash = AgentPassword.Hash(Encoding.UTF8.GetString(Password));
        for (int number = 0; number < plan.Agents; number++)
        {
            var agent = new SimulatedAgent(plan, number);
            // Left by a run that was killed. Anybody else's agent stays, and its id is refused below.
            RegisteredAgent? there = _register.Find(agent.Id);
            bool isOurs = there is { RevokedPosition: null }
                && there.Sections.All(s => s.StartsWith(SimulatedAgent.SectionPrefix, StringComparison.Ordinal));
            if (isOurs) _register.Revoke(agent.Id, Reason);
            _register.Add(agent.Id, [agent.Section], hash, "");
            _registered.Add(agent.Id);
        }
    }
}
