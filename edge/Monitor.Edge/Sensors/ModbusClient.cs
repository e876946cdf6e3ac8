using System.Net.Sockets;

namespace Monitor.Edge.Sensors;

/// <summary>
/// Asks a device for registers over TCP, one request at a time. After anything but an answer the connection is given up: a
/// late answer must not be taken for another's.
/// </summary>
internal sealed class ModbusClient(string host, int port, byte unit, TimeSpan within, TimeProvider clock) : IDisposable
{
    private TcpClient? client;
    private ushort transaction;

    /// <summary>Reads registers.</summary>
    /// <returns>
    /// A fault of <see cref="DeviceFault"/> and nothing, or <see cref="DeviceFault.None"/> and the registers.
    /// </returns>
    internal async Task<(int Fault, ushort[] Words)> ReadAsync(ModbusRange range, CancellationToken stop)
    {
        (int Fault, ushort[] Words) answer = (DeviceFault.Unreachable, []);
        using var limit = new CancellationTokenSource(within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            if (client is null)
            {
                client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(host, port, either.Token);
            }
            answer.Fault = DeviceFault.Silent;
            answer = await AskAsync(client.GetStream(), range, either.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            // Refused, reset, or closed before its answer was whole: which of them stands in answer.
            answer = (answer.Fault, []);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            answer = (answer.Fault, []);
        }
        if (answer.Fault is not DeviceFault.None and < DeviceFault.Exceptions) Dispose();
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }

    private async Task<(int, ushort[])> AskAsync(NetworkStream stream, ModbusRange range, CancellationToken stop)
    {
        transaction = unchecked((ushort)(transaction + 1));
        await stream.WriteAsync(ModbusFrame.Request(transaction, unit, range), stop);
        byte[] frame = new byte[ModbusFrame.LengthMax];
        await stream.ReadExactlyAsync(frame.AsMemory(0, ModbusFrame.HeaderLength), stop);
        if (ModbusFrame.Following(frame.AsSpan(0, ModbusFrame.HeaderLength)) is not int following)
        {
            return (DeviceFault.Malformed, []);
        }
        await stream.ReadExactlyAsync(frame.AsMemory(ModbusFrame.HeaderLength, following), stop);
        int fault = ModbusFrame.Read(
            frame.AsSpan(0, ModbusFrame.HeaderLength + following), transaction, unit, range, out ushort[] words);
        return (fault, words);
    }
}
