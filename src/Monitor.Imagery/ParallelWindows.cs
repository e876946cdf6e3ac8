using System.Runtime.ExceptionServices;

namespace Monitor.Imagery;

/// <summary>
/// Works through windows by a number of threads, each with a worker (and so with dataset handles) of its own.
/// </summary>
internal static class ParallelWindows
{
    /// <summary>
    /// Opens one worker per thread, hands out the windows in order, and gives back the workers' results. The first
    /// failure stops all and is thrown as it was. Progress is told as the part of the windows that is done, by any of
    /// the threads.
    /// </summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="items">The work, handed out in this order.</param>
    /// <param name="open">Opens a thread's worker.</param>
    /// <param name="start">Makes its result.</param>
    /// <param name="work">Does one item.</param>
    /// <param name="control">Stops between items.</param>
    /// <param name="ahead">
    /// How many items may be begun for each thread while one before them is not done: a bound on what has to be held until
    /// its turn comes. 0 for any number.
    /// </param>
    internal static IReadOnlyList<TResult> Run<TWorker, TItem, TResult>(
        int threads, IReadOnlyList<TItem> items, Func<TWorker> open, Func<TWorker, TResult> start,
        Action<TWorker, TResult, TItem> work, RunControl control, int ahead = 0)
        where TWorker : IDisposable
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int next = -1, done = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(control.Cancellation);
        var results = new TResult[Math.Clamp(items.Count, 1, threads)];
        var faults = new Exception?[results.Length];
        using Turns? turns = ahead > 0 ? new Turns(items.Count, ahead * results.Length) : null;
        void Loop(int index)
        {
            try
            {
                using TWorker worker = open();
                TResult result = results[index] = start(worker);
                while (true)
                {
                    turns?.Begin(stop.Token);
                    int i = Interlocked.Increment(ref next);
                    if (i >= items.Count || stop.IsCancellationRequested) return;
                    work(worker, result, items[i]);
                    turns?.Done(i);
                    int finished = Interlocked.Increment(ref done);
                    control.Progress?.Report(finished / (double)items.Count);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Another's failure, or the caller's wish: either is told below.
                return;
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown again below, on the caller's thread.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                faults[index] = fault;
                stop.Cancel();
            }
        }
        var started = new List<Thread>();
        for (int i = 1; i < results.Length; i++)
        {
            int index = i;
            var thread = new Thread(() => Loop(index)) { IsBackground = true, Name = $"scene {index}" };
            thread.Start();
            started.Add(thread);
        }
        Loop(0);
        foreach (Thread thread in started) thread.Join();
        if (Array.Find(faults, f => f is not null) is Exception first) ExceptionDispatchInfo.Throw(first);
        control.Cancellation.ThrowIfCancellationRequested();
        return results;
    }
}
