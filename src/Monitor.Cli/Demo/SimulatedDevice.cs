using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Monitor.Cli.Demo;

/// <summary>A device of the demonstration: it has measured a year, and gives it to the agent that connects to it.</summary>
internal abstract class SimulatedDevice : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    /// <param name="year">What it measured, in order of time.</param>
    protected SimulatedDevice(IReadOnlyList<IReadOnlyList<DeviceRow>> year)
    {
        Year = year;
        listener.Start();
        serving = Task.Run(() => ServeAsync(stop.Token));
    }

    /// <summary>What it measured.</summary>
    protected IReadOnlyList<IReadOnlyList<DeviceRow>> Year { get; }

    /// <summary>Where it answers.</summary>
    protected string Address => string.Create(
        CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>When it measured last, as a setting says it.</summary>
    protected string Until => Year[^1][0].Time.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString(
        "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>What an agent's configuration says of it: the JSON of one of <c>sensors</c>.</summary>
    internal abstract string Settings { get; }

    /// <summary>Speaks with the agent until it goes.</summary>
    protected abstract Task SpeakAsync(NetworkStream stream, CancellationToken cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(cancellation);
                client.NoDelay = true;
                await SpeakAsync(client.GetStream(), cancellation);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
                or ObjectDisposedException)
            {
                // The agent is gone, or the demonstration is over: a device waits for the next one, or for nobody.
                continue;
            }
        }
    }
}
