using Monitor.Domain.Readings;
using Monitor.Edge;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class ClockWatchTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EdgeFolder folder = new();
    private readonly JumpingClock clock = new(Noon);
    private KernelClock kernel = KernelClock.Silent;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Time_that_passes_is_no_jump_nor_is_a_step_of_two_seconds()
    {
        ClockWatch watch = Watch();
        clock.Pass(TimeSpan.FromDays(40));
        Assert.Equal(1, watch.Look().State.Epoch);
        clock.Set(clock.GetUtcNow() + TimeSpan.FromSeconds(2));
        Assert.Equal(new ClockState("unknown", null, null, 1), watch.Look().State);

        clock.Set(clock.GetUtcNow() + TimeSpan.FromSeconds(2.001));
        Assert.Equal(new ClockState("unknown", null, 2001, 2, 2001), watch.Look().State);
    }

    // DST moves no UTC clock; a device that is set by hand to summer time does jump.
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_jump_of_an_hour_begins_an_epoch_whose_times_may_be_wrong_by_an_hour_and_back_none_are(int seconds)
    {
        ClockWatch watch = Watch();
        var step = TimeSpan.FromSeconds(seconds);
        clock.Pass(Minute);
        clock.Set(clock.GetUtcNow() + step);
        ClockState off = watch.Look().State;
        clock.Pass(Minute);
        clock.Set(clock.GetUtcNow() - step);
        ClockState back = watch.Look().State;

        Assert.Equal(new ClockState("unknown", null, 3_600_000, 2, seconds * 1000L), off);
        Assert.Equal(new ClockState("unknown", null, null, 3, seconds * -1000L), back);
    }

    [Fact]
    public void What_the_kernel_vouches_for_is_right_whatever_came_before()
    {
        ClockWatch watch = Watch();
        clock.Set(Noon + TimeSpan.FromHours(1));
        kernel = new KernelClock(true, 12, Instant.From(Noon));

        Assert.Equal(new ClockState("ntp", Instant.From(Noon), 12, 2, 3_600_000), watch.Look().State);
        Assert.Equal(TimeSpan.Zero, watch.Epoch.Off);
    }

    [Fact]
    public void A_clock_at_1970_is_not_set_until_it_is()
    {
        clock.Set(DateTimeOffset.UnixEpoch);
        ClockWatch watch = Watch(lived: Instant.From(Noon));
        ClockState first = watch.Look().State;
        clock.Pass(Minute);
        clock.Set(Noon + Minute);
        ClockState set = watch.Look().State;

        Assert.Equal((ClockState.Unset, 2L), (first.Source, first.Epoch));
        Assert.Equal((long)(Noon - DateTimeOffset.UnixEpoch).TotalMilliseconds, first.ErrorMilliseconds);
        Assert.Equal(("unknown", 3L, (long?)null), (set.Source, set.Epoch, set.ErrorMilliseconds));
    }

    [Fact]
    public void A_restart_before_what_was_lived_through_is_seen_and_a_later_one_is_only_time_that_passed()
    {
        Assert.Equal(1, Watch(lived: Instant.From(Noon - TimeSpan.FromDays(9))).Look().State.Epoch);

        ClockState behind = Watch(lived: Instant.From(Noon + TimeSpan.FromHours(1))).Look().State;

        Assert.Equal(new ClockState(ClockState.Unset, null, 3_600_000, 2, -3_600_000), behind);
    }

    [Fact]
    public void Each_batch_says_its_epoch_and_the_server_doubts_just_those_made_in_the_wrong_hour()
    {
        var options = new OutboxOptions { ReserveBytes = 0, Kernel = () => kernel };
        using (Outbox outbox = folder.Open(clock, options: options))
        {
            Sample(outbox);
            clock.Set(clock.GetUtcNow() + TimeSpan.FromHours(1));
            Sample(outbox);
            clock.Set(clock.GetUtcNow() - TimeSpan.FromHours(1));
            Sample(outbox);
            Assert.Empty(outbox.Alarms);
            outbox.LookAtClock();
        }
        clock.Set(DateTimeOffset.UnixEpoch + TimeSpan.FromHours(5));
        using (Outbox outbox = folder.Open(clock, options: options))
        {
            Sample(outbox);
            outbox.LookAtClock();
            Assert.Equal(Alarm.Clock, Assert.Single(outbox.Alarms).Code);
            clock.Set(Noon + (10 * Minute));
            Sample(outbox);
            outbox.LookAtClock();
            Assert.Empty(outbox.Alarms);
        }

        IReadOnlyList<ReadingBatch> batches = folder.Batches();

        Assert.Equal([1L, 2, 3, 4, 5], batches.Select(b => b.Clock.Epoch!.Value));
        // The server receives them a minute after the last; it knows the time.
        Instant received = Instant.From(Noon + (11 * Minute));
        Assert.Equal([true, false, true, false, true], batches.Select(b => ClockDoubt.Of(b, received) is null));
    }

    [Fact]
    public void The_kernel_of_this_machine_answers_without_a_fault()
    {
        KernelClock known = KernelClock.Read();

        Assert.True(known.ErrorMilliseconds is null or >= 0);
        Assert.True(known.Synchronized is not null || !OperatingSystem.IsLinux());
    }

    private ClockWatch Watch(ClockEpoch? epoch = null, Instant? lived = null) => new(clock, () => kernel, epoch, lived);

    // A device without a clock of its own: the agent stamps its readings.
    private void Sample(Outbox outbox)
    {
        clock.Pass(Minute);
        outbox.Append([EdgeFolder.Reading(1) with { Time = Instant.From(clock.GetUtcNow()) }], "device", null);
    }
}
