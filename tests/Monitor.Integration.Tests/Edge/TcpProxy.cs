using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>
/// A bad network between an agent and its server: it can be cut, fall silent with its connections up, be slow, or deliver
/// some of its segments late, as a lossy link does once TCP has sent them again.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, (TcpClient Near, TcpClient Far)> links = [];
    private readonly ConcurrentBag<Task> running = [];
    private readonly Random chance;
    private readonly Lock gate = new();
    private readonly int target;
    private readonly Task accepting;
    private TaskCompletionSource flowing = Done();
    private TaskCompletionSource another = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int accepted;

    internal TcpProxy(int target, int seed)
    {
        (this.target, chance) = (target, new Random(seed));
        listener.Start();
        accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections so far.</summary>
    internal int Accepted => Volatile.Read(ref accepted);

    /// <summary>How long each segment takes.</summary>
    internal TimeSpan Latency { get; set; }

    /// <summary>Share of the segments that are lost once, and come after a retransmission time.</summary>
    internal double Loss { get; set; }

    /// <summary>A lost segment comes so much later.</summary>
    internal static TimeSpan Retransmission => TimeSpan.FromMilliseconds(200);

    /// <summary>Ends every connection, as a router that restarts does.</summary>
    internal void Cut()
    {
        foreach ((TcpClient near, TcpClient far) in links.Values)
        {
            Reset(near);
            Reset(far);
        }
    }

    // A reset, not a farewell. The link may be ending by itself just now: then there is nothing left to cut.
    private static void Reset(TcpClient end)
    {
        try
        {
            if (end.Client is Socket socket) socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            TestContext.Current.SendDiagnosticMessage($"cut too late: {e.Message}");
        }
        end.Close();
    }

    /// <summary>Half-open: connections stay up on both sides, and nothing passes any more; new ones do.</summary>
    internal void Hold()
    {
        lock (gate) flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>New connections pass again; those that were held never do.</summary>
    internal void Heal()
    {
        lock (gate) flowing = Done();
    }

    /// <summary>Completes with the next connection.</summary>
    internal Task NextAccepted()
    {
        lock (gate) return another.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        await Task.WhenAll(running);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient near = await listener.AcceptTcpClientAsync(stop.Token);
                running.Add(LinkAsync(near, Interlocked.Increment(ref accepted)));
                lock (gate)
                {
                    another.TrySetResult();
                    another = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            listener.Stop();
        }
    }

    private async Task LinkAsync(TcpClient near, int number)
    {
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        links[number] = (near, far);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The link is over, which is what the test wanted, or the server is gone.
            near.Close();
        }
        finally
        {
            links.TryRemove(number, out _);
            near.Close();
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int read = await from.GetStream().ReadAsync(buffer, stop.Token);
            if (read == 0) return;
            Task passes;
            TimeSpan late;
            lock (gate)
            {
                passes = flowing.Task;
                late = Latency + (chance.NextDouble() < Loss ? Retransmission : TimeSpan.Zero);
            }
            await passes.WaitAsync(stop.Token);
            if (late > TimeSpan.Zero) await Task.Delay(late, stop.Token);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
