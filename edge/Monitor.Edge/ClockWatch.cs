using Monitor.Domain.Readings;

namespace Monitor.Edge;

/// <summary>One run of the wall clock without a jump.</summary>
/// <param name="Number">From 1 within the boot.</param>
/// <param name="Step">The jump that began it; null for the first.</param>
/// <param name="Off">All jumps since the clock was last known to be right: what its times may be wrong by.</param>
internal sealed record ClockEpoch(long Number, TimeSpan? Step, TimeSpan Off);

/// <summary>
/// Watches the wall clock against the monotonic one: where they part by over two seconds the wall clock was set, and a
/// new epoch begins. Which of the two epochs was right the agent cannot know, unless the kernel says that something
/// outside disciplines its clock now; so each batch says which epoch it was made in, and nothing is rewritten.
/// </summary>
internal sealed class ClockWatch
{
    /// <summary>A jump above this begins an epoch; what is less is slewed by any time service.</summary>
    internal static readonly TimeSpan StepMax = TimeSpan.FromSeconds(2);

    // Before this no agent of this kind was built: a clock without a battery begins at 1970, or at its firmware's date.
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider clock;
    private readonly Func<KernelClock> kernel;
    private DateTimeOffset wall;
    private long stamp;
    private bool behind;

    /// <summary>A watch that goes on where the last one ended.</summary>
    /// <param name="clock">Both clocks.</param>
    /// <param name="kernel">Asks the operating system.</param>
    /// <param name="epoch">The last epoch that was kept; null for a new boot.</param>
    /// <param name="lived">The time that the newest batch was made at; null for a new boot.</param>
    internal ClockWatch(TimeProvider clock, Func<KernelClock> kernel, ClockEpoch? epoch, Instant? lived)
    {
        (this.clock, this.kernel) = (clock, kernel);
        (wall, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        Epoch = epoch ?? new ClockEpoch(1, null, TimeSpan.Zero);
        TimeSpan step = lived is Instant last ? wall - last.ToDateTimeOffset() : TimeSpan.Zero;
        // Forward over a restart is only time that passed.
        if (step >= -StepMax) return;
        Begin(step);
        behind = true;
    }

    /// <summary>The epoch as of the last look.</summary>
    internal ClockEpoch Epoch { get; private set; }

    /// <summary>Looks at the clocks.</summary>
    /// <returns>The moment, and what is known of it.</returns>
    internal (Instant Now, ClockState State) Look()
    {
        DateTimeOffset now = clock.GetUtcNow();
        long at = clock.GetTimestamp();
        TimeSpan step = now - wall - clock.GetElapsedTime(stamp, at);
        (wall, stamp) = (now, at);
        if (step.Duration() > StepMax) Begin(step);
        KernelClock known = kernel();
        bool right = known.Synchronized == true;
        if (right) Epoch = Epoch with { Off = TimeSpan.Zero };
        // What was missing at the start was made up for. What is beyond it is the time that the agent was not running.
        if (behind && Epoch.Off >= -StepMax) Epoch = Epoch with { Off = TimeSpan.Zero };
        if (right || Epoch.Off >= -StepMax) behind = false;
        return (Instant.From(now), State(now, known, right));
    }

    private ClockState State(DateTimeOffset now, KernelClock known, bool right)
    {
        bool unset = !right && (behind || now < Earliest);
        string source = unset ? ClockState.Unset : right ? "ntp" : ClockState.Unknown.Source;
        long off = (long)Epoch.Off.Duration().TotalMilliseconds;
        long? error = right ? known.ErrorMilliseconds : off > 0 ? off : null;
        return new ClockState(
            source, known.SyncedAt, error, Epoch.Number, (long?)Epoch.Step?.TotalMilliseconds);
    }

    private void Begin(TimeSpan step) => Epoch = new ClockEpoch(Epoch.Number + 1, step, Epoch.Off + step);
}
