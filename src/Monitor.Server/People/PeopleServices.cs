using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Server.Api;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;

namespace Monitor.Server.People;

/// <summary>Who may sign, and how the page asks them, in the service's container.</summary>
internal static class PeopleServices
{
    internal static void AddPeople(this IServiceCollection services, SqliteAccountStore accounts, TimeProvider clock)
    {
        services.AddSingleton(s => new PersonRegister(s.GetRequiredService<IRegistryStore>(), clock));
        services.AddSingleton(s => new AccountDesk(accounts, s.GetRequiredService<PersonRegister>(), clock));
        services.AddSingleton(s => new DecisionDesk(
            s.GetRequiredService<ILedgerStore>(), s.GetRequiredService<EvidenceStore>(),
            s.GetRequiredService<DataFolder>(), s.GetRequiredService<PersonRegister>(), clock));
        services.AddSingleton(new SessionStore(clock));
        services.AddSingleton(new PasswordThrottle(clock));
        services.AddSingleton<Visitors>();
        services.AddSingleton<PasswordGate>();
    }
}
