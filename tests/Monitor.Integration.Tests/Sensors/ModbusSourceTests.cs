using System.Net;
using System.Net.Sockets;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Edge;
using Xunit;

namespace Monitor.Integration.Tests.Sensors;

public sealed class ModbusSourceTests : IDisposable
{
    private readonly EdgeFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_kind_of_number_is_read_from_a_server_of_another_make()
    {
        // 7.40 and −12.5 °C in one register; 70,000 and −70,000 in two; 0.41 as a float (3ED1 EB85).
        int[] holding = [740, 65536 - 125, 1, 4464, 4464, 1, 0xFFFE, 0xEE90, 0x3ED1, 0xEB85, 0xEB85, 0x3ED1, 0x0002];
        using ModbusSlave slave = await ModbusSlave.StartAsync(holding, [55, 1]);
        await using var run = new SensorRun(folder, Settings(slave.Port, """
            {"measurand":"w01001","at":0,"scale":"0.01","status":{"at":12,"bits":{"0":"M","1":">T"}}},
            {"measurand":"w01010","at":1,"type":"int16","scale":"0.1"},
            {"measurand":"a1","at":2,"type":"uint32"},
            {"measurand":"a2","at":6,"type":"int32","offset":"0.5"},
            {"measurand":"a3","at":8,"type":"float32"},
            {"measurand":"w01009","kind":"input","at":0,"scale":"0.1","unit":"mg/L",
             "status":{"kind":"input","at":1,"bits":{"3":"D"}}}
            """));
        await run.UntilAsync(() => run.Readings.Count >= 6);

        Assert.Equal(
            ["w01001 >7.40 T 1", "w01010 -12.5 N ℃", "a1 70000 N ", "a2 -69999.5 N ", "a3 0.41 N ", "w01009 5.5 N mg/L"],
            run.Readings.Take(6).Select(r => $"{r.Measurand} {r.Value} {r.Status} {r.Unit}"));
        Assert.All(run.Readings, r => Assert.Equal(("sonde", Statistic.Instantaneous), (r.Instrument, r.Statistic)));
    }

    [Fact]
    public async Task The_lower_word_may_come_first()
    {
        using ModbusSlave slave = await ModbusSlave.StartAsync([4464, 1, 0xEB85, 0x3ED1], [0]);
        await using var run = new SensorRun(folder, Settings(slave.Port, """
            {"measurand":"a1","at":0,"type":"uint32"},{"measurand":"a2","at":2,"type":"float32","scale":"10","digits":2}
            """).Replace("\"unit\"", "\"word-order\":\"low-first\",\"unit\"", StringComparison.Ordinal));
        await run.UntilAsync(() => run.Readings.Count >= 2);
        Assert.Equal(["70000", "4.10"], run.Readings.Take(2).Select(r => r.Value.ToString()));
    }

    [Fact]
    public async Task An_exception_is_a_status_and_what_can_be_read_is_read()
    {
        using ModbusSlave slave = await ModbusSlave.StartAsync([740], [0]);
        await using var run = new SensorRun(folder, Settings(slave.Port, """
            {"measurand":"w01001","at":0,"scale":"0.01"},{"measurand":"w01009","at":500}
            """));
        await run.UntilAsync(() => run.Readings.Count(r => r.Measurand == "w01001") >= 3);

        // 102: exception 2, an address that the device does not have. Said once.
        Reading fault = Assert.Single(run.Readings, r => r.Measurand == Measurands.DeviceFault);
        Assert.Equal(("102", "B", "sonde"), (fault.Value.ToString(), fault.Status, fault.Instrument));
        Assert.DoesNotContain(run.Readings, r => r.Measurand == "w01009");
    }

    [Fact]
    public async Task A_device_that_is_gone_silent_and_back_is_a_status_each_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var run = new SensorRun(folder, Settings(port, """{"measurand":"w01001","at":0,"scale":"0.01"}"""));
        // Takes the connection and never answers.
        using (TcpClient silent = await listener.AcceptTcpClientAsync(Stop))
        {
            await run.UntilAsync(() => Faults(run) == "2");
        }
        using TcpClient next = await listener.AcceptTcpClientAsync(Stop);
        // An answer that is none: another transaction.
        await AnswerAsync(next, [0xFF, 0xFF, 0, 0, 0, 5, 7, 3, 2, 2, 228]);
        await run.UntilAsync(() => Faults(run) == "2 3");
        using TcpClient last = await listener.AcceptTcpClientAsync(Stop);
        await AnswerAsync(last, null);
        await run.UntilAsync(() => Faults(run).StartsWith("2 3 0", StringComparison.Ordinal));
        listener.Stop();
        last.Dispose();
        await run.UntilAsync(() => Faults(run).EndsWith('1'));

        Assert.Contains("7.40", run.Readings.Select(r => r.Value.ToString()));
        Assert.Contains(run.Said, line => line.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_a_status_and_no_reading()
    {
        using ModbusSlave slave = await ModbusSlave.StartAsync([0x7FC0, 0, 740], [0]);
        await using var run = new SensorRun(folder, Settings(slave.Port, """
            {"measurand":"w01009","at":0,"type":"float32"},{"measurand":"w01001","at":2,"scale":"0.01"}
            """));
        await run.UntilAsync(() => run.Readings.Count >= 3);
        Assert.Equal("4", Faults(run));
        Assert.DoesNotContain(run.Readings, r => r.Measurand == "w01009");
    }

    [Fact]
    public async Task A_measurement_with_a_time_of_its_own_is_taken_once_and_the_source_ends_at_its_end()
    {
        // 1735660800 is 2025-01-01T00:00:00+08:00.
        uint time = 1735660800;
        using ModbusSlave slave = await ModbusSlave.StartAsync([(int)(time >> 16), (int)(time & 0xFFFF), 740], [0]);
        string settings = Settings(slave.Port, """{"measurand":"w01001","at":2,"scale":"0.01"}""").Replace(
            "\"unit\"", """
            "time":{"at":0,"type":"uint32"},"statistic":"hour","unit"
            """, StringComparison.Ordinal);
        await using (var run = new SensorRun(folder, settings))
        {
            await run.UntilAsync(() => run.Readings.Count >= 1);
            // Asked once more, and another time.
            await slave.AskedAsync(3);
        }
        await using (var run = new SensorRun(folder, settings.Replace(
            "\"time\"", "\"until\":\"2025-01-01T00:00:00+08:00\",\"time\"", StringComparison.Ordinal)))
        {
            // What was taken in the former run is the end already.
            await run.Running.WaitAsync(TimeSpan.FromSeconds(60), Stop);
            Reading only = Assert.Single(run.Readings);
            Assert.Equal((time * 1000L, Statistic.Hour), (only.Time.UnixMilliseconds, only.Statistic));
        }
    }

    private static string Faults(SensorRun run) => string.Join(
        ' ', run.Readings.Where(r => r.Measurand == Measurands.DeviceFault).Select(r => r.Value.ToString()));

    private static async Task AnswerAsync(TcpClient client, byte[]? answer)
    {
        byte[] request = new byte[12];
        await client.GetStream().ReadExactlyAsync(request, Stop);
        await client.GetStream().WriteAsync(
            answer ?? [request[0], request[1], 0, 0, 0, 5, request[6], 3, 2, 2, 228], Stop);
    }

    private static string Settings(int port, string registers) => $$"""
        {"family":"modbus","address":"127.0.0.1:{{port}}","unit":7,"interval-ms":20,"answer-within-ms":500,
         "instrument":"sonde","registers":[{{registers}}]}
        """;
}
