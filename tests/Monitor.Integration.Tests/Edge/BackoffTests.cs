using Monitor.Edge;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class BackoffTests
{
    [Fact]
    public void The_ceiling_doubles_from_the_first_wait_to_the_longest_and_falls_back_after_a_success()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60), new Random(1));
        // 0.1 × 2⁹ = 51.2; the next would be 102.4 and is held at 60.
        foreach (double seconds in (double[])[0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60])
        {
            Assert.Equal(seconds, backoff.Ceiling.TotalSeconds, 6);
            Assert.InRange(backoff.Next(), TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
        }
        for (int n = 0; n < 5000; n++) Assert.InRange(backoff.Next(), TimeSpan.Zero, TimeSpan.FromSeconds(60));

        backoff.Reset();

        Assert.Equal(0.1, backoff.Ceiling.TotalSeconds, 6);
    }

    [Fact]
    public void The_waits_spread_over_the_whole_span_below_the_ceiling()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60), new Random(1));
        double[] waits = [.. Enumerable.Range(0, 1000).Select(_ => backoff.Next().TotalSeconds)];

        // Each tenth of the span holds some hundred of a thousand even draws.
        Assert.All(waits.GroupBy(w => (int)(w / 6)), tenth => Assert.InRange(tenth.Count(), 60, 140));
        Assert.Equal(10, waits.Select(w => (int)(w / 6)).Distinct().Count());
    }
}
