using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Tests.Wire.Hj212;

public sealed class Hj212StationTests
{
    // Lead at the limit of class III, 0.05 mg/L, as a station sends it in µg/L: the digits stay, the point moves.
    [Theory]
    [InlineData("w20120", "50.0", "", "0.0500", "mg/L")]
    [InlineData("w20120", "0.00011", "mg/L", "0.00011", "mg/L")]
    [InlineData("w20122", "0.005", "", "0.005", "mg/L")]
    [InlineData("w20122", "5", "µg/L", "0.005", "mg/L")]
    [InlineData("w01001", "7.40", "", "7.40", "1")]
    [InlineData("a34004", "9", "", "9", "")]
    [InlineData("w00000", "1.5", "m3/s", "1.5", "m3/s")]
    public void Units_are_the_standards_unless_the_station_says_otherwise(
        string code, string sent, string set, string kept, string unit)
    {
        var station = new Hj212Station { Units = set.Length > 0 ? new Dictionary<string, string> { [code] = set } : [] };
        Assert.True(station.TryRead(Value(code, sent), out Reading? reading, out _));
        Assert.Equal((kept, unit), (reading.Value.ToString(), reading.Unit));
    }

    [Theory]
    [InlineData(null, "N")]
    [InlineData("", "N")]
    [InlineData("N", "N")]
    [InlineData("T", "T")]
    [InlineData("sc", "sc")]
    [InlineData("0", "X")]
    [InlineData("long", "X")]
    public void A_flag_travels_as_sent_and_one_that_cannot_is_never_normal(string? flag, string status)
    {
        Assert.True(new Hj212Station().TryRead(Value("w01001", "1", flag), out Reading? reading, out _));
        Assert.Equal(status, reading.Status);
    }

    [Theory]
    [InlineData("w01001", "--", "'--' of w01001 is no plain decimal.")]
    [InlineData("w01001", "1e5", "'1e5' of w01001")]
    [InlineData("w 1", "1", "'w 1' is no measurand's code.")]
    [InlineData("w20120", "0.0000000000000001", "too many decimal places")]
    public void What_is_no_value_is_no_reading(string code, string text, string why)
    {
        Assert.False(new Hj212Station().TryRead(Value(code, text), out _, out string reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_stays_a_bound()
    {
        Assert.True(new Hj212Station().TryRead(Value("w21003", "<0.025"), out Reading? reading, out _));
        Assert.Equal("<0.025", reading.Value.ToString());
    }

    [Fact]
    public void The_same_letters_mean_other_things_in_the_two_profiles()
    {
        Assert.Equal("stopped", Hj212Profile.Of2017.MeaningOf("F"));
        Assert.Equal("no link between instrument and logger", Hj212Profile.SurfaceWater.MeaningOf("F"));
        Assert.Equal("instrument offline", Hj212Profile.SurfaceWater.MeaningOf("B"));
        Assert.All(Hj212Profile.All, profile => Assert.NotNull(profile.MeaningOf("sc")));
        Assert.Null(Hj212Profile.Of2017.MeaningOf("hd"));
    }

    [Fact]
    public void A_split_message_is_whole_when_all_its_packets_came_in_any_order_under_any_qn()
    {
        var messages = new SplitMessages();
        Assert.Equal(SplitState.Open, messages.Add(Part(2, 2, "20250101000000", qn: "1")));
        Assert.Equal(SplitState.Repeated, messages.Add(Part(2, 2, "20250101000000", qn: "9")));
        Assert.Equal(SplitState.Open, messages.Add(Part(1, 2, "20250101010000")));
        Assert.Equal(SplitState.Whole, messages.Add(Part(1, 2, "20250101000000", qn: "2")));
        Assert.Equal(SplitState.Repeated, messages.Add(Part(1, 2, "20250101000000")));
        Assert.Equal(SplitState.Whole, messages.Add(Part(1, 1, "20250101020000")));
        Assert.Equal((1, 0, 1), (messages.Whole, messages.Incomplete, messages.Open));
        messages.GiveUp();
        Assert.Equal((1, 1, 0), (messages.Whole, messages.Incomplete, messages.Open));
    }

    [Fact]
    public void Messages_that_never_become_whole_take_no_more_room_than_was_given()
    {
        var messages = new SplitMessages(8);
        for (int n = 0; n < 100; n++) messages.Add(Part(1, 9999, $"202501010000{n:D2}"));
        Assert.Equal((8, 92), (messages.Open, messages.Incomplete));
    }

    private static Hj212Packet Part(int number, int count, string time, string qn = "0") => Hj212Packet.Read(
        System.Text.Encoding.ASCII.GetBytes(
            $"QN={qn};ST=21;CN=2061;MN=M;Flag=7;PNUM={count};PNO={number};CP=&&DataTime={time};w01001-Avg=1&&"));

    private static Hj212Value Value(string code, string text, string? flag = "N") =>
        new(code, new Instant(0), text, Statistic.Hour, flag);
}
