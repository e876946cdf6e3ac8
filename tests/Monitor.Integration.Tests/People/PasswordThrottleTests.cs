using Monitor.Integration.Tests.Jobs;
using Monitor.Server.People;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>How the guessing of passwords is slowed, and that nobody is locked out by it.</summary>
public sealed class PasswordThrottleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulatedClock clock = new(Start);

    [Fact]
    public void Five_are_free_then_the_wait_doubles_up_to_a_minute_and_no_further()
    {
        var throttle = new PasswordThrottle(clock);
        List<double> waits = [];
        for (int i = 0; i < 14; i++)
        {
            TimeSpan wait = throttle.Begin("甲");
            waits.Add(wait.TotalSeconds);
            if (wait == TimeSpan.Zero) continue;
            clock.MoveTo(clock.GetUtcNow() + wait);
            Assert.Equal(TimeSpan.Zero, throttle.Begin("甲"));
        }
        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void Many_tries_at_once_gain_nothing_since_each_counts_from_its_beginning()
    {
        var throttle = new PasswordThrottle(clock);
        int begun = 0;
        Parallel.For(0, 200, _ =>
        {
            if (throttle.Begin("甲") == TimeSpan.Zero) Interlocked.Increment(ref begun);
        });
        Assert.Equal(PasswordThrottle.FailuresFree, begun);
    }

    [Fact]
    public void A_try_that_is_turned_away_does_not_lengthen_the_wait()
    {
        PasswordThrottle throttle = Exhausted("甲");
        for (int i = 0; i < 100; i++) Assert.Equal(TimeSpan.FromSeconds(1), throttle.Begin("甲"));
        clock.MoveTo(Start.AddSeconds(1));
        Assert.Equal(TimeSpan.Zero, throttle.Begin("甲"));
    }

    [Fact]
    public void The_right_password_ends_it_and_so_does_a_quarter_of_an_hour()
    {
        PasswordThrottle throttle = Exhausted("甲");
        throttle.Succeed("甲");
        Assert.Equal(TimeSpan.Zero, throttle.Begin("甲"));

        throttle = Exhausted("乙");
        clock.MoveTo(clock.GetUtcNow() + PasswordThrottle.Memory);
        for (int i = 0; i < PasswordThrottle.FailuresFree; i++) Assert.Equal(TimeSpan.Zero, throttle.Begin("乙"));
        Assert.NotEqual(TimeSpan.Zero, throttle.Begin("乙"));
    }

    [Fact]
    public void One_person_s_wrong_passwords_delay_nobody_else() =>
        Assert.Equal(TimeSpan.Zero, Exhausted("甲").Begin("乙"));

    [Fact]
    public void Names_without_end_take_no_memory_without_end_and_the_newest_count_stays()
    {
        var throttle = new PasswordThrottle(clock);
        for (int i = 0; i < PasswordThrottle.CountsMax * 2; i++)
        {
            clock.MoveTo(clock.GetUtcNow().AddMilliseconds(1));
            _ = throttle.Begin($"nobody-{i}");
        }
        for (int i = 0; i < PasswordThrottle.FailuresFree; i++) _ = throttle.Begin("甲");
        _ = throttle.Begin("one more");
        Assert.NotEqual(TimeSpan.Zero, throttle.Begin("甲"));
    }

    private PasswordThrottle Exhausted(string key)
    {
        var throttle = new PasswordThrottle(clock);
        for (int i = 0; i < PasswordThrottle.FailuresFree; i++) Assert.Equal(TimeSpan.Zero, throttle.Begin(key));
        return throttle;
    }
}
