using System.Text;
using Monitor.Programmes.Definitions;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

public sealed class WashingtonTests
{
    private static readonly DefinitionText Text = new(
        "washington.yaml", Encoding.UTF8.GetBytes(HouseFiles.All.Text("pipelines/wetlands/washington.yaml")));

    // 60 ha at 3:1 are 20 credits. Caps 14, 30, 50, 100 % release 2.8, 6.0 − 2.8, 10 − 6 and 20 − 10.
    [Fact]
    public void Each_stage_releases_up_to_its_cap_less_what_was_released_before()
    {
        WetlandProgramme programme = WetlandProgrammeReader.Read(Text);
        WetlandBank bank = programme.Banks[0];
        Assert.Equal(20m, bank.Credits);
        Assert.Equal([2.8m, 3.2m, 4m, 10m], programme.Milestones.Select(m => programme.CreditsOf(bank, m)));
    }

    [Fact]
    public void A_cap_below_the_one_before_is_a_fault_on_its_line()
    {
        var wrong = new DefinitionText("washington.yaml", Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Text.Bytes.Span).Replace("share: 30", "share: 13", StringComparison.Ordinal)));
        Assert.Contains(WetlandProgrammeReader.Check(wrong), f =>
            f.Level == FaultLevel.Fault && f.Text.Contains("not above the one before", StringComparison.Ordinal));
    }
}
