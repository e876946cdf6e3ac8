using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Evidence;
using Xunit;

namespace Monitor.Tests.Programmes;

public sealed class AssessmentEvidenceTests
{
    private static readonly EvidenceHeader Header = new(
        "ou-river", "1", new string('d', 64), new string('e', 64), "OJ-05", "2025", 77);

    private static readonly StoredReading[] Readings =
    [
        new(5, "A1", "B1", 3, "OJ-05", OuRiver.Reading("w21003", 1_740_000_000_000, 0.4120m)),
        new(6, "A1", "B1", 3, "OJ-05", OuRiver.Reading("w21011", 1_740_000_000_000, 0.010m, "M", Qualifier.Below)
            with { Index = 1, Instrument = "TP-1" }),
    ];

    [Fact]
    public void What_is_written_reads_back_to_the_digit()
    {
        byte[] bytes = AssessmentEvidence.Write(Header, Readings);
        (EvidenceHeader header, IReadOnlyList<StoredReading> readings) = AssessmentEvidence.Read(bytes, "x");
        Assert.Equal(Header, header);
        Assert.Equal(Readings, readings);
        Assert.Equal("0.4120", readings[0].Reading.Value.Digits);
        Assert.Equal(bytes, AssessmentEvidence.Write(header, readings));
    }

    [Fact]
    public void Damage_is_named_by_its_line()
    {
        byte[] bytes = AssessmentEvidence.Write(Header, Readings);
        string text = System.Text.Encoding.UTF8.GetString(bytes);
        foreach ((string find, string put, int line) in new[]
        {
            ("river-assessment/1", "river-assessment/9", 1), ("\"0.4120\"", "\"0.41x0\"", 2), ("\"pos\":6", "\"poz\":6", 3),
        })
        {
            byte[] broken = System.Text.Encoding.UTF8.GetBytes(text.Replace(find, put, StringComparison.Ordinal));
            Assert.Equal(line, Assert.Throws<InputException>(() => AssessmentEvidence.Read(broken, "x")).Line);
        }
        Assert.Throws<InputException>(() => AssessmentEvidence.Read(bytes.AsMemory()[..^5], "x"));
        Assert.Throws<InputException>(() => AssessmentEvidence.Read(default, "x"));
    }
}
