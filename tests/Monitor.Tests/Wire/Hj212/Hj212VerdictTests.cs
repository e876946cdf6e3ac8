using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Tests.Wire.Hj212;

public sealed class Hj212VerdictTests
{
    [Theory]
    [InlineData("2011", "-Rtd", Statistic.Instantaneous)]
    [InlineData("2051", "-Avg", Statistic.Minute)]
    [InlineData("2061", "-Avg", Statistic.Hour)]
    [InlineData("2031", "-Avg", Statistic.Day)]
    public void Readings_are_those_of_the_commands_own_field(string command, string field, Statistic statistic)
    {
        Hj212Verdict verdict = One($"ST=21;CN={command};MN=M;CP=&&DataTime=20250101080000;w01001-Rtd=1.10,w01001-Avg=1.10,"
            + "w01001-Min=2,w01001-Max=3,w01001-Cou=4,w01001-ZsRtd=5,w01001-Flag=T&&");

        Hj212Value value = Assert.Single(verdict.Values);
        Assert.Equal(("w01001", "1.10", statistic, "T"), (value.Code, value.Text, value.Statistic, value.Flag));
        // 08:00 in China is 00:00 in UTC.
        Assert.Equal("2025-01-01T00:00:00.000Z", value.Time.ToString());
        Assert.EndsWith(field, "w01001" + field, StringComparison.Ordinal);
    }

    // What a device leaves out or writes otherwise, and still is taken.
    [Theory]
    [InlineData("ST=21;CN=2011;MN=M;CP=&&DataTime=20160824003817000;w01001-Rtd=1&&")]
    [InlineData("PW=;ST=101;CN=2011;MN=;PNO=1;PNUM=0002;CP=&&DataTime=20160824003817;w01001-Rtd=1&&")]
    [InlineData("ST=21;CN=2011;CP=&&DataTime=20160824003817,w01001-Rtd=1&&")]
    [InlineData("ST=21;CN=2011;PW=BF470F88957588DE902D1A52;MN=A_1;Flag=9;CP=&&DataTime=20160824003817;w01001-Rtd=1&&")]
    [InlineData("ST=21;CN=2011;MN=A;CP=&&DataTime=20160824003817;w01001-SampleTime=1,w01001-Rtd=1;&&")]
    public void Quirks_of_real_devices_are_taken(string segment)
    {
        Hj212Verdict verdict = One(segment);
        Assert.Null(verdict.Fault);
        Assert.Equal("1", Assert.Single(verdict.Values).Text);
        Assert.Null(verdict.Values[0].Flag);
    }

    [Theory]
    [InlineData("ST=21;MN=M;CP=&&DataTime=20250101000000&&", "It has no command CN.")]
    [InlineData("ST=21;CN=2011;MN=M", "It has no data field CP.")]
    [InlineData("ST=21;CN=2011;MN=M;CP=&&w01001-Rtd=1&&", "Its DataTime is missing, or no time.")]
    [InlineData("ST=21;CN=2011;MN=M;CP=&&DataTime=20250230000000;w01001-Rtd=1&&", "Its DataTime is missing, or no time.")]
    [InlineData("ST=21;CN=2011;MN=M;PNUM=2;PNO=3;CP=&&DataTime=20250101000000&&", "PNO and PNUM name no packet")]
    [InlineData("ST=21;CN=2011;MN=M;CP=&&DataTime=20250101000000;w01001&&", "is no name=value")]
    public void Fields_that_do_not_make_a_packet_are_told(string segment, string fault)
    {
        Hj212Verdict verdict = One(segment);
        Assert.False(verdict.Holds);
        Assert.True(verdict.LengthHolds && verdict.CrcHolds);
        Assert.Contains(fault, verdict.Fault, StringComparison.Ordinal);
        Assert.Empty(verdict.Values);
    }

    [Fact]
    public void A_wrong_check_sum_takes_no_reading()
    {
        string wrong = MadeUpPackets.Text(MadeUpPackets.Segment(1))[..^6] + "1C81\r\n";
        Hj212Verdict verdict = Assert.Single(MadeUpPackets.Verdicts(wrong));
        Assert.Equal((true, false, 0), (verdict.LengthHolds, verdict.CrcHolds, verdict.Values.Count));
        Assert.Contains("said to be 1C81, and is ", verdict.Fault, StringComparison.Ordinal);
        // The head is told all the same: whose packet it was is worth knowing.
        Assert.Equal(("21", "2061", "M1"), (verdict.Packet.St, verdict.Packet.Cn, verdict.Packet.Mn));
    }

    [Theory]
    [InlineData("0759", "hj212", false)]
    [InlineData("0759", "modbus", true)]
    [InlineData("5907", "modbus-swapped", true)]
    [InlineData("5907", "modbus", false)]
    [InlineData("1C80", "modbus", false)]
    [InlineData("1C80", "any", true)]
    public void Check_sums_of_modbus_are_taken_by_setting_only(string crc, string rule, bool holds) =>
        Assert.Equal(holds, Assert.Single(MadeUpPackets.Verdicts($"##0101{MadeUpPackets.Annex}{crc}\r\n", rule)).Holds);

    [Fact]
    public void A_command_that_carries_no_readings_holds_without_any()
    {
        Hj212Verdict verdict = One("QN=20120416225111069;ST=91;CN=9021;PW=122333;MN=88888880000006;Flag=1;CP=&&&&");
        Assert.True(verdict.Holds);
        Assert.Empty(verdict.Packet.Items);
        Assert.True(verdict.Packet.WantsAnswer);
    }

    [Fact]
    public void A_request_for_readings_holds_without_any() => Assert.True(
        One("QN=1;ST=21;CN=2061;PW=1;MN=M;Flag=5;CP=&&BeginTime=20250101000000,EndTime=20250102000000&&").Holds);

    [Fact]
    public void Checks_of_quality_control_commands_are_no_readings() => Assert.Empty(
        One("ST=21;CN=2062;MN=M;CP=&&DataTime=20250101000000;w21003-Avg=1,w21003-Rtd=1,w21003-Check=1&&").Values);

    private static Hj212Verdict One(string segment) => Assert.Single(MadeUpPackets.Verdicts(MadeUpPackets.Text(segment)));
}
