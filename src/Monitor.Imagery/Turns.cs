namespace Monitor.Imagery;

/// <summary>
/// Lets threads run ahead of the first item that is not done by no more than so many: who holds that item never waits, so
/// that none waits for ever.
/// </summary>
/// <param name="items">How many items there are, handed out in order.</param>
/// <param name="ahead">At least the number of threads.</param>
internal sealed class Turns(int items, int ahead) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim free = new(ahead);
    private readonly bool[] done = new bool[items];
    private int first;

    /// <summary>Waits until the next item may be begun.</summary>
    /// <exception cref="OperationCanceledException">The work is stopped.</exception>
    internal void Begin(CancellationToken stop) => free.Wait(stop);

    /// <summary>Says that an item is done.</summary>
    internal void Done(int item)
    {
        int freed = 0;
        lock (gate)
        {
            done[item] = true;
            for (; first < done.Length && done[first]; first++) freed++;
        }
        if (freed > 0) free.Release(freed);
    }

    public void Dispose() => free.Dispose();
}
