using System.Net;
using System.Net.Sockets;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;
using Monitor.Integration.Tests.Edge;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Integration.Tests.Sensors;

public sealed class Hj212SourceTests : IDisposable
{
    private const string Listening = """{"family":"hj212","listen":"127.0.0.1:0","mn":"MN-1","instrument":"lg"}""";

    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_packet_is_answered_when_its_readings_are_on_the_disk_and_not_before()
    {
        await using var run = new SensorRun(folder, Listening);
        using FieldLogger logger = await ConnectAsync(run);
        await logger.SendAsync(FieldLogger.Hour(3));

        Hj212Packet? answer = await logger.NextAsync();

        Reading reading = Assert.Single(run.Readings);
        Assert.Equal(("9014", "20250101000000003", "MN-1", "91"), (answer!.Cn, answer.Qn, answer.Mn, answer.St));
        Assert.Equal(("w01001", "7.03", Statistic.Hour, "N", "lg"),
            (reading.Measurand, reading.Value.ToString(), reading.Statistic, reading.Status, reading.Instrument));
        // The start of the hour: 03:00 in China.
        Assert.Equal("2024-12-31T19:00:00.000Z", reading.Time.ToString());
    }

    [Fact]
    public async Task Right_packets_are_all_kept_whatever_the_logger_sends_between_them_and_the_rest_is_counted()
    {
        await using var run = new SensorRun(folder, Listening);
        using FieldLogger logger = await ConnectAsync(run);
        string one = FieldLogger.Hour(1);
        // Two in one segment; garbage; half a packet; ten times the length; a wrong check sum; a packet in two pieces.
        await logger.SendAsync(one + FieldLogger.Hour(2));
        await logger.SendAsync("garbage" + FieldLogger.Hour(3));
        await logger.SendAsync(FieldLogger.Hour(90)[..60] + FieldLogger.Hour(4));
        await logger.SendAsync("##" + (int.Parse(one[2..6], null) * 10) + FieldLogger.Hour(91)[6..] + FieldLogger.Hour(5));
        await logger.SendAsync(FieldLogger.Hour(92)[..^6] + "0000\r\n");
        await logger.SendAsync(one[..30].Replace("0001;", "0006;", StringComparison.Ordinal));
        await logger.SendAsync(FieldLogger.Hour(6)[..30]);
        await logger.SendAsync(FieldLogger.Hour(6)[30..]);

        string[] answers = await logger.NextAsync(6);

        Assert.All(answers, answer => Assert.Equal("9014", answer));
        Assert.Equal(["7.01", "7.02", "7.03", "7.04", "7.05", "7.06"], run.Readings.Select(r => r.Value.ToString()));
        Hj212Counts counts = ((Hj212Source)run.Source).Desk!.Counts;
        // Wrong: half a packet, the length, the check sum, and the half of hour 6 that came first.
        Assert.Equal((10, 4, 6), (counts.Packets, counts.Wrong, counts.Readings));
        Assert.Equal("garbage".Length, counts.Garbage);
    }

    [Fact]
    public async Task A_logger_that_says_nothing_takes_no_place_and_disturbs_no_other()
    {
        await using var run = new SensorRun(folder, Listening);
        using FieldLogger silent = await ConnectAsync(run), logger = await ConnectAsync(run);
        await logger.SendAsync(FieldLogger.Hour(1));
        Assert.Equal(["9014"], await logger.NextAsync(1));
        Assert.Single(run.Readings);
    }

    [Fact]
    public async Task A_silent_logger_becomes_a_status_and_so_does_its_return()
    {
        await using var run = new SensorRun(
            folder, Listening.Replace("\"mn\"", "\"silent-after\":1,\"mn\"", StringComparison.Ordinal));
        await run.UntilAsync(() => run.Readings.Count == 1);
        using FieldLogger logger = await ConnectAsync(run);
        await logger.SendAsync(FieldLogger.Hour(1));
        await run.UntilAsync(() => run.Readings.Count >= 3);

        Assert.Equal(["device-fault 2 B", "device-fault 0 N", "w01001 7.01 N"], run.Readings.Take(3).Select(Words));
    }

