using System.Text;
using System.Text.Json;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>
/// From the readings of wells to a judgement: the season of 240 days from 15 March to 9 November needs 30 consecutive days
/// within 0.30 m, and 216 measured days.
/// </summary>
public sealed class HydrologyJudgementTests
{
    // 30 wet days, and the rest of the season dry.
    private static WellYear Met() => new WellYear().Days("03-15", "04-13", "0.30").Days("04-14", "11-09", "0.55").Rain("0.5");

    [Fact]
    public void Thirty_days_at_thirty_centimetres_pass_and_are_named()
    {
        HydrologyAssessment judged = Met().Judge();
        Assert.Equal((CriterionOutcome.Pass, RainfallClass.Normal), (judged.Finding.Outcome, judged.Rainfall));
        Assert.Equal((30, 30, 240, 240), (
            judged.Finding.Wells[1].Finding.LongestRun, judged.Finding.Wells[1].Finding.DaysNeeded,
            judged.Finding.Wells[1].Finding.Days, judged.Finding.Wells[1].Finding.SeasonDays));
        using JsonDocument json = JsonDocument.Parse(HydrologyJudgement.Write(judged));
        JsonElement well = json.RootElement.GetProperty("wells")[0];
        Assert.Equal(("jiulong-w1", "2025-03-15", "2025-04-13", "pass"), (
            Text(well, "well"), Text(well, "from"), Text(well, "to"), Text(well, "outcome")));
        // A part of a yearly milestone releases nothing by itself.
        Assert.False(json.RootElement.TryGetProperty("credits", out _));
        Assert.Equal("year-1.hydrology", Text(json.RootElement, "milestone"));
    }

    [Fact]
    public void The_greatest_depth_of_a_day_counts() => Assert.Equal(
        CriterionOutcome.Fail, Met().Days("03-29", "03-29", "0.31", perDay: 1).Judge().Finding.Outcome);

    [Fact]
    public void A_day_with_too_few_readings_is_a_missing_one()
    {
        WellYear year = new WellYear().Days("03-15", "04-12", "0.10").Days("04-13", "04-13", "0.10", perDay: 3)
            .Days("04-14", "11-09", "0.55").Rain("0.5");
        Assert.Equal((CriterionOutcome.Fail, 239), (year.Judge().Finding.Outcome, year.Judge().Finding.Wells[0].Finding.Days));
    }

    // Maintenance, doubtful clocks and what a person rejected are no measurements, and neither make a day wet nor dry.
    [Fact]
    public void What_its_device_marks_what_a_person_rejects_and_what_a_wrong_clock_sent_does_not_count()
    {
        Assert.Equal(CriterionOutcome.Pass, Met().Days("03-20", "03-20", "3.00", status: "M").Judge().Finding.Outcome);
        WellYear doubtful = Met();
        doubtful.Doubt = "The agent says that its clock is not set.";
        Assert.Equal(CriterionOutcome.Pass, doubtful.Days("03-20", "03-20", "3.00").Judge().Finding.Outcome);
        Assert.Equal(239, Met().Review("03-20", "reject").Judge().Finding.Wells[0].Finding.Days);
        Assert.Equal(CriterionOutcome.Fail, Met().Review("03-20", "0.31").Judge().Finding.Outcome);
    }

    [Fact]
    public void Deeper_than_a_wet_depth_says_neither_and_deeper_than_a_dry_one_says_dry()
    {
        Assert.Equal(239, Met().Days("03-20", "03-20", ">0.25", perDay: 1).Judge().Finding.Wells[0].Finding.Days);
        Assert.Equal(CriterionOutcome.Fail, Met().Days("03-20", "03-20", ">2.00", perDay: 1).Judge().Finding.Outcome);
    }

    [Fact]
    public void A_well_that_is_silent_counts_as_one()
    {
        HydrologyAssessment judged = new WellYear().Days("03-15", "11-09", "0.10", well: "jiulong-w1").Rain("0.5").Judge();
        Assert.Equal(
            (CriterionOutcome.Inconclusive, HydrologyReason.TooFewWells), (judged.Finding.Outcome, judged.Finding.Reason));
    }

    [Fact]
    public void Readings_of_a_device_that_is_no_well_of_the_bank_are_no_well() => Assert.Equal(
        CriterionOutcome.Inconclusive, new WellYear().Days("03-15", "11-09", "0.10", well: "jiulong-w1")
            .Days("03-15", "11-09", "0.10", well: "stranger").Rain("0.5").Judge().Finding.Outcome);

    [Theory]
    [InlineData("0.9", CriterionOutcome.Review)]
    [InlineData("0.1", CriterionOutcome.Pass)]
    [InlineData("1.2", CriterionOutcome.Inconclusive)]
    public void The_newest_rank_of_the_year_s_rain_rules(string rank, CriterionOutcome expected) =>
        Assert.Equal(expected, Newest(rank).Finding.Outcome);

    [Fact]
    public void Two_ranks_of_one_moment_are_none_and_so_is_one_of_a_stranger()
    {
        Assert.Equal(HydrologyReason.UnknownRainfall, Met().Rain("0.2").Judge().Finding.Reason);
        WellYear stranger = new WellYear().Days("03-15", "11-09", "0.10").Rain("0.5", agent: "jiulong-w1");
        Assert.Equal(HydrologyReason.UnknownRainfall, stranger.Judge().Finding.Reason);
    }

    [Fact]
    public void Without_a_reading_of_a_well_there_is_nothing_to_judge() => Assert.Null(
        HydrologyJudgement.Assess(WellYear.Programme, WellYear.Bank, WellYear.Part, 2025, new WellYear().Rain("0.5").Inputs));

    [Fact]
    public void The_order_of_arrival_and_repeats_change_no_byte()
    {
        JudgementInputs inputs = Met().Inputs;
        var turned = inputs with { Readings = [.. inputs.Readings.Reverse(), .. inputs.Readings.Take(7)] };
        Assert.Equal(
            Encoding.UTF8.GetString(HydrologyJudgement.Write(Met().Judge())),
            Encoding.UTF8.GetString(HydrologyJudgement.Write(HydrologyJudgement.Assess(
                WellYear.Programme, WellYear.Bank, WellYear.Part, 2025, turned)!)));
    }

    private static HydrologyAssessment Newest(string rank) =>
        new WellYear().Days("03-15", "11-09", "0.10").Rain("0.5", "11-30").Rain(rank, "12-31").Judge();

    private static string? Text(JsonElement json, string key) => json.GetProperty(key).GetString();
}
