namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// What the processes of one run share: the folder, the intake's port, and what they must know of each other.
/// </summary>
/// <param name="root">The run's folder.</param>
/// <param name="mqttPort">The intake's port, the same in every life of the server.</param>
internal sealed class FaultField(string root, int mqttPort)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _serverIsDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal int MqttPort => mqttPort;

    /// <summary>
    /// The service's settings where agents and service meet at a broker; empty where agents come to the service.
    /// </summary>
    internal string BrokerSettings { get; init; } = "";

    /// <summary>The server's data folder.</summary>
    internal string Data => Path.Combine(root, "data");

    /// <summary>Whether the server has died as often as it should: agents need make no more traffic.</summary>
    internal bool ServerIsDone => _serverIsDone.Task.IsCompleted;

    /// <summary>Completes then.</summary>
    internal Task ServerEndedFaults => _serverIsDone.Task;

    internal string File(string name) => Path.Combine(root, name);

    /// <summary>Completes when an agent next shows that it has seen an acknowledgement.</summary>
    internal Task NextAcknowledgement()
    {
        lock (_gate) return _acknowledged.Task;
    }

    /// <summary>An agent has seen an acknowledgement.</summary>
    internal void Acknowledge()
    {
        lock (_gate)
        {
            _acknowledged.TrySetResult();
            _acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal void EndServerFaults() => _serverIsDone.TrySetResult();
}
