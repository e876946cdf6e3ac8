using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>What enters no mean, whatever its value: failed instruments, doubtful clocks, samples that are no river.</summary>
public sealed class QuarantineTests
{
    private static Scene New => new() { Quarantines = true };

    [Fact]
    public void A_failed_check_takes_out_what_was_said_since_the_last_passed_one_and_until_the_next()
    {
        // Passed after slot 0, failed after 2, passed after 4: slots 1 to 4 are out, 0 and 5 count.
        Scene scene = Six(New).Check(0, true).Check(2, false).Check(4, true);
        Assert.Equal("0.41 calibration calibration calibration calibration 0.46", scene.Outcome());
        // Without a passed check before, from the beginning; without one after, to the end.
        Assert.Equal("calibration calibration calibration calibration calibration 0.46",
            Six(New).Check(2, false).Check(4, true).Outcome());
        Assert.Equal("0.41 calibration calibration calibration calibration calibration",
            Six(New).Check(0, true).Check(2, false).Outcome());
        Assert.Equal("0.41 0.42 0.43 0.44 0.45 0.46", Six(New).Check(0, true).Check(4, true).Outcome());
    }

    [Fact]
    public void Two_failures_on_end_are_one_span_and_another_instruments_check_bears_on_none_of_it()
    {
        Assert.Equal("0.41 calibration calibration calibration calibration 0.46",
            Six(New).Check(0, true).Check(2, false).Check(3, false).Check(4, true).Outcome());
        Assert.Equal("0.41 0.42 0.43 0.44 0.45 0.46", Six(New).Check(2, false, "OJ-05/w21011").Outcome());
        Assert.Equal("0.41 0.42 0.43 0.44 0.45 0.46", Six(New).Check(2, false, "OJ-05/w21003/AN-2").Outcome());
    }

    [Fact]
    public void Of_a_failed_instrument_only_a_corrected_value_counts()
    {
        Scene scene = Six(New).Check(2, false).Review(1, 1, "accept").Review(2, 2, "0.50").Review(3, 3, "reject");
        Assert.Equal("calibration calibration 0.5 review calibration calibration", scene.Outcome());
    }

    [Fact]
    public void A_doubtful_clock_waits_for_a_person_and_is_listed_with_its_reason()
    {
        Scene scene = New.Reading(0, "0.41").Doubt("The agent says that its clock is not set.").Reading(1, "0.42").Doubt(null);
        Assert.Equal("0.41 clock", scene.Outcome());
        Assert.Equal([new Exclusion("clock", QcFlag.Suspect, 1)], Figure(scene).Excluded);
        Assert.Equal("0.41 0.42", scene.Review(1, 1, "accept").Outcome());
        Assert.Equal("0.41 0.5", scene.Review(1, 1, "0.50").Outcome());
        Assert.Equal("0.41 review", scene.Review(1, 1, "reject").Outcome());
    }

    [Fact]
    public void A_doubtful_reading_disputes_none_that_stands_and_an_equal_good_one_counts()
    {
        Assert.Equal("0.41 clock", New.Reading(0, "0.41").Doubt("?").Reading(0, "0.99").Outcome());
        Assert.Equal("0.41 clock", New.Doubt("?").Reading(0, "0.41").Doubt(null).Reading(0, "0.41").Outcome());
    }

    [Theory]
    [InlineData("sc")]
    [InlineData("cz")]
    [InlineData("cs")]
    public void A_qc_sample_never_enters_a_mean_and_disputes_no_reading_of_its_moment(string mark)
    {
        Assert.Equal($"0.41 status-{mark} 0.42", New.Reading(0, "0.41").Reading(0, "5.00", mark).Reading(1, "0.42").Outcome());
        Scene alone = New.Reading(0, "5.00", mark).Reading(1, "0.42");
        Assert.Equal($"status-{mark} 0.42", alone.Outcome());
        Assert.Equal(0.42m, Figure(alone).Value);
    }

    [Fact]
    public void What_was_sealed_before_there_was_this_is_judged_as_it_was()
    {
        Scene old = new Scene().Reading(0, "0.41").Reading(0, "5.00", "sc").Doubt("?").Reading(1, "0.42");
        Assert.Equal("conflict conflict 0.42", old.Outcome());
    }

    [Fact]
    public void Doubts_and_checks_are_in_the_evidence_and_read_back()
    {
        Scene scene = New.Reading(0, "0.41").Doubt("The clock \"stood\".").Reading(1, "0.42").Check(2, false);
        var header = new EvidenceHeader("ou-river", "1", new string('a', 64), new string('b', 64), "OJ-05", "2025-03", 99);
        byte[] bytes = AssessmentEvidence.Write(header, scene.Inputs);
        Assert.StartsWith("{\"evidence\":\"river-assessment/3\",", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        (_, JudgementInputs back) = AssessmentEvidence.Read(bytes, "test");
        Assert.Equal((scene.Inputs.Devices, true), (back.Devices, back.Quarantines));
        Assert.Equal(scene.Inputs.Readings, back.Readings);
        Assert.False(Calibration.Read(back.Records[0]).Passed);
    }

    [Fact]
    public void The_same_readings_in_any_order_and_repeated_give_the_same_bytes()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            seeds =>
            {
                int[] some = [.. seeds.Take(12)];
                string bytes = Bytes(some);
                return bytes == Bytes([.. some.Reverse()]) && bytes == Bytes([.. some, .. some])
                    && bytes == Bytes([.. some.OrderBy(s => unchecked(s * 2_654_435_761L) % 97)]);
            }).QuickCheckThrowOnFailure();

        // Values, marks and doubts at five moments, with a failed check among them.
        static string Bytes(int[] seeds)
        {
            Scene scene = New;
            foreach (int seed in seeds)
            {
                int s = seed == int.MinValue ? 0 : Math.Abs(seed);
                string mark = (s % 11) switch { 0 => "sc", 1 => "M", _ => "N" };
                scene.Doubt(s % 13 == 0 ? "?" : null).Reading(s % 5, $"0.{(s % 7) + 1}", mark);
            }
            scene.Doubt(null).Check(2, false).Check(3, true);
            return Encoding.UTF8.GetString(CanonicalAssessment.Write(Assess(scene)))
                + string.Join(' ', Figure(scene).Excluded.Select(e => e.ToString()));
        }
    }

    private static Scene Six(Scene scene)
    {
        for (int slot = 0; slot < 6; slot++) scene.Reading(slot, $"0.4{slot + 1}");
        return scene;
    }

    private static RiverAssessment Assess(Scene scene) =>
        RiverJudgement.Assess(Scene.Programme, Scene.Section, Scene.March, scene.Inputs);

    private static MeasurandFigure Figure(Scene scene) => Assess(scene).Figures.Single(f => f.Measurand == "w21003");
}
