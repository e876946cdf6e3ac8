using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Tests.Programmes.Families;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

/// <summary>Other readings of its terms that a definition declares.</summary>
public sealed class DeclaredAlternativesTests
{
    private const string Set = "- { key: bands.rows.III-gap.direction, value: none }";

    private const string Assumed =
        "    assumed: by the symmetry of class II the printed 1.0 may be meant as 1.05; the source does not say so\n";

    // E = 1.02, class III: Table 1 prints nothing between 1.0 and 1.05.
    [Fact]
    public void Where_the_table_has_its_hole_the_misprint_would_decide()
    {
        var year = OuRiver.Year("OJ-05", 1.02m);
        RiverAssessment agreed = OuRiver.Assess("OJ-05", year);
        Assert.Equal(Direction.UndefinedInSource, agreed.Direction);
        Alternative misprint = Alternatives.Of(agreed, year).Single(a => a.Name == "misprint");
        Assert.Equal(
            (Direction.None, 0m, false),
            (misprint.Assessment.Direction, misprint.Assessment.AmountYuan!.Value, misprint.IsSame));
        Assert.Equal("class III's 1.0 read as a misprint of 1.05", misprint.Label.English);
    }

    // 0.681875 cut off to one place is 0.6: the table's row is the same.
    [Fact]
    public void A_family_of_its_own_declares_them_in_its_file()
    {
        AlternativeTerms declared = Assert.Single(Family.At("fixtures/programmes/made-up.yaml").Programme.Alternatives);
        Assert.Equal(("whole-index", 1), (declared.Name, declared.Programme.Index.Digits));
        Assert.Empty(declared.Programme.Alternatives);
    }

    [Fact]
    public void What_only_an_alternative_assumes_is_no_assumption_of_the_judgement()
    {
        Assert.Contains(OuRiver.Programme.Assumptions, a => a.Path == "alternatives[0]");
        Assert.DoesNotContain(
            OuRiver.Programme.AssumptionsFor(OuRiver.Programme.Sections[0]),
            a => a.Contains("symmetry of class II", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_term_holds_in_the_alternatives_too() =>
        Assert.Equal(2, OuRiver.Read("index.digits=2").Alternatives.Single().Programme.Index.Digits);

    [Theory]
    [InlineData(Set, "- { key: bands.rows.III-hole.direction, value: none }", "'III-hole' is not there")]
    [InlineData(Set, "- { key: payment.days, value: 30 }", "'payment.days' is nothing that is reckoned by")]
    [InlineData(Set, "- { key: sections.OJ-05.id, value: OJ-99 }", "'sections.OJ-05.id' is nothing of a section")]
    [InlineData(Set, "- { key: sections.0.upstream, value: ou }", "'sections.0.upstream' is nothing of a section")]
    [InlineData(Set, "- { key: bands.rows.III-gap.interval, value: \"(1.02, 1.05]\" }", "with it the definition does not hold")]
    [InlineData("  - name: misprint", "  - name: median", "the name of a way that every programme has")]
    [InlineData(Assumed, "", "nothing says where it comes from")]
    [InlineData("    set:\n      - { key: bands", "    sets:\n      - { key: bands", "is missing")]
    public void What_cannot_be_is_a_fault_with_its_line(string find, string put, string said)
    {
        IReadOnlyList<DefinitionFault> faults = OuRiver.Faults(find, put);
        Assert.Contains(faults, f => f.Text.Contains(said, StringComparison.Ordinal) && f.Line > 150);
    }
}
