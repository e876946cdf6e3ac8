using System.Net;
using System.Net.Sockets;
using Monitor.Domain;

namespace Monitor.Edge.Sensors;

/// <summary>A data logger, over the connections that it makes, or over one that is made to it.</summary>
internal sealed class Hj212Source : DeviceSource
{
    // Loggers keep one connection, and begin another before the first is known to be dead.
    private const int LinksMax = 8;
    private static readonly TimeSpan AgainMin = TimeSpan.FromSeconds(1), AgainMax = TimeSpan.FromSeconds(60);

    private readonly Hj212Options options;
    private readonly SensorPlace place;
    private readonly TaskCompletionSource<int> bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Hj212Source(Hj212Options options, SensorPlace place) : base("hj212:" + options.Name, options.Until) =>
        (this.options, this.place) = (options, place);

    /// <summary>The port that it listens on, once it does.</summary>
    internal Task<int> Port => bound.Task;

    /// <summary>What came in this run; null before it is read.</summary>
    internal Hj212Desk? Desk { get; private set; }

    /// <inheritdoc/>
    protected override async Task ServeAsync(SensedQueue queue, DeviceMark from, CancellationToken stop)
    {
        using var desk = new Hj212Desk(options, queue, from, place);
        Desk = desk;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task watching = desk.WatchAsync(over.Token);
        try
        {
            await (options.Connect is not null ? DialAsync(desk, stop) : ListenAsync(desk, stop));
        }
        finally
        {
            await over.CancelAsync();
            await watching.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            place.Report($"hj212 {options.Name}: {desk.Counts}; {desk.Messages.Whole} split messages whole, "
                + $"{desk.Messages.Incomplete + desk.Messages.Open} not");
        }
    }

    private async Task DialAsync(Hj212Desk desk, CancellationToken stop)
    {
        (string host, int port) = options.Connect!.Value;
        // Spread, so that many agents do not come back in step after one cut; nothing is judged by it.
        var again = new Backoff(AgainMin, AgainMax, new Random());
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(host, port, stop);
                again.Reset();
                await ServeAsync(client, desk, stop);
            }
            catch (SocketException e)
            {
                place.Report($"hj212 {options.Name}: {host}:{port}: {e.Message}");
            }
            await Task.Delay(again.Next(), place.Clock, stop);
        }
    }

    private async Task ListenAsync(Hj212Desk desk, CancellationToken stop)
    {
        TcpListener listener = Listen();
        List<Task> links = [];
        try
        {
            bound.TrySetResult(((IPEndPoint)listener.LocalEndpoint).Port);
            place.Report($"hj212 {options.Name}: listens on {listener.LocalEndpoint}");
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop);
                links.RemoveAll(link => link.IsCompleted);
                if (links.Count == LinksMax)
                {
                    place.Report($"hj212 {options.Name}: {LinksMax} connections are open, one more is refused.");
                    client.Dispose();
                    continue;
                }
                links.Add(LinkAsync(client, desk, stop));
            }
        }
        finally
        {
            listener.Dispose();
            await Task.WhenAll(links);
        }
    }

    private async Task LinkAsync(TcpClient client, Hj212Desk desk, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                await ServeAsync(client, desk, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The source ends, and its connections with it.
                client.Close();
            }
        }
    }

    private async Task ServeAsync(TcpClient client, Hj212Desk desk, CancellationToken stop)
    {
        try
        {
            client.NoDelay = true;
            await new Hj212Link(client.GetStream(), options, desk, place).RunAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException or System.Threading.Channels.ChannelClosedException)
        {
            // The other side is gone. What was not kept was not answered, and comes again.
            place.Report($"hj212 {options.Name}: a connection ended: {e.Message}");
        }
    }

    private TcpListener Listen()
    {
        (string host, int port) = options.Listen!.Value;
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            throw new InputException($"'{host}' is no address of this machine.", "Write it as 0.0.0.0 or 127.0.0.1.",
                "", 0, $"{Name}, listen");
        }
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new StoreUnavailableException(
                $"{Name} cannot listen on {host}:{port}: {e.Message} Choose another port, or end the program that has it.", e);
        }
    }
}
