using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Tests.Wire.Hj212;

public sealed class FrameScannerTests
{
    private static readonly string One = MadeUpPackets.Text(MadeUpPackets.Segment(1));
    private static readonly string Two = MadeUpPackets.Text(MadeUpPackets.Segment(2));

    [Fact]
    public void Two_packets_in_one_piece_are_two()
    {
        (List<Hj212Frame> frames, long garbage) = MadeUpPackets.Scan(One + Two);
        Assert.Equal([MadeUpPackets.Segment(1), MadeUpPackets.Segment(2)], frames.Select(Segment));
        Assert.All(frames, frame => Assert.True(frame.LengthHolds));
        Assert.Equal(0, garbage);
    }

    // What comes before, between and behind; how many bytes of it are garbage; how many packets hold, and how many do not.
    [Theory]
    [InlineData("{1}{2}", 0, 2, 0)]
    [InlineData("\r\n\n{1}\n\r\n{2}", 0, 2, 0)]
    [InlineData("hello{1}", 5, 1, 0)]
    [InlineData("#{1}#", 2, 1, 0)]
    [InlineData("###{1}", 3, 1, 0)]
    [InlineData("##00{1}", 4, 1, 0)]
    [InlineData("##9999{1}{2}", 6, 2, 0)]
    [InlineData("##0000{1}", 6, 1, 0)]
    [InlineData("{1}##0012garbage", 13, 1, 0)]
    [InlineData("##0133QN=20250101{1}", 0, 1, 1)]
    [InlineData("{1}##0133QN=20250101", 0, 1, 1)]
    [InlineData("##0133QN=2025##0133QN=2{1}", 0, 1, 2)]
    public void Whatever_stands_around_them_right_packets_are_found(string text, int garbage, int right, int wrong)
    {
        text = text.Replace("{1}", One, StringComparison.Ordinal).Replace("{2}", Two, StringComparison.Ordinal);
        (List<Hj212Frame> frames, long counted) = MadeUpPackets.Scan(text);
        Assert.Equal((garbage, right, wrong),
            (counted, frames.Count(f => f.LengthHolds), frames.Count(f => !f.LengthHolds)));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 0)]
    [InlineData(1, -7)]
    [InlineData(1, 9)]
    public void A_wrong_length_costs_its_own_packet_only(int times, int more)
    {
        string segment = MadeUpPackets.Segment(3);
        int declared = (segment.Length * times) + more;
        string wrong = $"##{declared:D4}{segment}{Hj212Crc.Of(Encoding.ASCII.GetBytes(segment)):X4}\r\n";

        (List<Hj212Frame> frames, long garbage) = MadeUpPackets.Scan(One + wrong + Two + One);

        Assert.Equal([true, false, true, true], frames.Select(f => f.LengthHolds));
        Assert.Equal((declared, segment), (frames[1].Declared, Segment(frames[1])));
        Assert.Equal(0, garbage);
    }

    [Fact]
    public void Half_a_packet_costs_its_own_half_only_wherever_it_is_cut()
    {
        for (int cut = 9; cut < One.Length - 6; cut++)
        {
            (List<Hj212Frame> frames, _) = MadeUpPackets.Scan(One[..cut] + Two + One);
            Assert.Equal([false, true, true], frames.Select(f => f.LengthHolds));
            Assert.Equal(One[6..cut], Segment(frames[0]));
        }
    }

    [Fact]
    public void The_length_is_trusted_where_a_text_holds_the_marks_of_another_packet()
    {
        string tricky = "ST=21;CN=3020;MN=M1;CP=&&i21001-Info=//##0012 and &&12//&&";
        (List<Hj212Frame> frames, long garbage) = MadeUpPackets.Scan(MadeUpPackets.Text(tricky) + One);
        Assert.Equal([tricky, MadeUpPackets.Segment(1)], frames.Select(Segment));
        Assert.Equal(0, garbage);
    }

    [Fact]
    public void Chinese_counts_by_its_bytes()
    {
        const string Log = "ST=21;CN=3020;MN=M1;CP=&&i21001-Info=//断面//&&";
        Hj212Frame frame = Assert.Single(MadeUpPackets.Scan(MadeUpPackets.Text(Log)).Frames);
        Assert.True(frame.LengthHolds);
        Assert.Equal(Log.Length + (2 * 2), frame.Declared);
    }

    [Fact]
    public void A_check_sum_that_is_no_number_is_wrong_where_the_length_holds()
    {
        Hj212Frame frame = MadeUpPackets.Scan(One[..^6] + "12G4\r\n" + Two).Frames[0];
        Assert.True(frame.LengthHolds);
        Assert.Equal(CrcKind.Wrong, frame.CrcKind);
        Assert.Equal(MadeUpPackets.Segment(1), Segment(frame));
    }

    [Fact]
    public void Whole_packets_are_given_before_the_line_ends()
    {
        (List<Hj212Frame> frames, _) = MadeUpPackets.Scan(Encoding.ASCII.GetBytes(One[..^2]), isLast: false);
        Assert.Equal(MadeUpPackets.Segment(1), Segment(Assert.Single(frames)));
    }

    [Fact]
    public void However_the_bytes_are_cut_into_pieces_the_same_packets_come_out()
    {
        string[] parts =
        [
            One, Two, "garbage", "##", "##9999", "##0040QN=1;ST=21;CN=20", "\r\n", "#", MadeUpPackets.Text("CN=9015;CP=&&&&"),
            "##0100ST=21;CN=2011;MN=A;CP=&&DataTime=1&&ABCD\r\n", "##0008ST=21;CN=2011;CP=&&&&0000\n",
        ];
        Prop.ForAll(
            Gen.Elements(parts).ListOf().Select(list => string.Concat(list)).Zip(Gen.Choose(1, 400)).ToArbitrary(), given =>
        {
            byte[] stream = Encoding.ASCII.GetBytes(given.Item1 + One);
            var chance = new System.Random(given.Item2);
            (List<Hj212Frame> whole, long garbage) = MadeUpPackets.Scan(stream);
            (List<Hj212Frame> pieces, long same) = MadeUpPackets.Scan(stream, () => chance.Next(1, given.Item2 + 1));
            return garbage == same && whole.Select(Describe).SequenceEqual(pieces.Select(Describe))
                && Segment(whole[^1]) == MadeUpPackets.Segment(1) && whole[^1].LengthHolds;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_end_and_a_right_packet_behind_them_is_found()
    {
        var chance = new System.Random(212);
        string alphabet = "##0123456789&&=;,QNSTCP\r\n";
        for (int run = 0; run < 2000; run++)
        {
            byte[] noise = new byte[chance.Next(0, 600)];
            for (int i = 0; i < noise.Length; i++)
            {
                noise[i] = chance.Next(8) == 0 ? (byte)chance.Next(256) : (byte)alphabet[chance.Next(alphabet.Length)];
            }
            (List<Hj212Frame> frames, _) = MadeUpPackets.Scan([.. noise, .. Encoding.ASCII.GetBytes("\r\n" + One)]);
            Assert.True(frames[^1].LengthHolds, Convert.ToHexString(noise));
            Assert.Equal(MadeUpPackets.Segment(1), Segment(frames[^1]));
        }
    }

    private static string Segment(Hj212Frame frame) => Encoding.UTF8.GetString(frame.Segment.Span);

    private static (string, int, bool, string) Describe(Hj212Frame frame) =>
        (Segment(frame), frame.Declared, frame.LengthHolds, Encoding.UTF8.GetString(frame.Crc.Span));
}
