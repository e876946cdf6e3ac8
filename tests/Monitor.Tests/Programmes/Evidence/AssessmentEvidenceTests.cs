using System.Text;
using Monitor.Domain;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Tests.House;
using Monitor.Tests.Programmes.Judgements;
using Xunit;

namespace Monitor.Tests.Programmes.Evidence;

public sealed class AssessmentEvidenceTests
{
    private static readonly EvidenceHeader Header =
        new("ou-river", "1", new string('a', 64), new string('b', 64), "OJ-05", "2025-03", 99);

    [Fact]
    public void What_is_written_reads_back_with_every_record_byte_for_byte()
    {
        JudgementInputs inputs = new Scene().Reading(0, "<0.025", "sc", "AN-22").Review(0, 0, "0.5")
            .Reading(1, "0.41").Suspend("2025", "施工\"引号\"").Suspend("2025", "完工", lift: true).Inputs;
        (EvidenceHeader header, JudgementInputs back) =
            AssessmentEvidence.Read(AssessmentEvidence.Write(Header, inputs), "test");
        Assert.Equal(Header, header);
        Assert.Equal(inputs.Readings, back.Readings);
        Assert.Equal(inputs.Records, back.Records);
        Assert.Equal("施工\"引号\"", Suspension.Read(back.Records[1]).Reason);
    }

    [Fact]
    public void Each_record_is_a_line_of_its_own_before_the_readings()
    {
        JudgementInputs inputs = new Scene().Reading(0, "0.40").Reading(1, "0.41").Review(0, 0, "reject").Inputs;
        string[] lines = Encoding.UTF8.GetString(AssessmentEvidence.Write(Header, inputs)).Split('\n');
        Assert.StartsWith("{\"evidence\":\"river-assessment/2\",", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "{\"pos\":3,\"record\":\"review\",\"subject\":\"series/OJ-05/w21003\",", lines[1], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length); // header, review, two readings, and nothing after the last end of line
    }

    [Fact]
    public void Evidence_of_the_first_format_is_read_and_has_no_records()
    {
        byte[] first = Encoding.UTF8.GetBytes(HouseFiles.All.Text("fixtures/evidence-1/evidence.ndjson"));
        (EvidenceHeader header, JudgementInputs inputs) = AssessmentEvidence.Read(first, "test");
        Assert.Equal(("OJ-05", "2025-03", 18L), (header.Section, header.Period, header.Position));
        Assert.Equal(18, inputs.Readings.Count);
        Assert.Empty(inputs.Records);
    }

    [Theory]
    [InlineData("river-assessment/2", "river-assessment/9", 1)]
    [InlineData("\"record\":\"review\"", "\"record\":\"opinion\"", 2)]
    [InlineData("\"v\":\"0.40\"", "\"v\":\"0,40\"", 3)]
    public void What_is_not_of_the_format_is_named_with_its_line(string written, string changed, int line)
    {
        byte[] bytes = AssessmentEvidence.Write(
            Header, new Scene().Reading(0, "0.40").Review(0, 0, "reject").Inputs);
        string text = Encoding.UTF8.GetString(bytes).Replace(written, changed, StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(
            () => AssessmentEvidence.Read(Encoding.UTF8.GetBytes(text), "test"));
        Assert.Equal(("test", line), (refused.File, refused.Line));
    }
}