    [Fact]
    public async Task What_is_sent_again_is_answered_again_and_taken_once()
    {
        await using (var run = new SensorRun(folder, Listening))
        {
            using FieldLogger logger = await ConnectAsync(run);
            await logger.SendAsync(FieldLogger.Hour(1) + FieldLogger.Hour(2) + FieldLogger.Hour(1, qn: "20250101999999999"));
            Assert.Equal(["9014", "9014", "9014"], await logger.NextAsync(3));
            await logger.SendAsync(FieldLogger.Hour(2));
            Assert.Equal(["9014"], await logger.NextAsync(1));
        }
        // The program was ended before the logger had its last answer.
        await using (var run = new SensorRun(folder, Listening))
        {
            using FieldLogger logger = await ConnectAsync(run);
            await logger.SendAsync(FieldLogger.Hour(2) + FieldLogger.Hour(3));
            Assert.Equal(["9014", "9014"], await logger.NextAsync(2));
            Assert.Equal(["7.01", "7.02", "7.03"], run.Readings.Select(r => r.Value.ToString()));
        }
    }

    [Fact]
    public async Task Packets_of_another_station_or_with_another_password_are_refused_in_words_of_the_standard()
    {
        await using var run = new SensorRun(
            folder, Listening.Replace("\"mn\"", "\"password\":\"1\",\"mn\"", StringComparison.Ordinal));
        using FieldLogger logger = await ConnectAsync(run);
        await logger.SendAsync(FieldLogger.Hour(1, mn: "MN-2"));
        await logger.SendAsync(FieldLogger.Packet("ST=21;CN=2011;PW=2;MN=MN-1;Flag=5;CP=&&DataTime=20250101000000&&"));
        await logger.SendAsync(FieldLogger.Hour(2));

        Assert.Equal(["9011 QnRtn=4", "9011 QnRtn=3", "9014"], await logger.NextAsync(3));
        Assert.Equal("7.02", Assert.Single(run.Readings).Value.ToString());
        Assert.Equal(2, ((Hj212Source)run.Source).Desk!.Counts.Strange);
    }

