using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

/// <summary>When periods close, by the civil calendar.</summary>
public sealed class ClosingTermsTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static ClosingTerms Terms(TimeZoneInfo zone) => new(Period.OfMonth(2025, 1, zone), 5, 31);

    [Fact]
    public void The_shipped_programme_closes_a_month_on_the_sixth_and_a_year_on_the_first_of_February()
    {
        ClosingTerms closing = OuRiver.Programme.Closing!;
        Assert.Equal(("2025-01", 5, 31), (closing.First.Label, closing.MonthDays, closing.YearDays));
        // Midnight in Shanghai is 16:00 of the day before in UTC.
        Assert.Equal("2025-03-05T16:00:00.000Z", closing.ClosesAt(Period.OfMonth(2025, 2, Shanghai)).ToString());
        Assert.Equal("2026-01-31T16:00:00.000Z", closing.ClosesAt(Period.OfYear(2025, Shanghai)).ToString());
    }

    [Fact]
    public void Where_summer_time_comes_between_the_days_are_civil_days_not_spans_of_24_hours()
    {
        ClosingTerms closing = Terms(Berlin);
        // March ends at 22:00Z (summer time); with five days it stays 22:00Z. October ends at 23:00Z (winter time).
        Assert.Equal("2025-04-05T22:00:00.000Z", closing.ClosesAt(Period.OfMonth(2025, 3, Berlin)).ToString());
        Assert.Equal("2025-11-05T23:00:00.000Z", closing.ClosesAt(Period.OfMonth(2025, 10, Berlin)).ToString());
        // 28 days after February is 29 March, before the change; 31 after it is 1 April, after the change: 23 hours less.
        var late = new ClosingTerms(Period.OfMonth(2025, 1, Berlin), 31, 31);
        Assert.Equal("2025-03-31T22:00:00.000Z", late.ClosesAt(Period.OfMonth(2025, 2, Berlin)).ToString());
    }

    [Fact]
    public void A_period_is_closed_from_its_moment_on_and_not_before()
    {
        ClosingTerms closing = Terms(Shanghai);
        Period january = Period.OfMonth(2025, 1, Shanghai);
        Instant closes = closing.ClosesAt(january);
        Instant Before(Instant t) => new(t.UnixMilliseconds - 1);
        Assert.Empty(closing.Closed(january.Start, closes, Before(closes)));
        Assert.Equal(["2025-01"], Labels(closing.Closed(january.Start, closes, closes)));
    }

    [Fact]
    public void The_year_comes_after_its_December_and_once()
    {
        ClosingTerms closing = Terms(Shanghai);
        Period year = Period.OfYear(2025, Shanghai);
        string[] all = Labels(closing.Closed(year.Start, year.End, new Instant(year.End.UnixMilliseconds * 2)));
        Assert.Equal([.. year.Months().Select(m => m.Label), "2025", "2026-01"], all);
    }

    [Fact]
    public void Months_that_no_reading_has_reached_wait()
    {
        ClosingTerms closing = Terms(Shanghai);
        Instant far = Period.OfYear(2030, Shanghai).Start;
        Period may = Period.OfMonth(2025, 5, Shanghai), july = Period.OfMonth(2025, 7, Shanghai);
        Assert.Equal(["2025-05", "2025-06", "2025-07"], Labels(closing.Closed(may.Start, july.Start, far)));
        Assert.Equal(["2025-05", "2025-06"], Labels(closing.Closed(may.Start, new(july.Start.UnixMilliseconds - 1), far)));
    }

    [Fact]
    public void A_year_that_began_before_the_first_month_is_not_judged()
    {
        var closing = new ClosingTerms(Period.OfMonth(2025, 4, Shanghai), 5, 31);
        string[] all = Labels(closing.Closed(
            new Instant(0), Period.OfYear(2027, Shanghai).Start, Period.OfYear(2028, Shanghai).Start));
        Assert.Equal("2025-04", all[0]);
        Assert.DoesNotContain("2025", all);
        Assert.Contains("2026", all);
    }

    [Fact]
    public void What_is_closed_stays_closed_and_every_period_is_named_once() => Prop.ForAll(
        (from first in Gen.Choose(0, 3000)
         from more in Gen.Choose(0, 400)
         from berlin in Gen.Elements(true, false)
         select (first, more, berlin)).ToArbitrary(),
        x =>
        {
            TimeZoneInfo zone = x.berlin ? Berlin : Shanghai;
            ClosingTerms closing = Terms(zone);
            Instant At(int day) => Period.Midnight(new DateOnly(2025, 1, 1).AddDays(day), zone);
            string[] early = Labels(closing.Closed(At(0), At(4000), At(x.first)));
            string[] late = Labels(closing.Closed(At(0), At(4000), At(x.first + x.more)));
            return late.Take(early.Length).SequenceEqual(early) && late.Distinct().Count() == late.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_decides_has_whole_civil_days_after_the_day_of_the_draft_where_the_terms_set_them()
    {
        // Drafted at 16:30Z, which is half past midnight of 6 March in Shanghai: ten days are 7 to 16 March.
        var drafted = Instant.From(new DateTimeOffset(2025, 3, 5, 16, 30, 0, TimeSpan.Zero));
        ClosingTerms terms = Terms(Shanghai) with { DecideDays = 10 };
        Assert.Equal("2025-03-16T16:00:00.000Z", terms.DecideBy(drafted)?.ToString());
        Assert.Null(Terms(Shanghai).DecideBy(drafted));
        Assert.Null(OuRiver.Programme.Closing!.DecideDays);
    }

    [Theory]
    [InlineData("first: \"2025-01\"", "first: \"2025\"")]
    [InlineData("month_days: 5", "month_days: -1")]
    [InlineData("year_days: 31", "year_days: 1000")]
    [InlineData("month_days: 5", "days: 5")]
    [InlineData("month_days: 5", "month_days: 5\n  decide_days: 0")]
    public void A_closing_that_cannot_be_read_is_a_fault(string find, string put) =>
        Assert.NotEmpty(OuRiver.Faults(find, put));

    private static string[] Labels(IEnumerable<Period> periods) => [.. periods.Select(p => p.Label)];
}
