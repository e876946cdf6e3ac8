using System.Buffers;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>One forbidden packet per line: the statement it breaks, the bytes, and the code to close with.</summary>
public sealed class MqttMalformedPacketTests
{
    private const int Malformed = 0x81, ProtocolError = 0x82, TopicFilter = 0x8F, TopicName = 0x90, TooLarge = 0x95;

    [Theory]
    [InlineData(5, "00 00", Malformed, "type 0")]
    [InlineData(5, "60 02 0001", Malformed, "MQTT-2.1.3-1 PUBREL flags")]
    [InlineData(5, "C1 00", Malformed, "MQTT-2.1.3-1 PINGREQ flags")]
    [InlineData(5, "36 05 0001 61 0001", Malformed, "MQTT-3.3.1-4 QoS 3")]
    [InlineData(5, "38 04 0001 61 00", Malformed, "MQTT-3.3.1-2 DUP at QoS 0")]
    [InlineData(5, "C0 80808080", Malformed, "MQTT-1.5.5-1 five length bytes")]
    [InlineData(5, "C0 8000", Malformed, "MQTT-1.5.5-1 length longer than needed")]
    [InlineData(5, "C0 01 00", Malformed, "PINGREQ with a body")]
    [InlineData(5, "30 05 0002 C328 00", Malformed, "MQTT-1.5.4-1 bad UTF-8")]
    [InlineData(5, "30 06 0003 EDA080 00", Malformed, "MQTT-1.5.4-1 half a surrogate pair")]
    [InlineData(5, "30 05 0002 6100 00", Malformed, "MQTT-1.5.4-2 U+0000")]
    [InlineData(5, "30 04 0005 6161", Malformed, "topic beyond the end")]
    [InlineData(5, "30 04 0001 23 00", TopicName, "MQTT-3.3.2-2 wildcard")]
    [InlineData(5, "30 03 0000 00", TopicName, "MQTT-4.7.3-1 empty topic without alias")]
    [InlineData(5, "32 06 0001 61 0000 00", ProtocolError, "MQTT-2.2.1-3 identifier 0")]
    [InlineData(5, "30 05 0001 61 02 01", Malformed, "property length beyond the end")]
    [InlineData(5, "30 06 0001 61 02 0102", ProtocolError, "payload format 2")]
    [InlineData(5, "30 08 0001 61 04 0101 0101", ProtocolError, "property twice")]
    [InlineData(5, "30 07 0001 61 03 210001", ProtocolError, "Receive Maximum in PUBLISH")]
    [InlineData(5, "30 05 0001 61 01 7F", ProtocolError, "unknown property")]
    [InlineData(5, "30 06 0001 61 02 0B00", ProtocolError, "subscription identifier 0")]
    [InlineData(5, "30 09 0001 61 05 08 0002 612B", ProtocolError, "MQTT-3.3.2-14 response topic wildcard")]
    [InlineData(5, "40 03 0001 42", Malformed, "unknown PUBACK reason")]
    [InlineData(5, "40 01 00", Malformed, "half an identifier")]
    [InlineData(4, "40 03 0001 00", Malformed, "PUBACK of 3.1.1 with a reason")]
    [InlineData(4, "F0 00", Malformed, "AUTH in 3.1.1")]
    [InlineData(4, "E0 01 00", Malformed, "DISCONNECT of 3.1.1 with a reason")]
    [InlineData(5, "82 03 0001 00", ProtocolError, "MQTT-3.8.3-2 no filter")]
    [InlineData(5, "82 07 0001 00 0001 61 40", Malformed, "MQTT-3.8.3-5 reserved option")]
    [InlineData(5, "82 07 0001 00 0001 61 03", Malformed, "subscription QoS 3")]
    [InlineData(5, "82 07 0001 00 0001 61 30", ProtocolError, "retain handling 3")]
    [InlineData(4, "82 06 0001 0001 61 04", Malformed, "MQTT-3.8.3-4 of 3.1.1")]
    [InlineData(5, "82 08 0001 00 0002 6123 00", TopicFilter, "MQTT-4.7.1-1 # not alone in its level")]
    [InlineData(5, "A2 03 0001 00", ProtocolError, "MQTT-3.10.3-2 no filter")]
    [InlineData(5, "20 03 02 00 00", Malformed, "MQTT-3.2.2-1 CONNACK flags")]
    [InlineData(5, "20 03 01 87 00", ProtocolError, "MQTT-3.2.2-6 session present on refusal")]
    [InlineData(4, "20 02 00 06", Malformed, "reserved return code")]
    [InlineData(4, "90 03 0001 03", Malformed, "MQTT-3.9.3-2 reserved return code")]
    [InlineData(5, "10 0D 0004 4D515454 05 03 0000 00 0000", Malformed, "MQTT-3.1.2-3 reserved flag")]
    [InlineData(5, "10 0D 0004 4D515454 05 0A 0000 00 0000", Malformed, "MQTT-3.1.2-11 will QoS without will")]
    [InlineData(5, "10 0D 0004 4D515454 05 22 0000 00 0000", Malformed, "MQTT-3.1.2-13 will retain without will")]
    [InlineData(5, "10 0D 0004 4D515454 05 1E 0000 00 0000", Malformed, "MQTT-3.1.2-12 will QoS 3")]
    [InlineData(4, "10 0E 0004 4D515454 04 42 0000 0000 0000", Malformed, "MQTT-3.1.2-22 of 3.1.1")]
    [InlineData(5, "10 0D 0004 4D515458 05 02 0000 00 0000", Malformed, "MQTT-3.1.2-1 protocol name")]
    [InlineData(5, "10 0D 0004 4D515454 06 02 0000 00 0000", ProtocolError, "MQTT-3.1.2-2 level 6")]
    [InlineData(5, "10 10 0004 4D515454 05 02 0000 03 210000 0000", ProtocolError, "Receive Maximum 0")]
    [InlineData(5, "10 0E 0004 4D515454 05 02 0000 00 0000 00", Malformed, "bytes after the end")]
    [InlineData(5, "30 E807", TooLarge, "1,003 bytes announced, none of them here yet")]
    public void Is_refused(int version, string hex, int code, string breaks)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        foreach (var buffer in new[] { new ReadOnlySequence<byte>(bytes), ByteByByte.Split(bytes) })
        {
            var violation = Assert.Throws<MqttProtocolViolationException>(() =>
            {
                var rest = buffer;
                MqttPacketDecoder.TryDecode(ref rest, (MqttProtocolVersion)version, 1000, out _);
            });
            Assert.True(code == (int)violation.ReasonCode,
                $"{breaks}: 0x{(int)violation.ReasonCode:X2}, {violation.Message}");
        }
    }
}
