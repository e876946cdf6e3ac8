using System.Text;
using Monitor.Programmes.Definitions;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Definitions;

/// <summary>Faults put into shipped definitions, each found on its own line, with a remedy.</summary>
public sealed class SeededFaultsTests
{
    private const string Ou = "pipelines/ou-river.yaml";
    private const string Zhoukou = "pipelines/families/zhoukou.yaml";
    private const string Xinanjiang = "pipelines/families/xinanjiang-2015.yaml";
    private const string YellowRiver = "pipelines/families/yellow-river-henan-shandong.yaml";

    [Theory]
    // the file, what is changed, into what, a piece of the line that must be named, a piece of what is said
    // keys and words
    [InlineData(Ou, "time_zone: Asia", "timezone: Asia", "timezone: Asia",
        "this key is not known here. Did you mean 'time_zone'?")]
    [InlineData(Ou, "interval_hours: 4", "interval_hour: 4", "interval_hour: 4", "Did you mean 'interval_hours'?")]
    [InlineData(Ou, "rounding: half-even", "rounding: half-evn", "rounding: half-evn", "Did you mean 'half-even'?")]
    [InlineData(Ou, "Asia/Shanghai", "Asia/Shanghay", "Asia/Shanghay", "is not known here")]
    [InlineData(Ou, "direction: none }", "direction: nobody }", "direction: nobody", "'nobody' is not a result")]
    [InlineData(Ou, "upstream: suichang", "upstream: suichan", "upstream: suichan", "Did you mean 'suichang'?")]
    [InlineData(Ou, "target: II\n", "target: VI\n", "target: VI", "'VI' is not known here")]
    [InlineData(Ou, "- id: OJ-02", "- id: OJ-01", "x:- id: OJ-01", "stands here twice")]
    [InlineData(YellowRiver, "mechanism: class-steps", "mechanism: class-step", "mechanism: class-step",
        "Did you mean 'class-steps'?")]
    // numbers
    [InlineData(Ou, "weight: 0.6", "weight: 0.5", "- name: quality", "sum to 0.9, not to 1")]
    [InlineData(Ou, "weight: 0.25 }", "weight: 0.35 }", "measurand: w01019, weight: 0.35", "sum to 1.10, not to 1")]
    [InlineData(Ou, "share_min: 0.60", "share_min: 60", "share_min: 60", "is not a share")]
    [InlineData(Ou, "interval_hours: 4", "interval_hours: 5", "interval_hours: 5", "does not divide a day")]
    [InlineData(Ou, "yuan: 8000000", "yuan: -8000000", "yuan: -8000000", "is below 0")]
    [InlineData(Ou, "w01019: 2.10", "w01019: 0", "w01019: 0", "is not above 0")]
    [InlineData(Ou, "w01019: 2.10", "w01019: { value: 2100, unit: µg/L }", "value: 2100", "judged in mg/L, not µg/L")]
    [InlineData(Xinanjiang, "stability: 0.89", "stability: 0", "stability: 0", "is not above 0")]
    // tables
    [InlineData(Ou, "    - { id: III-gap, class: III, interval: \"(1.0, 1.05]\", direction: undefined-in-source }\n",
        "", "id: II-1", "no row covers (1.0, 1.05]")]
    [InlineData(Ou, "\"(1.0, 1.05]\"", "\"[1.0, 1.05]\"", "id: II-1", "III-3 and III-gap overlap on [1.0, 1.0]")]
    [InlineData(Ou, "\"[0.9, 1.1]\"", "\"(0.9, 1.1]\"", "id: II-1", "no row covers [0.9, 0.9]")]
    [InlineData(Ou, "\"(1.1, inf)\"", "\"(1.1, 9]\"", "id: II-1", "no row covers (9, inf)")]
    [InlineData(Xinanjiang, "\"(0.95, 1]\"", "\"(0.95, 1)\"", "id: P-1", "no row covers [1, 1]")]
    [InlineData(Zhoukou, "\"(0.5, 1]\"", "\"[0.5, 1]\"", "id: met", "t1 and t2 overlap on [0.5, 0.5]")]
    [InlineData(Zhoukou, "        - { id: unprinted, interval: \"(0, 0.1]\", direction: undefined-in-source }\n", "",
        "id: met", "no row covers (0, 0.1]")]
    // what belongs together
    [InlineData(Zhoukou, "      w21003: { value: 3.0, unit: mg/L }\n", "", "- id: ZK-01", "tiers needs a limit of w21003")]
    [InlineData(Zhoukou, "measurands: [w01018, w21003]\n      over", "measurands: [w01009, w21003]\n      over",
        "  digits: 2", "'w01009' has no exceedance")]
    [InlineData("pipelines/families/chishui-2014.yaml", "flow: w00000", "flow: w01019", "flow: w01019", "no flow in L/s")]
    [InlineData("pipelines/families/chishui-2018.yaml", "party: guizhou, share: 5", "party: guizhou, share: 0",
        "share: 0", "is not above 0")]
    [InlineData("pipelines/families/jiuzhou.yaml", "2019: 0.83", "2019: 83", "2019: 83", "is not a share")]
    [InlineData("pipelines/families/jiuzhou.yaml", "yuan: 100000000 }", "}", "- id: JZ-SJ", "is missing")]
    // provenance
    [InlineData(Ou, "    assumed: at least 4 of 6 four-hourly values; no source found\n", "", "readings_min: 4",
        "the number 4 has no provenance")]
    [InlineData(YellowRiver, "      source: 新华社 2021-05-09 (1 million yuan a percentage point, at most 40 million)\n", "",
        "cap: 40000000", "the number 40000000 has no provenance", "assumed: whole amounts; nothing is rounded\n")]
    public void A_seeded_fault_is_found_on_its_line(
        string file, string find, string put, string line, string said, string alsoTaken = "\0")
    {
        string text = HouseFiles.All.Text(file);
        Assert.Empty(Faults(file, text)); // the shipped file has none, so what is found is the seeded one
        Assert.Contains(find, text, StringComparison.Ordinal);
        int at = text.IndexOf(find, StringComparison.Ordinal);
        string changed = (text[..at] + put + text[(at + find.Length)..]).Replace(alsoTaken, "\n", StringComparison.Ordinal);
        DefinitionFault fault = Assert.Single(
            Faults(file, changed), f => $"{f.Text} {f.Remedy}".Contains(said, StringComparison.Ordinal));
        Assert.Equal((file, LineOf(changed, line)), (fault.File, fault.Line));
        Assert.NotEmpty(fault.Remedy);
    }

    private static DefinitionFault[] Faults(string file, string text) =>
    [
        .. RiverProgrammeReader.Check(new DefinitionText(file, Encoding.UTF8.GetBytes(text)), _ => OuRiver.Standard)
            .Where(f => f.Level == FaultLevel.Fault),
    ];

    // "x:" asks for the last such line: a name that stands twice is named where it stands again.
    private static int LineOf(string text, string piece)
    {
        bool isLast = piece.StartsWith("x:", StringComparison.Ordinal);
        string wanted = isLast ? piece[2..] : piece;
        int at = isLast ? text.LastIndexOf(wanted, StringComparison.Ordinal) : text.IndexOf(wanted, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The changed text has no '{wanted}'.");
        return text[..at].Count(c => c == '\n') + 1;
    }
}
