using System.Text;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Tests.Wire.Hj212;

public sealed class Hj212CrcTests
{
    private static readonly byte[] Annex = Encoding.ASCII.GetBytes(MadeUpPackets.Annex);

    [Fact]
    public void The_example_of_annex_a_has_the_check_sum_of_its_packet_and_not_that_of_its_sentence() =>
        Assert.Equal(0x1C80, Hj212Crc.Of(Annex));

    [Fact]
    public void The_same_segment_under_modbus() => Assert.Equal(0x0759, Hj212Crc.Modbus(Annex));

    // The published check value of CRC-16/MODBUS.
    [Fact]
    public void Modbus_of_the_nine_digits() => Assert.Equal(0x4B37, Hj212Crc.Modbus("123456789"u8));

    [Fact]
    public void Only_256_check_sums_exist_and_their_low_byte_is_one_of_eight()
    {
        HashSet<ushort> seen = [.. Enumerable.Range(0, 65536).Select(i => Hj212Crc.Of([(byte)(i >> 8), (byte)i]))];
        Assert.Equal(256, seen.Count);
        Assert.Equal([0x00, 0x01, 0x40, 0x41, 0x80, 0x81, 0xC0, 0xC1], seen.Select(c => c & 0xFF).Distinct().Order());
    }

    [Theory]
    [InlineData("1C80", CrcKind.Hj212)]
    [InlineData("1c80", CrcKind.Hj212)]
    [InlineData("0759", CrcKind.Modbus)]
    [InlineData("5907", CrcKind.ModbusSwapped)]
    [InlineData("1C08", CrcKind.Wrong)]
    [InlineData("1C8", CrcKind.Wrong)]
    [InlineData("01C80", CrcKind.Wrong)]
    [InlineData("", CrcKind.Wrong)]
    [InlineData("xyzw", CrcKind.Wrong)]
    [InlineData("+1C8", CrcKind.Wrong)]
    public void What_stands_behind_a_segment_is_known_by_its_kind(string text, CrcKind kind) =>
        Assert.Equal(kind, Hj212Crc.KindOf(Annex, Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("hj212", "Hj212")]
    [InlineData("modbus", "Modbus")]
    [InlineData("modbus-swapped", "ModbusSwapped")]
    [InlineData("any", "Hj212 Modbus ModbusSwapped")]
    public void A_rule_accepts_what_it_names_and_never_a_wrong_one(string name, string accepted)
    {
        Assert.True(CrcRule.TryParse(name, out CrcRule? rule));
        Assert.Equal(accepted, string.Join(' ', Enum.GetValues<CrcKind>().Where(rule.Accepts)));
    }
}
