namespace Monitor.Mqtt.Transport;

/// <summary>
/// A counted number of places, given in the order asked. Unlike a semaphore it can be closed: whoever waits, or comes
/// later, then gets the reason instead of a place.
/// </summary>
internal sealed class MqttWindow(int places)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = places;
    private Exception? _closed;

    internal bool TryTake()
    {
        lock (_gate)
        {
            if (_closed is not null || _free == 0) return false;
            _free--;
            return true;
        }
    }

    /// <exception cref="Exception">The reason given to <see cref="Close"/>.</exception>
    internal Task TakeAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource place;
        lock (_gate)
        {
            if (_closed is not null) return Task.FromException(_closed);
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }
            place = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }
        return cancellationToken.CanBeCanceled ? WaitAsync(place, cancellationToken) : place.Task;
    }

    internal void Release()
    {
        lock (_gate)
        {
            // One who gave up waiting does not get the place.
            while (_waiting.TryDequeue(out var next))
                if (next.TrySetResult()) return;
            _free++;
        }
    }

    internal void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            while (_waiting.TryDequeue(out var next)) next.TrySetException(_closed);
        }
    }

    private static async Task WaitAsync(TaskCompletionSource place, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        await place.Task;
    }
}
