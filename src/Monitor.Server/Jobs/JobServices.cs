using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Server.Intake;
using Monitor.Storage.Evidence;
using Quartz;

namespace Monitor.Server.Jobs;

/// <summary>What the jobs are made of, in the service's container.</summary>
internal static class JobServices
{
    // One judges, one takes scenes; the intake keeps the other cores.
    private const int ThreadsMax = 2;

    internal static void AddJobs(this IServiceCollection services, MonitorServerOptions options)
    {
        services.AddSingleton<JobBoard>();
        services.AddSingleton<LateWatch>();
        services.AddSingleton(new EvidenceStore(options.Folder.Evidence));
        services.AddSingleton(s => new SealingDesk(
            s.GetRequiredService<ILedgerStore>(), s.GetRequiredService<EvidenceStore>(), options.Folder, options.Clock));
        services.AddSingleton<RiverFlow>();
        services.AddSingleton<RevisionFlow>();
        services.AddSingleton<AdoptedTerms>();
        services.AddSingleton<OwnSensor>();
        services.AddSingleton(s => new SceneFlow(
            s.GetRequiredService<IReadingStore>(),
            arrival => s.GetRequiredService<OwnSensor>().AppendAsync(arrival).GetAwaiter().GetResult(),
            s.GetRequiredService<SealingDesk>(), options.Folder));
        services.AddSingleton<HydrologyFlow>();
        services.AddSingleton<YearFlow>();
        services.AddSingleton<JudgingRound>();
        services.AddSingleton(s => new SceneInbox(options.Folder, s.GetRequiredService<SceneFlow>()));
        services.AddSingleton<JobHost>();
        services.AddTransient<JudgeJob>();
        services.AddSingleton(s => new TriggerDesk(
            s.GetRequiredService<ILedgerStore>(), s.GetRequiredService<EvidenceStore>(), options.Clock));
        services.AddTransient<MilestoneJob>();
        services.AddTransient<TriggerJob>();
        services.AddTransient<SceneInboxJob>();
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(options.Clock);
            quartz.UseDefaultThreadPool(ThreadsMax);
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder
                {
                    DataSource = options.Folder.Jobs,
                    Pooling = false,
                }.ToString());
                store.ProvisionSchema();
            });
        });
    }
}
