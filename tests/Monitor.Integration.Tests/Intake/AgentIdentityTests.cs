using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Monitor.Server.Intake;
using Monitor.Server.People;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>Who is let in, and what for.</summary>
public sealed class AgentIdentityTests
{
    [Fact]
    public async Task The_first_registered_agent_closes_the_door_to_all_others()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using (MqttClient stranger = await service.ConnectAsync("A-018")) { }
        string password = service.Register("A-017");
        Assert.Equal(MqttConnectReasonCode.NotAuthorized, await Knock(service, "A-018"));
        Assert.Equal(MqttConnectReasonCode.NotAuthorized, await Knock(service, "A-017"));
        Assert.Equal(MqttConnectReasonCode.Success, await Knock(service, "A-017", password));
    }

    [Theory]
    [InlineData(UnregisteredAgents.Refused, MqttConnectReasonCode.NotAuthorized)]
    [InlineData(UnregisteredAgents.OnThisMachine, MqttConnectReasonCode.Success)]
    public async Task What_becomes_of_strangers_can_be_said(UnregisteredAgents rule, MqttConnectReasonCode answer)
    {
        await using AgentService service = await AgentService.StartAsync(unregistered: rule);
        Assert.Equal(answer, await Knock(service, "A-018"));
        service.Register("A-017");
        Assert.Equal(answer, await Knock(service, "A-018"));
        // A registered id must be proved, whatever the rule.
        Assert.Equal(MqttConnectReasonCode.NotAuthorized, await Knock(service, "A-017"));
    }

    [Fact]
    public async Task Only_the_right_password_under_the_right_name_is_let_in()
    {
        await using AgentService service = await AgentService.StartAsync();
        string password = service.Register("A-017"), other = service.Register("A-018");
        Assert.Equal(MqttConnectReasonCode.Success, await Knock(service, "A-017", password));
        Assert.Equal(MqttConnectReasonCode.Success, await Knock(service, "A-017", password)); // from what is known
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, await Knock(service, "A-017", password + "x"));
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, await Knock(service, "A-017", other));
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, await Knock(service, "A-017", ""));
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, await Knock(service, "A-019", password));
        Assert.Equal(MqttConnectReasonCode.ClientIdentifierNotValid,
            await Knock(service, "A-018", password, o => o with { UserName = "A-017" }));
        // 3.1.1 has a return code of its own for it.
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword,
            await Knock(service, "A-017", "wrong", o => o with { ProtocolVersion = MqttProtocolVersion.V311 }));
    }

    [Fact]
    public async Task A_section_that_is_not_the_agents_is_refused_kept_apart_and_listed()
    {
        await using AgentService service = await AgentService.StartAsync();
        string password = service.Register("A-017", "", "S-03", "S-04");
        await using MqttClient agent = await service.ConnectAsync("A-017", password);
        Assert.Equal(MqttPubAckReasonCode.Success,
            await AgentService.PublishAsync(agent, SampleBatch.Hourly(1, section: "S-03")));
        Assert.Equal(MqttPubAckReasonCode.Success,
            await AgentService.PublishAsync(agent, SampleBatch.Hourly(2, section: "S-04")));
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized,
            await AgentService.PublishAsync(agent, SampleBatch.Hourly(3, section: "S-05")));
        Assert.Equal(new StoreCounts(4, 4, 2, 0, 1), service.Server.Record.Count());
        Assert.Equal(
            "Agent A-017 is not registered for section S-05.", (await service.AlarmAsync(AlarmKinds.Spoofed, "S-05")).Detail);
    }

    [Fact]
    public async Task A_revoked_agent_is_cut_off_and_not_let_in_again_until_it_is_registered_anew()
    {
        await using AgentService service = await AgentService.StartAsync();
        string former = service.Register("A-017");
        await using MqttClient agent = await service.ConnectAsync("A-017", former);
        service.Register(r => r.Revoke("A-017", "stolen"));
        MqttClientDisconnectedReason reason = await agent.Disconnected.WaitAsync(
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(MqttDisconnectReasonCode.NotAuthorized, reason.ReasonCode);
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, await Knock(service, "A-017", former));
        Assert.Equal(MqttConnectReasonCode.NotAuthorized, await Knock(service, "A-017"));
        string next = service.Register("A-017");
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, await Knock(service, "A-017", former));
        Assert.Equal(MqttConnectReasonCode.Success, await Knock(service, "A-017", next));
    }

    [Fact]
    public async Task Of_an_agent_with_a_key_only_what_it_signed_is_stored()
    {
        await using AgentService service = await AgentService.StartAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string password = service.Register("A-017", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        await using MqttClient agent = await service.ConnectAsync("A-017", password);
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, Signed(1, key)));
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await AgentService.PublishAsync(agent, Signed(2, another)));
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await AgentService.PublishAsync(agent, SampleBatch.Hourly(3)));
        byte[] changed = Signed(4, key).Payload.ToArray();
        changed[changed.AsSpan().IndexOf("0.1"u8) + 2] = (byte)'9';
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized,
            await AgentService.PublishAsync(agent, "monitor/v1/S-03/A-017/data", changed));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 3), service.Server.Record.Count());
        Assert.Equal(3, (await service.AlarmAsync(AlarmKinds.WrongSignature)).Times);
        // What is stored is sent again by somebody who listened: it is recognised, and nothing more.
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, Signed(5, key)));
        Assert.Equal(new StoreCounts(4, 4, 2, 0, 3), service.Server.Record.Count());
    }

    [Fact]
    public async Task Two_machines_with_one_id_are_noticed_and_what_both_sent_is_kept()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient one = await service.ConnectAsync("A-017");
        await AgentService.PublishAsync(one, SampleBatch.Hourly(1, boot: "here"));
        await using MqttClient two = await service.ConnectAsync("A-017");
        await AgentService.PublishAsync(two, SampleBatch.Hourly(1, boot: "there"));
        Assert.Equal(new StoreCounts(4, 4, 2, 0, 0), service.Server.Record.Count());
        IntakeAlarm alarm = await service.AlarmAsync(AlarmKinds.TakenOver);
        Assert.Equal(("A-017", 1L), (alarm.Agent, alarm.Times));
    }

    [Fact]
    public void An_agent_is_registered_once_and_with_ids_only()
    {
        using var scratch = new Support.TempFolder();
        using var records = Monitor.Storage.Sqlite.SqliteRegistryStore.Open(scratch["record.db"]);
        var register = new AgentRegister(records, TimeProvider.System);
        register.Add("A-017", ["S-03"], "hash", "");
        Assert.Equal("ID", Refused(() => register.Add("A-017", ["S-04"], "hash", "")));
        Assert.Equal("ID", Refused(() => register.Add("A 017", ["S-03"], "hash", "")));
        Assert.Equal("--section", Refused(() => register.Add("A-018", ["S/03"], "hash", "")));
        Assert.Equal("--section", Refused(() => register.Add("A-018", [], "hash", "")));
        Assert.Equal("ID", Refused(() => register.Revoke("A-018", "why")));
        register.Revoke("A-017", "why");
        register.Add("A-017", ["S-04"], "other", "");
        Assert.Equal([("S-03", "why"), ("S-04", null)],
            register.All().Select(a => (Assert.Single(a.Sections), a.RevokedWhy)));
        Assert.Equal("other", register.Find("A-017")!.PasswordHash);
    }

    [Fact]
    public void A_kept_password_is_found_right_and_a_changed_one_is_not()
    {
        string password = AgentPassword.Generate(), kept = AgentPassword.Hash(password);
        Assert.True(AgentPassword.Verify(kept, System.Text.Encoding.UTF8.GetBytes(password)));
        Assert.False(AgentPassword.Verify(kept, "guess"u8));
        Assert.NotEqual(kept, AgentPassword.Hash(password));
        foreach (string broken in new[] { "", "x", kept.Replace("pbkdf2", "md5", StringComparison.Ordinal), kept[..^4] })
        {
            Assert.False(AgentPassword.Verify(broken, System.Text.Encoding.UTF8.GetBytes(password)));
        }
    }

    private static string Refused(Action act) => Assert.Throws<InputException>(act).Field;

    private static ReadingBatch Signed(long sequence, ECDsa key)
    {
        ReadingBatch batch = SampleBatch.Hourly(sequence);
        return batch with
        {
            Payload = EnvelopeSeal.Sign(batch.Payload.Span, bytes => key.SignData(bytes, HashAlgorithmName.SHA256)),
        };
    }

    private static async Task<MqttConnectReasonCode> Knock(
        AgentService service, string id, string? password = null, Func<MqttClientOptions, MqttClientOptions>? more = null)
    {
        (MqttClient client, MqttConnectReasonCode code) =
            await AgentService.TryConnectAsync(service.Server.MqttPort, id, password, more);
        await client.DisposeAsync();
        return code;
    }
}
