using System.Globalization;
using System.IO.Pipelines;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>
/// Whole sessions of packets in any order, some of them damaged: every session ends, by a rule and not by a fault of ours,
/// and what was taken was answered in order. MONITOR_FUZZ_PACKETS and MONITOR_FUZZ_SEED make it longer, or another.
/// </summary>
public sealed class MqttServerSessionFuzzTests
{
    private const int PacketsOfSession = 50;
    private const int LongForm = 500_000;
    private const long GrowthMax = 1024 * 1024;

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_session_of_damaged_packets_ends_by_a_rule(MqttProtocolVersion version)
    {
        int packets = Number("MONITOR_FUZZ_PACKETS", 50_000), seed = Number("MONITOR_FUZZ_SEED", 2025);
        int byRule = 0, byWord = 0;
        long settled = 0;
        for (int session = 0; session < packets / PacketsOfSession; session++)
        {
            var chance = new Random(unchecked((seed * 1_000_003) + session));
            MqttSessionEnd end = await RunAsync(chance, version).WaitAsync(
                TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            string which = $"session {session} of seed {seed}: {end.Reason} {end.Detail} {end.Exception}";
            Assert.True(end.Reason is MqttSessionEndReason.ProtocolViolation or MqttSessionEndReason.ClientDisconnected
                or MqttSessionEndReason.ConnectionLost or MqttSessionEndReason.ConnectRefused
                or MqttSessionEndReason.Busy, which);
            Assert.True(end.Exception is null, which);
            if (session == packets / PacketsOfSession / 10) settled = GC.GetTotalMemory(forceFullCollection: true);
            if (end.Reason == MqttSessionEndReason.ProtocolViolation) byRule++;
            if (end.Reason == MqttSessionEndReason.ClientDisconnected) byWord++;
        }
        // By itself, as the long form is run: beside other tests the heap is not this one's alone.
        if (packets >= LongForm) Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - settled, long.MinValue, GrowthMax);
        // Both kinds of end must be common, or the packets are too good or too bad to show anything.
        int sessions = packets / PacketsOfSession;
        Assert.InRange(byRule, sessions / 10, sessions);
        Assert.InRange(byWord, sessions / 100, sessions);
    }

    private static async Task<MqttSessionEnd> RunAsync(Random chance, MqttProtocolVersion version)
    {
        var toServer = new Pipe(new(pauseWriterThreshold: 0, useSynchronizationContext: false));
        var toClient = new Pipe(new(pauseWriterThreshold: 0, useSynchronizationContext: false));
        var options = new MqttServerSessionOptions
        {
            Authenticate = (_, _, _) => new(MqttConnectReasonCode.Success),
            Publish = async (_, packet, _) =>
            {
                if (packet.Payload.Length % 2 == 0) await Task.Yield();
                return packet.Payload.Length % 7 == 3 ? MqttPubAckReasonCode.QuotaExceeded : MqttPubAckReasonCode.Success;
            },
            Subscribe = (_, _, _) => new(MqttSubscribeReasonCode.GrantedQoS1),
            ReceiveMaximum = 8,
            MaximumPacketSize = 4096,
            TopicAliasMaximum = 2,
            TimeProvider = new ManualClock(),
        };
        var session = new MqttServerSession(toServer.Reader, toClient.Writer, options);
        Task<MqttSessionEnd> run = session.RunAsync(CancellationToken.None);
        await toServer.Writer.WriteAsync(MqttPacketEncoder.Encode(
            new MqttConnectPacket { ClientId = "A", ProtocolVersion = version }, version));
        for (int i = 0; i < PacketsOfSession; i++) await toServer.Writer.WriteAsync(Next(chance, version));
        await toServer.Writer.CompleteAsync();
        MqttSessionEnd end = await run;
        await toClient.Reader.CompleteAsync();
        return end;
    }

    private static byte[] Next(Random chance, MqttProtocolVersion version)
    {
        byte[] bytes = MqttPacketEncoder.Encode(Packet(chance), version);
        if (chance.Next(40) != 0) return bytes;
        switch (chance.Next(3))
        {
            case 0:
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
                return bytes;
            case 1:
                return bytes[..chance.Next(bytes.Length)];
            default:
                byte[] noise = new byte[chance.Next(1, 30)];
                chance.NextBytes(noise);
                return [.. bytes, .. noise];
        }
    }

    private static MqttPacket Packet(Random chance)
    {
        ushort id = (ushort)chance.Next(1, 5);
        return chance.Next(60) switch
        {
            < 35 => Publish(chance, id),
            < 42 => new MqttPubRelPacket { PacketIdentifier = id },
            < 48 => new MqttSubscribePacket { PacketIdentifier = id, TopicFilters = [new() { Topic = $"t/{id}/+" }] },
            < 53 => new MqttUnsubscribePacket { PacketIdentifier = id, TopicFilters = [$"t/{id}/+"] },
            < 58 => new MqttPingReqPacket(),
            58 => new MqttDisconnectPacket(),
            _ => new MqttPubAckPacket { PacketIdentifier = id },
        };
    }

    private static MqttPublishPacket Publish(Random chance, ushort id)
    {
        int qos = chance.Next(3);
        return new MqttPublishPacket
        {
            Topic = "t/" + id.ToString(CultureInfo.InvariantCulture),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
            PacketIdentifier = qos == 0 ? (ushort)0 : id,
            Payload = new byte[chance.Next(60)],
        };
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
