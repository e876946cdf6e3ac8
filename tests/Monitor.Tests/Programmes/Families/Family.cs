using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.WaterQuality;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>A river family as its file says it, and months of samples made for it.</summary>
internal sealed class Family
{
    private readonly List<Reading> readings = [];

    private Family(RiverProgramme programme)
    {
        Programme = programme;
    }

    internal RiverProgramme Programme { get; }

    internal static IEnumerable<string> Shipped =>
        HouseFiles.All.Paths.Where(p => p.StartsWith("pipelines/families/", StringComparison.Ordinal));

    /// <summary>A shipped family, with pieces of its text replaced where a test says so.</summary>
    internal static Family Of(string name, params (string Find, string Put)[] changes) =>
        At($"pipelines/families/{name}.yaml", changes);

    /// <summary>The same of any file of the repository.</summary>
    internal static Family At(string path, params (string Find, string Put)[] changes)
    {
        string text = HouseFiles.All.Text(path);
        foreach ((string find, string put) in changes)
        {
            Assert.Contains(find, text, StringComparison.Ordinal);
            text = text.Replace(find, put, StringComparison.Ordinal);
        }
        return new Family(RiverProgrammeReader.Read(
            new DefinitionText(path, Encoding.UTF8.GetBytes(text)), _ => OuRiver.Standard));
    }

    internal static IReadOnlyList<DefinitionFault> Check(string path) => RiverProgrammeReader.Check(
        new DefinitionText(path, Encoding.UTF8.GetBytes(HouseFiles.All.Text(path))), _ => OuRiver.Standard);

    /// <summary>One sample on the first of each month of a year: a value for all, or one for each.</summary>
    internal Family Samples(int year, string code, params decimal[] values) => Samples(year, code, "", values);

    /// <summary>The same where the water comes in.</summary>
    internal Family Inflow(int year, string code, params decimal[] values) =>
        Samples(year, code, Programme.Inflow!.Instrument, values);

    /// <summary>Judges from readings.</summary>
    internal RiverAssessment Assess(string section, string period) =>
        RiverJudgement.Assess(Programme, Programme.FindSection(section)!, When(period), readings);

    /// <summary>Judges from the first figure that is printed.</summary>
    internal RiverAssessment Printed(string section, string period, decimal? index = null, SurfaceWaterClass? measured = null) =>
        new PublishedFigures(index, measured).Assess(Programme, Programme.FindSection(section)!, When(period));

    internal static string Json(RiverAssessment a) => Encoding.UTF8.GetString(CanonicalAssessment.Write(a));

    private Period When(string label)
    {
        Assert.True(Period.TryParse(label, Programme.Zone, out Period? period));
        return period;
    }

    private Family Samples(int year, string code, string instrument, decimal[] values)
    {
        for (int month = 1; month <= 12; month++)
        {
            decimal value = values[values.Length == 1 ? 0 : month - 1];
            if (value < 0) continue; // no sample in that month
            Assert.True(ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported));
            readings.Add(new Reading
            {
                Index = 0,
                Measurand = code,
                Time = Period.OfMonth(year, month, Programme.Zone).Start,
                Value = reported,
                Statistic = Programme.Statistic,
                Unit = Measurands.Find(code)?.Unit ?? "",
                Instrument = instrument,
            });
        }
        return this;
    }

    internal static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
