using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Rules.Screening;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

public sealed class ReviewTests
{
    // Limits: fail [0, 50], suspect [0, 15]; spike suspect 1.5, fail 6. One event after the other, each one position:
    // SLOT=VALUE[/STATUS][@INSTRUMENT] is a reading, FIRST-LAST:VERDICT[@INSTRUMENT] a review.
    [Theory]
    [InlineData("0=0.41 1=0.42 2=0.43", "0.41 0.42 0.43")]
    // accept: a suspect becomes good; what fails stays out; a good one stays as it is
    [InlineData("0=20 1=20", "gross_range gross_range")]
    [InlineData("0=20 1=20 0-0:accept", "20 gross_range")]
    [InlineData("0=60 1=60 0-1:accept", "gross_range gross_range")]
    [InlineData("0=0.41 0-0:accept", "0.41")]
    [InlineData("0=0.41/M 0-0:accept", "status-M")]
    [InlineData("0=0.41/T 0-0:accept", "0.41")]
    [InlineData("0=>10 0-0:accept", "10")]
    // reject: out, and a neighbour that it accused is free
    [InlineData("0=0.41 1=0.42 0-0:reject", "review 0.42")]
    [InlineData("0=0.4 1=9 2=0.4", "0.4 spike 0.4")]
    [InlineData("0=0.4 1=4 2=0.4 3=0.4 1-1:reject", "0.4 review 0.4 0.4")]
    // correct: another value counts, whatever the device or a test said; below detection by the programme's half
    [InlineData("0=0.41 1=0.42 0-0:0.4", "0.4 0.42")]
    [InlineData("0=60 0-0:6.0", "6")]
    [InlineData("0=0.41/M 0-0:0.39", "0.39")]
    [InlineData("0=0.41 0-0:<0.02", "0.01")]
    [InlineData("0=0.4 1=90 2=0.4 1-1:0.5", "0.4 0.5 0.4")]
    // the newest review rules, whole
    [InlineData("0=0.41 0-0:reject 0-0:accept", "0.41")]
    [InlineData("0=0.41 0-0:0.5 0-0:reject", "review")]
    [InlineData("0=0.41 0-0:0.5 0-0:0.6", "0.6")]
    [InlineData("0=0.41 0-0:0.5 0-0:accept", "0.41")]
    // a review is about what lay there: what comes later is not covered, what comes again is the same
    [InlineData("0=0.41 0-1:reject 1=0.42", "review 0.42")]
    [InlineData("0=0.41 0-0:reject 0=0.41", "review repeat")]
    [InlineData("0=0.41 0-0:0.5 0=0.41", "0.5 repeat")]
    // two values at one moment: suspect until a person stands for one, or corrects both, or rejects one
    [InlineData("0=0.41@A 0=0.43@B", "conflict conflict")]
    [InlineData("0=0.41@A 0=0.43@B 0-0:accept@A", "0.41 conflict")]
    [InlineData("0=0.41@A 0=0.43@B 0-0:accept", "conflict conflict")]
    [InlineData("0=0.41@A 0=0.43@B 0-0:reject@A", "0.43 review")]
    [InlineData("0=0.41@A 0=0.43@B 0-0:0.42", "0.42 repeat")]
    [InlineData("0=0.41@A 0=0.43@B 0-0:0.4@A", "0.4 conflict")]
    // the other instrument's readings are not covered
    [InlineData("0=0.41@A 1=0.42@B 0-1:reject@A", "review 0.42")]
    public void Reviews_are_applied_in_the_order_of_positions(string events, string outcome) =>
        Assert.Equal(outcome, Play(events).Outcome());

    [Fact]
    public void A_review_of_another_measurand_or_moment_changes_nothing()
    {
        Scene scene = new Scene().Reading(0, "0.41").Reading(1, "0.42")
            .Review(0, 1, "reject", "OJ-05/w21011").Review(2, 9, "reject");
        Assert.Equal("0.41 0.42", scene.Outcome());
    }

    [Fact]
    public void A_stuck_sensor_is_suspect_after_a_day_and_a_repeated_bound_is_not()
    {
        var limits = new ScreeningLimits { FlatLine = new FlatLineLimits(86_400, 172_800, 0.0005m) };
        Scene stuck = new(), clean = new();
        for (int slot = 0; slot < 14; slot++)
        {
            stuck.Reading(slot, "0.412");
            clean.Reading(slot, "<0.025");
        }
        // 86,400 s ÷ 14,400 s = 6 steps: the 7th value ends the first flat day, the 13th the second.
        string six = string.Join(' ', Enumerable.Repeat("0.412", 6));
        string flat = string.Join(' ', Enumerable.Repeat("flat_line", 8));
        Assert.Equal($"{six} {flat}", stuck.Outcome(Scene.With("w21003", limits)));
        Assert.Equal(string.Join(' ', Enumerable.Repeat("0.0125", 14)), clean.Outcome(Scene.With("w21003", limits)));
        Assert.Equal(
            $"{six} 0.412 {flat["flat_line ".Length..]}",
            stuck.Review(6, 6, "accept").Outcome(Scene.With("w21003", limits)));
    }

