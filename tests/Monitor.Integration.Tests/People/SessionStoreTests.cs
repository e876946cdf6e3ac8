using Monitor.Integration.Tests.Jobs;
using Monitor.Server.People;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>When a session begins and ends.</summary>
public sealed class SessionStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulatedClock clock = new(Start);

    [Fact]
    public void It_ends_after_a_quarter_of_an_hour_without_a_sign_and_not_a_moment_before()
    {
        var store = new SessionStore(clock);
        (string id, _) = store.Start("k", default);
        clock.MoveTo(Start.AddMinutes(15).AddTicks(-1));
        Assert.NotNull(store.Find(id));
        clock.MoveTo(Start.AddMinutes(15));
        Assert.Null(store.Find(id));
        Assert.Null(store.Touch(id));
    }

    [Fact]
    public void A_sign_of_the_person_keeps_it_until_twelve_hours_are_over()
    {
        var store = new SessionStore(clock);
        (string id, _) = store.Start("k", default);
        for (int minutes = 10; minutes < 12 * 60; minutes += 10)
        {
            clock.MoveTo(Start.AddMinutes(minutes));
            Assert.NotNull(store.Touch(id));
        }
        clock.MoveTo(Start.AddHours(12));
        Assert.Null(store.Touch(id));
    }

    [Fact]
    public void Ids_and_tokens_are_256_bits_of_their_own()
    {
        var store = new SessionStore(clock);
        string[] all = [.. Enumerable.Range(0, 50).SelectMany(_ =>
        {
            (string id, Session session) = store.Start("k", default);
            return new[] { id, session.Token };
        })];
        Assert.Equal(100, all.Distinct().Count());
        Assert.All(all, text => Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(text).Length));
    }

    [Fact]
    public void Sessions_without_end_take_no_memory_without_end_and_the_newest_stays()
    {
        var store = new SessionStore(clock);
        (string first, _) = store.Start("k", default);
        string newest = first;
        for (int i = 0; i < 300; i++)
        {
            clock.MoveTo(clock.GetUtcNow().AddMilliseconds(1));
            newest = store.Start("k", default).Id;
        }
        Assert.Null(store.Find(first));
        Assert.NotNull(store.Find(newest));
    }
}
