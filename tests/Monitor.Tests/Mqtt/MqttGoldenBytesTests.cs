using System.Buffers;
using System.Text;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>Bytes written out from the figures of the two standards, encoded and decoded.</summary>
public sealed class MqttGoldenBytesTests
{
    private static MqttPacket Decode(byte[] bytes, MqttProtocolVersion version)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.True(MqttPacketDecoder.TryDecode(ref buffer, version, bytes.Length, out var packet));
        Assert.True(buffer.IsEmpty);
        return packet;
    }

    private static void Same(string hex, MqttPacket packet, MqttProtocolVersion version)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(bytes, MqttPacketEncoder.Encode(packet, version));
        Assert.Equal(bytes, MqttPacketEncoder.Encode(Decode(bytes, version), version));
    }

    [Fact]
    public void The_variable_header_of_CONNECT_is_that_of_figure_3_6_of_3_1_1() =>
        // name "MQTT", level 4, flags: user name, password, will QoS 1, will, clean session; keep alive 10
        Same("10 21 0004 4D515454 04 CE 000A 0002 4137 0003 772F31 0002 7570 0004 75736572 0002 7077",
            new MqttConnectPacket
            {
                ProtocolVersion = MqttProtocolVersion.V311,
                ClientId = "A7",
                KeepAlivePeriod = 10,
                Username = "user",
                Password = "pw"u8.ToArray(),
                Will = new()
                {
                    Topic = "w/1",
                    Payload = "up"u8.ToArray(),
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                },
            }, MqttProtocolVersion.V311);

    [Fact]
    public void The_variable_header_of_CONNECT_is_that_of_figure_3_6_of_5_0() =>
        // §3.1.2.12: the same, with level 5 and one property, session expiry interval 10
        Same("10 13 0004 4D515454 05 02 000A 05 11 0000000A 0001 41",
            new MqttConnectPacket
            {
                ClientId = "A", KeepAlivePeriod = 10, Properties = new() { SessionExpiryInterval = 10 },
            },
            MqttProtocolVersion.V500);

    [Fact]
    public void PUBLISH_has_topic_a_b_and_identifier_10_as_in_figure_3_11() // §3.3.2
    {
        var packet = new MqttPublishPacket
        {
            Topic = "a/b",
            PacketIdentifier = 10,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Payload = "7.2"u8.ToArray(),
        };
        Same("32 0A 0003 612F62 000A 372E32", packet, MqttProtocolVersion.V311);
        Same("32 0B 0003 612F62 000A 00 372E32", packet, MqttProtocolVersion.V500);
    }

    [Fact]
    public void SUBSCRIBE_asks_for_a_b_and_c_d_as_in_figure_3_23() // §3.8.3.1
    {
        var packet = new MqttSubscribePacket
        {
            PacketIdentifier = 10,
            TopicFilters =
            [
                new() { Topic = "a/b", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce },
                new() { Topic = "c/d", QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce },
            ],
        };
        Same("82 0E 000A 0003 612F62 01 0003 632F64 02", packet, MqttProtocolVersion.V311);
        Same("82 0F 000A 00 0003 612F62 01 0003 632F64 02", packet, MqttProtocolVersion.V500);
    }

    [Fact]
    public void SUBACK_of_3_1_1_has_the_codes_of_its_example() => // §3.9.3: success 0, success 2, failure
        Same("90 05 000A 00 02 80", new MqttSubAckPacket
        {
            PacketIdentifier = 10,
            ReasonCodes =
            [
                MqttSubscribeReasonCode.GrantedQoS0, MqttSubscribeReasonCode.GrantedQoS2,
                MqttSubscribeReasonCode.UnspecifiedError,
            ],
        }, MqttProtocolVersion.V311);

    [Fact]
    public void UNSUBSCRIBE_names_a_b_and_c_d_as_in_figure_3_30() // §3.10.3
    {
        var packet = new MqttUnsubscribePacket { PacketIdentifier = 10, TopicFilters = ["a/b", "c/d"] };
        Same("A2 0C 000A 0003 612F62 0003 632F64", packet, MqttProtocolVersion.V311);
        Same("A2 0D 000A 00 0003 612F62 0003 632F64", packet, MqttProtocolVersion.V500);
    }

    [Fact]
    public void Short_packets_are_as_short_as_they_may_be()
    {
        Same("C0 00", new MqttPingReqPacket(), MqttProtocolVersion.V311);
        Same("D0 00", new MqttPingRespPacket(), MqttProtocolVersion.V500);
        Same("E0 00", new MqttDisconnectPacket(), MqttProtocolVersion.V500);
        Same("E0 01 8E", new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.SessionTakenOver },
            MqttProtocolVersion.V500);
        Same("40 02 1234", new MqttPubAckPacket { PacketIdentifier = 0x1234 }, MqttProtocolVersion.V500);
        Same("40 03 1234 97", new MqttPubAckPacket
        {
            PacketIdentifier = 0x1234,
            ReasonCode = MqttPubAckReasonCode.QuotaExceeded,
        }, MqttProtocolVersion.V500);
        Same("62 02 0001", new MqttPubRelPacket { PacketIdentifier = 1 }, MqttProtocolVersion.V311);
        Same("20 02 01 00", new MqttConnAckPacket { IsSessionPresent = true }, MqttProtocolVersion.V311);
        Same("20 03 00 87 00", new MqttConnAckPacket { ReasonCode = MqttConnectReasonCode.NotAuthorized },
            MqttProtocolVersion.V500);
        Same("F0 00", new MqttAuthPacket(), MqttProtocolVersion.V500);
    }

    [Fact]
    public void A_refusal_loses_in_3_1_1_what_it_cannot_say() =>
        Assert.Equal([0x40, 2, 0, 7], MqttPacketEncoder.Encode(
            new MqttPubAckPacket { PacketIdentifier = 7, ReasonCode = MqttPubAckReasonCode.PayloadFormatInvalid },
            MqttProtocolVersion.V311));

    [Theory] // table 2-1 of §1.5.5: the ends of what one to four bytes can say
    [InlineData(0u, "00")]
    [InlineData(127u, "7F")]
    [InlineData(128u, "8001")]
    [InlineData(16_383u, "FF7F")]
    [InlineData(16_384u, "808001")]
    [InlineData(2_097_151u, "FFFF7F")]
    [InlineData(2_097_152u, "80808001")]
    [InlineData(268_435_455u, "FFFFFF7F")]
    public void A_variable_byte_integer_has_the_bytes_of_the_table(uint value, string hex)
    {
        var writer = new MqttBufferWriter();
        writer.WriteVariableByteInteger(value);
        Assert.Equal(hex, Convert.ToHexString(writer.Written));
        var reader = new MqttBodyReader(writer.Written);
        Assert.Equal(value, reader.ReadVariableByteInteger());
    }

    [Fact]
    public void The_string_A_and_U_2A6D4_has_the_bytes_of_its_figure() // §1.5.4, figure 1-2
    {
        var writer = new MqttBufferWriter();
        writer.WriteString("A\U0002A6D4");
        Assert.Equal("000541F0AA9B94", Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void A_byte_order_mark_is_kept() // [MQTT-1.5.4-3]
    {
        var reader = new MqttBodyReader([0, 3, 0xEF, 0xBB, 0xBF]);
        Assert.Equal("\uFEFF", reader.ReadString());
    }

    [Fact]
    public void Every_payload_length_around_the_steps_of_the_remaining_length_is_right()
    {
        int[] lengths = [0, 1, 118, 119, 120, 121, 122, 123, 127, 128, 16_374, 16_378, 16_384, 2_097_152];
        foreach (int length in lengths)
        {
            var packet = new MqttPublishPacket { Topic = "ab", Payload = new byte[length] };
            byte[] bytes = MqttPacketEncoder.Encode(packet, MqttProtocolVersion.V500);
            var back = Assert.IsType<MqttPublishPacket>(Decode(bytes, MqttProtocolVersion.V500));
            Assert.Equal(length, back.Payload.Length);
            int remaining = 2 + 2 + 1 + length;
            int size = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4;
            Assert.Equal(1 + size + remaining, bytes.Length);
        }
    }

    [Fact]
    public void A_packet_that_cannot_be_said_leaves_the_buffer_as_it_was()
    {
        var writer = new MqttBufferWriter();
        MqttPacketEncoder.Write(writer, new MqttPingReqPacket(), MqttProtocolVersion.V500);
        var wrong = new MqttPacket[]
        {
            new MqttPublishPacket { Topic = "a/#" },
            new MqttPublishPacket { Topic = "a", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce },
            new MqttPublishPacket { Topic = "a", Properties = new() { ReceiveMaximum = 3 } },
            new MqttPublishPacket { Topic = new string('x', 65_536) },
            new MqttPublishPacket { Topic = "\uD800" },
            new MqttSubscribePacket { PacketIdentifier = 1 },
            new MqttSubscribePacket { PacketIdentifier = 1, TopicFilters = [new() { Topic = "a#" }] },
        };
        foreach (var packet in wrong)
        {
            Assert.Throws<ArgumentException>(() => MqttPacketEncoder.Write(writer, packet, MqttProtocolVersion.V500));
            Assert.Equal("C000", Convert.ToHexString(writer.Written));
        }
    }

    [Fact]
    public void Text_in_Chinese_goes_there_and_back() =>
        Assert.Equal("断面/水质", ((MqttPublishPacket)Decode(MqttPacketEncoder.Encode(
            new MqttPublishPacket { Topic = "断面/水质", Payload = Encoding.UTF8.GetBytes("氨氮") },
            MqttProtocolVersion.V311), MqttProtocolVersion.V311)).Topic);
}
