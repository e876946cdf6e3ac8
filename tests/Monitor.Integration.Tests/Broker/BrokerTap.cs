using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Monitor.Integration.Tests.Broker;

/// <summary>
/// Sits between the intake and its broker and counts: each PUBACK of the intake must answer the oldest PUBLISH at QoS 1
/// that the broker delivered on that same connection and that is not answered. One that answers nothing there is stale:
/// an acknowledgement of an earlier connection.
/// </summary>
internal sealed class BrokerTap : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private readonly ConcurrentBag<Task> _running = [];
    private readonly SemaphoreSlim _news = new(0);
    private readonly int _target;
    private readonly Task _accepting;
    private int _connections, _delivered, _acknowledged, _stale, _outOfOrder;

    internal BrokerTap(int target, int port = 0)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that reached the broker.</summary>
    internal int Connections => Volatile.Read(ref _connections);

    /// <summary>Publishes at QoS 1 that the broker delivered, repeated ones too.</summary>
    internal int Delivered => Volatile.Read(ref _delivered);

    /// <summary>Acknowledgements that the intake sent.</summary>
    internal int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Acknowledgements of nothing that this connection had delivered.</summary>
    internal int Stale => Volatile.Read(ref _stale);

    /// <summary>Acknowledgements of what was not the oldest.</summary>
    internal int OutOfOrder => Volatile.Read(ref _outOfOrder);

    /// <summary>Waits until so many acknowledgements passed.</summary>
    internal Task SeeAcknowledgedAsync(int many) => SeeAsync(() => Acknowledged >= many);

    /// <summary>Waits until so many messages were delivered.</summary>
    internal Task SeeDeliveredAsync(int many) => SeeAsync(() => Delivered >= many);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (TcpClient client in _open.Keys) client.Close();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
        _news.Dispose();
    }

    private async Task SeeAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.True(await _news.WaitAsync(Support.ProgramProcess.Ceiling, TestContext.Current.CancellationToken));
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _running.Add(LinkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            _listener.Stop();
        }
    }

    private async Task LinkAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        _open[near] = _open[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            Interlocked.Increment(ref _connections);
            var outstanding = new List<ushort>();
            await Task.WhenAny(
                CopyAsync(near, far, new MqttFrames((type, flags, body) => FromIntake(outstanding, type, body))),
                CopyAsync(far, near, new MqttFrames((type, flags, body) => FromBroker(outstanding, type, flags, body))));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The link is over: one of the two was killed, or the test ends.
            near.Close();
        }
        finally
        {
            near.Close();
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
        }
    }

    // Looked at before it goes on: what the other end does is always later than what we saw.
    private async Task CopyAsync(TcpClient from, TcpClient to, MqttFrames frames)
    {
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int read = await from.GetStream().ReadAsync(buffer, _stop.Token);
            if (read == 0) return;
            frames.Add(buffer.AsSpan(0, read));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private void FromBroker(List<ushort> outstanding, int type, int flags, ReadOnlySpan<byte> body)
    {
        if (type != 3 || (flags & 0b0110) == 0) return;
        int topic = (body[0] << 8) | body[1];
        lock (outstanding) outstanding.Add((ushort)((body[topic + 2] << 8) | body[topic + 3]));
        Interlocked.Increment(ref _delivered);
        _news.Release();
    }

    private void FromIntake(List<ushort> outstanding, int type, ReadOnlySpan<byte> body)
    {
        if (type != 4) return;
        lock (outstanding)
        {
            int at = outstanding.IndexOf((ushort)((body[0] << 8) | body[1]));
            if (at < 0) Interlocked.Increment(ref _stale);
            if (at > 0) Interlocked.Increment(ref _outOfOrder);
            if (at >= 0) outstanding.RemoveAt(at);
        }
        Interlocked.Increment(ref _acknowledged);
        _news.Release();
    }
}
