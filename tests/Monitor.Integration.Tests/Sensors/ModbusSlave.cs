using System.Diagnostics;
using Monitor.Integration.Tests.Mqtt;
using Xunit;

namespace Monitor.Integration.Tests.Sensors;

/// <summary>A Modbus server of another make: pymodbus, as a process on a port that it takes itself.</summary>
internal sealed class ModbusSlave : IDisposable
{
    // Holding registers 0 to 29 and input registers 0 to 9, as the test gives them; nothing beyond, so that other addresses
    // are refused with exception 2.
    private const string Script = """
        import sys, json, asyncio
        from pymodbus.datastore import ModbusSequentialDataBlock, ModbusSlaveContext, ModbusServerContext
        from pymodbus.server.async_io import ModbusTcpServer
        holding, inputs = json.loads(sys.argv[1]), json.loads(sys.argv[2])
        class Told(ModbusSequentialDataBlock):
            def getValues(self, address, count=1):
                print("asked", flush=True)
                return super().getValues(address, count)
        async def main():
            unit = ModbusSlaveContext(hr=Told(0, holding), ir=ModbusSequentialDataBlock(0, inputs),
                                      zero_mode=True)
            server = ModbusTcpServer(ModbusServerContext(slaves={7: unit}, single=False), address=("127.0.0.1", 0))
            serving = asyncio.ensure_future(server.serve_forever())
            await server.serving
            print(server.server.sockets[0].getsockname()[1], flush=True)
            await serving
        asyncio.run(main())
        """;

    private readonly Process process;

    private ModbusSlave(Process process, int port) => (this.process, Port) = (process, port);

    internal int Port { get; }

    internal static async Task<ModbusSlave> StartAsync(IEnumerable<int> holding, IEnumerable<int> inputs)
    {
        const string python = "/usr/bin/python3";
        Assert.True("1" == await ForeignClient.RunAsync(python, ["-c",
            "import importlib.util as u; print(1 if u.find_spec('pymodbus') and u.find_spec('serial_asyncio') else 0, end='')"]),
            "pymodbus is missing: install the Debian packages python3-pymodbus and python3-serial-asyncio.");
        var start = new ProcessStartInfo(python, ["-c", Script, Json(holding), Json(inputs)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        try
        {
            string? port = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(port is not null, port is null ? await process.StandardError.ReadToEndAsync() : "");
            _ = process.StandardError.ReadToEndAsync();
            return new ModbusSlave(process, int.Parse(port!, null));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Waits until its holding registers were asked for some times more.</summary>
    internal async Task AskedAsync(int times)
    {
        for (int i = 0; i < times; i++)
        {
            string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal("asked", line);
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Json(IEnumerable<int> registers) => $"[{string.Join(',', registers)}]";
}
