using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Tests.Mqtt;

public sealed class MqttCodecFuzzTests
{
    private const int SizeMax = 4096;
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000);

    private static readonly MqttProperties AllOfPublish = new()
    {
        PayloadFormatIndicator = MqttPayloadFormatIndicator.CharacterData,
        MessageExpiryInterval = 60,
        ContentType = "application/json",
        ResponseTopic = "r/1",
        CorrelationData = new byte[] { 1, 2, 3 },
        TopicAlias = 4,
        SubscriptionIdentifiers = [1, 268_435_455],
        UserProperties = [new("k", "v"), new("k", "w")],
    };

    private static readonly MqttPacket[] Samples =
    [
        new MqttConnectPacket
        {
            ClientId = "A-017",
            Username = "u",
            Password = new byte[] { 1 },
            Will = new() { Topic = "w", Properties = new() { WillDelayInterval = 30, ContentType = "t" } },
            Properties = new()
            {
                SessionExpiryInterval = 1, AuthenticationMethod = "m", AuthenticationData = new byte[] { 9 },
                RequestProblemInformation = false, RequestResponseInformation = true, ReceiveMaximum = 5,
                TopicAliasMaximum = 6, MaximumPacketSize = 7, UserProperties = [new("a", "b")],
            },
        },
        new MqttConnAckPacket
        {
            IsSessionPresent = true,
            Properties = new()
            {
                AssignedClientIdentifier = "x", ServerKeepAlive = 9, ResponseInformation = "i", ServerReference = "s",
                ReasonString = "r", MaximumQoS = MqttQualityOfServiceLevel.AtLeastOnce, RetainAvailable = false,
                WildcardSubscriptionAvailable = true, SubscriptionIdentifiersAvailable = false,
                SharedSubscriptionAvailable = false,
            },
        },
        new MqttPublishPacket
        {
            Topic = "a/b", Payload = new byte[40], QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce,
            PacketIdentifier = 300, Dup = true, Retain = true, Properties = AllOfPublish,
        },
        new MqttPubAckPacket { PacketIdentifier = 1, Properties = new() { ReasonString = "ok" } },
        new MqttPubRecPacket { PacketIdentifier = 2, ReasonCode = MqttPubRecReasonCode.QuotaExceeded },
        new MqttPubRelPacket { PacketIdentifier = 3, ReasonCode = MqttPubRelReasonCode.PacketIdentifierNotFound },
        new MqttPubCompPacket { PacketIdentifier = 4 },
        new MqttSubscribePacket
        {
            PacketIdentifier = 5,
            Properties = new() { SubscriptionIdentifiers = [7] },
            TopicFilters = [new() { Topic = "+/x/#", NoLocal = true, RetainAsPublished = true,
                RetainHandling = MqttRetainHandling.DoNotSendOnSubscribe }],
        },
        new MqttSubAckPacket { PacketIdentifier = 6, ReasonCodes = [MqttSubscribeReasonCode.GrantedQoS1] },
        new MqttUnsubscribePacket { PacketIdentifier = 7, TopicFilters = ["a", "b/#"] },
        new MqttUnsubAckPacket
        {
            PacketIdentifier = 8, ReasonCodes = [MqttUnsubscribeReasonCode.NoSubscriptionExisted],
        },
        new MqttPingReqPacket(),
        new MqttPingRespPacket(),
        new MqttDisconnectPacket
        {
            ReasonCode = MqttDisconnectReasonCode.ServerMoved, Properties = new() { ServerReference = "other" },
        },
        new MqttAuthPacket
        {
            ReasonCode = MqttAuthenticateReasonCode.ContinueAuthentication,
            Properties = new() { AuthenticationMethod = "m", ReasonString = "go on" },
        },
    ];

    private static readonly byte[][] SampleBytes =
        [.. Samples.Select(p => MqttPacketEncoder.Encode(p, MqttProtocolVersion.V500))];

    /// <summary>The packets of the bytes, up to the first fault, which may only be a violation.</summary>
    private static List<byte[]> Read(ReadOnlySequence<byte> bytes, MqttProtocolVersion version)
    {
        var packets = new List<byte[]>();
        try
        {
            while (MqttPacketDecoder.TryDecode(ref bytes, version, SizeMax, out var packet))
                packets.Add(MqttPacketEncoder.Encode(
                    packet, packet is MqttConnectPacket c ? c.ProtocolVersion : version));
        }
        catch (MqttProtocolViolationException e)
        {
            packets.Add([(byte)e.ReasonCode]);
        }
        return packets;
    }

    private static bool SameWhole(byte[] bytes, MqttProtocolVersion version)
    {
        var whole = Read(new(bytes), version);
        var split = Read(ByteByByte.Split(bytes), version);
        return whole.Select(Convert.ToHexString).SequenceEqual(split.Select(Convert.ToHexString));
    }

    [Fact]
    public void Every_packet_type_with_every_property_goes_there_and_back()
    {
        Assert.Equal(Enum.GetValues<MqttControlPacketType>(), Samples.Select(p => p.PacketType));
        foreach (byte[] bytes in SampleBytes)
        {
            byte[] back = Assert.Single(Read(new(bytes), MqttProtocolVersion.V500));
            Assert.Equal(bytes, back);
        }
    }

    [Fact]
    public void Every_sample_cut_anywhere_is_not_yet_a_packet()
    {
        foreach (byte[] bytes in SampleBytes)
        {
            for (int length = 0; length < bytes.Length; length++)
            {
                var buffer = new ReadOnlySequence<byte>(bytes, 0, length);
                Assert.False(MqttPacketDecoder.TryDecode(ref buffer, MqttProtocolVersion.V500, SizeMax, out _));
                Assert.Equal(length, buffer.Length);
            }
        }
    }

    [Fact]
    public void Every_one_byte_change_of_every_sample_is_a_packet_or_a_violation()
    {
        foreach (byte[] bytes in SampleBytes)
        {
            for (int at = 0; at < bytes.Length; at++)
            {
                for (int value = 0; value < 256; value++)
                {
                    byte[] changed = [.. bytes];
                    changed[at] = (byte)value;
                    Read(new(changed), MqttProtocolVersion.V500);
                    Read(new(changed), MqttProtocolVersion.V311);
                }
            }
        }
    }

    [Fact]
    public void Random_bytes_are_packets_or_a_violation_however_they_are_cut() =>
        Check.One(Thorough, Prop.ForAll<byte[], bool>((bytes, five) =>
            SameWhole(bytes, five ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)));

    [Fact]
    public void Samples_with_random_changes_are_packets_or_a_violation_however_they_are_cut() =>
        Check.One(Thorough, Prop.ForAll<PositiveInt, (int At, byte To)[], bool>((which, changes, five) =>
        {
            byte[] bytes =
                [.. SampleBytes[which.Get % SampleBytes.Length], .. SampleBytes[which.Get / 15 % SampleBytes.Length]];
            foreach (var (at, to) in changes) bytes[(int)((uint)at % (uint)bytes.Length)] = to;
            return SameWhole(bytes, five ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311);
        }));

    [Fact]
    public void Any_publish_goes_there_and_back() =>
        Check.One(Thorough, Prop.ForAll<byte[], NonEmptyString, PositiveInt>((payload, text, number) =>
        {
            string topic = new([.. text.Get.Where(c => char.IsLetterOrDigit(c) || c == '/')]);
            var packet = new MqttPublishPacket
            {
                Topic = topic.Length == 0 ? "t" : topic,
                Payload = payload,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)(number.Get % 3),
                PacketIdentifier = (ushort)(number.Get % 3 == 0 ? 0 : number.Get % 65_535 + 1),
                Properties = number.Get % 2 == 0 ? AllOfPublish : null,
            };
            var buffer = new ReadOnlySequence<byte>(MqttPacketEncoder.Encode(packet, MqttProtocolVersion.V500));
            Assert.True(MqttPacketDecoder.TryDecode(ref buffer, MqttProtocolVersion.V500, 1 << 20, out var read));
            var back = (MqttPublishPacket)read;
            return back.Topic == packet.Topic && back.Payload.Span.SequenceEqual(payload)
                && back.PacketIdentifier == packet.PacketIdentifier
                && back.QualityOfServiceLevel == packet.QualityOfServiceLevel
                && back.Properties?.ContentType == packet.Properties?.ContentType;
        }));
}
