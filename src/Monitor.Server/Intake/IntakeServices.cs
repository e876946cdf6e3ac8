using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Monitor.Domain.Readings;
using Monitor.Server.Jobs;
using Monitor.Server.People;

namespace Monitor.Server.Intake;

/// <summary>Puts the intake together and opens its TLS door.</summary>
internal static class IntakeServices
{
    internal static void AddIntake(this IServiceCollection services, MonitorServerOptions options)
    {
        services.AddSingleton<MqttIntakeHandler>();
        services.AddSingleton<IntakeDesk>();
        // A service that lies about its commits must not mend the lie: what it lost is what the fault tests look for.
        services.AddSingleton(s => new AgentPost(
            s.GetRequiredService<IReadingStore>(), s.GetRequiredService<RetainedShelf>(),
            asksForMissing: !options.AcknowledgeBeforeCommit, s.GetRequiredService<ILogger<AgentPost>>()));
        services.AddSingleton<AgentRegister>();
        services.AddSingleton<AgentWatch>();
        services.AddSingleton<RetainedShelf>();
        services.AddSingleton(s => new AgentDoor(
            s.GetRequiredService<AgentRegister>(), options.UnregisteredAgents, options.Intake, options.Clock));
        services.AddSingleton(s => Committer(s, options));
    }

    private static IntakeCommitter Committer(IServiceProvider services, MonitorServerOptions options)
    {
        ILogger log = services.GetRequiredService<ILogger<IntakeCommitter>>();
        LateWatch late = services.GetRequiredService<LateWatch>();
        IntakeCommitter? committer = null;
        var boots = new BootWatch((agent, detail) => Alarm(agent, AlarmKinds.TwoBoots, detail));
        var clocks = new DoubtWatch((agent, detail) => Alarm(agent, AlarmKinds.Clock, detail));
        return committer = new IntakeCommitter(
            services.GetRequiredService<IReadingStore>(), options.Clock, log, options.Intake,
            options.AcknowledgeBeforeCommit, batch =>
            {
                late.See(batch);
                boots.See(batch);
                clocks.See(batch, Instant.From(options.Clock.GetUtcNow()));
            });

        void Alarm(string agent, string kind, string detail)
        {
            log.LogWarning("Agent {Agent}: {Detail}", agent, detail);
            committer!.Post(new AlarmArrival(agent, kind, detail), detail.Length);
        }
    }

    /// <summary>Opens the TLS door beside the plain one.</summary>
    /// <exception cref="Domain.InputException">A certificate cannot be used.</exception>
    internal static ListenOptions ListenForAgents(this KestrelServerOptions kestrel, IntakeTls tls, TimeProvider clock)
    {
        (X509Certificate2 certificate, X509Certificate2Collection chain) = tls.LoadCertificate();
        X509Certificate2Collection? authorities = tls.LoadAuthorities();
        ListenOptions? door = null;
        kestrel.Listen(tls.Address, tls.Port, listen =>
        {
            door = listen;
            // No HTTP here: MQTT negotiates no application protocol.
            listen.Protocols = HttpProtocols.None;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ServerCertificateChain = chain,
                SslProtocols = System.Security.Authentication.SslProtocols.Tls12
                    | System.Security.Authentication.SslProtocols.Tls13,
                // Without one a password is asked for; with one it must be good, there is no falling back.
                ClientCertificateMode = authorities is null
                    ? ClientCertificateMode.NoCertificate
                    : ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (presented, _, _) =>
                    IntakeTls.IsOf(authorities!, presented, clock.GetUtcNow().UtcDateTime),
            });
            listen.UseConnectionHandler<MqttIntakeHandler>();
        });
        return door!;
    }
}