    [Fact]
    public async Task A_logger_that_asks_for_the_time_is_given_it_and_a_heartbeat_is_answered()
    {
        await using var run = new SensorRun(folder, Listening);
        using FieldLogger logger = await ConnectAsync(run);
        await logger.SendAsync(FieldLogger.Packet("QN=1;ST=21;CN=9015;PW=1;MN=MN-1;Flag=9;CP=&&&&"));
        await logger.SendAsync(FieldLogger.Packet("QN=3;ST=21;CN=1061;PW=1;MN=MN-1;Flag=5;CP=&&&&"));
        await logger.SendAsync(FieldLogger.Packet("QN=2;ST=21;CN=1013;PW=1;MN=MN-1;Flag=5;CP=&&PolId=w01001&&"));

        Assert.Equal(["9014", "9011 QnRtn=8", "9013"], await logger.NextAsync(3));
        Hj212Packet? set = await logger.NextAsync();
        Assert.Equal("1012", set!.Cn);
        Assert.True(Hj212Time.TryParse(set.Find("SystemTime"), out Instant time));
        TimeSpan apart = (TimeProvider.System.GetUtcNow() - time.ToDateTimeOffset()).Duration();
        Assert.InRange(apart, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.Empty(run.Readings);
    }

    [Fact]
    public async Task Each_packet_of_a_split_message_is_kept_and_answered_by_itself_and_the_whole_is_counted()
    {
        await using var run = new SensorRun(folder, Listening);
        using FieldLogger logger = await ConnectAsync(run);
        await logger.SendAsync(FieldLogger.Packet("QN=1;ST=21;CN=2061;PW=1;MN=MN-1;Flag=7;PNUM=2;PNO=2;CP=&&"
            + "DataTime=20250101000000;w01009-Avg=9.0,w01009-Flag=N&&"));
        Assert.Equal(["9014"], await logger.NextAsync(1));
        await logger.SendAsync(FieldLogger.Packet("QN=2;ST=21;CN=2061;PW=1;MN=MN-1;Flag=7;PNUM=2;PNO=1;CP=&&"
            + "DataTime=20250101000000;w01001-Avg=7.0,w01001-Flag=N&&"));
        Assert.Equal(["9014"], await logger.NextAsync(1));

        Assert.Equal(["w01009 9.0 N", "w01001 7.0 N"], run.Readings.Select(Words));
        Assert.Equal((1, 0), (((Hj212Source)run.Source).Desk!.Messages.Whole, ((Hj212Source)run.Source).Desk!.Messages.Open));
    }

    [Fact]
    public async Task Missed_data_are_asked_for_from_where_the_outbox_is_over_a_connection_of_either_side()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string settings = $$"""
            {"family":"hj212","connect":"127.0.0.1:{{((IPEndPoint)listener.LocalEndpoint).Port}}","mn":"MN-1","history":"2061",
             "history-from":"2025-01-01T00:00:00+08:00"}
            """;
        await using (var run = new SensorRun(folder, settings))
        {
            using FieldLogger logger = await AcceptAsync(listener);
            Hj212Packet? asked = await logger.NextAsync();
            Assert.Equal(("2061", "20250101000000"), (asked!.Cn, asked.Find("BeginTime")));
            await logger.SendAsync(FieldLogger.Packet($"QN={asked.Qn};ST=91;CN=9011;PW=;MN=MN-1;Flag=4;CP=&&QnRtn=1&&"));
            // A live packet comes in the middle of what was missed; then the connection is cut.
            string now = Hj212Time.Text(Instant.From(TimeProvider.System.GetUtcNow()));
            await logger.SendAsync(FieldLogger.Hour(0) + FieldLogger.Hour(1)
                + FieldLogger.Packet($"ST=21;CN=2061;PW=1;MN=MN-1;Flag=5;CP=&&DataTime={now};w01001-Avg=6.00&&"));
            Assert.Equal(["9014", "9014", "9014"], await logger.NextAsync(3));
        }
        await using (var run = new SensorRun(folder, settings))
        {
            using FieldLogger logger = await AcceptAsync(listener);
            Hj212Packet? asked = await logger.NextAsync();
            // From the last of the missed ones, not from the live one.
            Assert.Equal(FieldLogger.Time(1), asked!.Find("BeginTime"));
            await logger.SendAsync(FieldLogger.Hour(2) + FieldLogger.Hour(3)
                + FieldLogger.Packet($"QN={asked.Qn};ST=91;CN=9012;PW=;MN=MN-1;Flag=4;CP=&&ExeRtn=1&&") + FieldLogger.Hour(4));
            Assert.Equal(["9014", "9014", "9014"], await logger.NextAsync(3));
            Assert.Equal(["7.00", "7.01", "6.00", "7.02", "7.03", "7.04"], run.Readings.Select(r => r.Value.ToString()));
        }
        await using (new SensorRun(folder, settings))
        {
            using FieldLogger logger = await AcceptAsync(listener);
            Assert.Equal(FieldLogger.Time(4), (await logger.NextAsync())!.Find("BeginTime"));
        }
    }

    [Fact]
    public async Task A_source_with_an_end_ends_there_and_its_last_packet_is_answered()
    {
        await using (var run = new SensorRun(folder, Listening.Replace(
            "\"mn\"", "\"until\":\"2025-01-01T02:00:00+08:00\",\"mn\"", StringComparison.Ordinal)))
        {
            using FieldLogger logger = await ConnectAsync(run);
            await logger.SendAsync(FieldLogger.Hour(1) + FieldLogger.Hour(2));
            await run.Running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(["9014", "9014", "closed"], await logger.NextAsync(3));
        }
    }

    private static string Words(Reading reading) => $"{reading.Measurand} {reading.Value} {reading.Status}";

    private static async Task<FieldLogger> ConnectAsync(SensorRun run) =>
        await FieldLogger.ConnectAsync(await ((Hj212Source)run.Source).Port.WaitAsync(TimeSpan.FromSeconds(60)));

    private static async Task<FieldLogger> AcceptAsync(TcpListener listener) => new(
        await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
}
