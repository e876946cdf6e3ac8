using Monitor.Programmes.Definitions;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

public sealed class ShippedFamiliesTests
{
    public static TheoryData<string> Files => [.. Family.Shipped];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_family_passes_with_its_assumptions_listed(string path)
    {
        IReadOnlyList<DefinitionFault> said = Family.Check(path);
        Assert.Empty(said.Where(f => f.Level == FaultLevel.Fault).Select(f => f.ToString()));
        Assert.Contains(said, f => f.Level == FaultLevel.Note && f.Text.StartsWith("assumed:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_family_keeps_its_id_over_its_rounds_and_changes_its_version()
    {
        (string Id, string Version)[] rounds = [.. Family.Shipped
            .Select(p => Family.At(p).Programme).Select(p => (p.Id, p.Version))];
        Assert.Equal(rounds.Length, rounds.Distinct().Count());
        Assert.Equal(
            ["2012.1", "2015.1", "2018.1"], rounds.Where(r => r.Id == "xinanjiang").Select(r => r.Version).Order());
        Assert.Contains((OuRiver.Programme.Id, "2021-demo.1"), rounds);
    }
}