    [Fact]
    public void A_jump_is_suspect_and_fails_by_its_rate_and_a_person_may_accept_it()
    {
        // 0.0001 × 14,400 s = 1.44 in a slot; 0.0003 × 14,400 s = 4.32.
        var limits = new ScreeningLimits { RateOfChange = new RateOfChangeLimits(0.0001m, 0.0003m) };
        Scene scene = new Scene().Reading(0, "7.00").Reading(1, "8.44").Reading(2, "9.89").Reading(3, "5.56");
        Assert.Equal("7 8.44 rate_of_change rate_of_change", scene.Outcome(Scene.With("w21003", limits)));
        // 9.89 − 8.44 = 1.45 is suspect and can be accepted; 9.89 − 5.56 = 4.33 fails and cannot.
        Assert.Equal("7 8.44 9.89 rate_of_change", scene.Review(2, 3, "accept").Outcome(Scene.With("w21003", limits)));
    }

    [Fact]
    public void The_order_of_arrival_and_repeats_change_no_outcome_that_no_review_stands_between()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            seeds =>
            {
                (int Slot, string Value)[] readings = [.. seeds.Take(12).Select(s =>
                    (Math.Abs(s % 5), ((Math.Abs(s % 7) + 1) * 0.1m).ToString(CultureInfo.InvariantCulture)))];
                return Of(readings) == Of([.. readings.Reverse()])
                    && Of(readings) == Of([.. readings, .. readings]);
            }).QuickCheckThrowOnFailure();

        static string Of((int Slot, string Value)[] readings)
        {
            Scene scene = new();
            foreach ((int slot, string value) in readings) scene.Reading(slot, value);
            scene.Review(1, 1, "reject").Review(2, 3, "0.5").Review(3, 3, "accept");
            return string.Join(' ', scene.Outcome().Split(' ').Where(o => o != "repeat"));
        }
    }

    [Fact]
    public void A_judgement_counts_the_corrected_value_and_shows_the_raw_one_beside_it()
    {
        RiverAssessment before = Assess(Play("0=0.40 1=0.42"));
        RiverAssessment after = Assess(Play("0=0.40 1=0.42 1-1:0.60"));
        Assert.Equal(0.41m, before.Figures.Single(f => f.Measurand == "w21003").Value); // (0.40 + 0.42) ÷ 2
        Assert.Equal(0.50m, after.Figures.Single(f => f.Measurand == "w21003").Value);  // (0.40 + 0.60) ÷ 2
        AppliedReview applied = Assert.Single(after.Reviews);
        Assert.Equal(["0.42"], applied.Raw.Select(v => v.ToString()));
        Assert.Equal("0.60", applied.Review.Value.ToString());
        Assert.Empty(before.Reviews);
    }

    [Fact]
    public void What_was_rejected_is_listed_as_excluded_by_review()
    {
        MeasurandFigure figure = Assess(Play("0=0.40 1=0.42 0-0:reject"))
            .Figures.Single(f => f.Measurand == "w21003");
        Assert.Equal([new Exclusion("review", QcFlag.Fail, 1)], figure.Excluded);
        Assert.Equal(0.42m, figure.Value);
    }

    [Fact]
    public void The_canonical_assessment_holds_neither_position_nor_person()
    {
        Scene scene = Play("0=0.40 1=0.42 0-0:accept");
        string canonical = Encoding.UTF8.GetString(CanonicalAssessment.Write(Assess(scene)));
        Assert.DoesNotContain(Scene.Person.Name, canonical, StringComparison.Ordinal);
        // An acceptance of good readings changes nothing, so not a byte of the judgement.
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalAssessment.Write(Assess(Play("0=0.40 1=0.42")))));
    }

    [Fact]
    public void A_review_whose_bytes_were_changed_is_not_believed()
    {
        StoredRecord kept = Play("0=0.40 0-0:0.60").Inputs.Records[0];
        Assert.Equal("0.60", Review.Read(kept).Value.ToString());
        string changed = Encoding.UTF8.GetString(kept.Body.Span).Replace("0.60", "0.06", StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(
            () => Review.Read(kept with { Body = Encoding.UTF8.GetBytes(changed) }));
        Assert.Contains("position 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("signature", refused.Message, StringComparison.Ordinal);
    }

    private static RiverAssessment Assess(Scene scene) =>
        RiverJudgement.Assess(Scene.Programme, Scene.Section, Scene.March, scene.Inputs);

    private static Scene Play(string events)
    {
        Scene scene = new();
        foreach (string one in events.Split(' '))
        {
            string[] at = one.Split('@');
            string instrument = at.Length > 1 ? at[1] : "";
            if (at[0].Contains(':', StringComparison.Ordinal))
            {
                string[] words = at[0].Split('-', ':');
                scene.Review(
                    int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture),
                    words[2], instrument.Length > 0 ? $"OJ-05/w21003/{instrument}" : "OJ-05/w21003");
            }
            else
            {
                string[] words = at[0].Split('=', '/');
                scene.Reading(int.Parse(words[0], CultureInfo.InvariantCulture), words[1],
                    words.Length > 2 ? words[2] : "N", instrument);
            }
        }
        return scene;
    }
}
