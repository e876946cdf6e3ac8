using System.Text;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>A small record of a bank's two wells in 2025: hourly readings, and how the year's rain ranked.</summary>
internal sealed class WellYear
{
    private readonly List<StoredReading> readings = [];
    private readonly List<StoredRecord> records = [];
    private long position;

    internal static WetlandProgramme Programme { get; } = WetlandProgrammeReader.Read(new DefinitionText(
        "wetland.yaml", Encoding.UTF8.GetBytes(HouseFiles.All.Text("pipelines/wetland-seed-florida.yaml"))));

    internal static WetlandBank Bank => Programme.FindBank("jiulong")!;

    internal static MilestonePart Part => Programme.FindPart("year-1.hydrology")!;

    internal JudgementInputs Inputs => new(
        [.. readings.OrderBy(r => r.Reading.Measurand, StringComparer.Ordinal).ThenBy(r => r.Reading.Time)
            .ThenBy(r => r.Position)],
        [.. records])
    {
        Devices = new string('d', 64),
    };

    /// <summary>Days of both wells, both ends inclusive, as month and day: so many readings a day at one depth.</summary>
    internal WellYear Days(string from, string to, string depth, int perDay = 4, string status = "N", string? well = null)
    {
        for (DateOnly day = Of(from); day <= Of(to); day = day.AddDays(1))
        {
            foreach (string one in well is null ? Bank.Monitoring!.Wells : [well])
            {
                for (int i = 0; i < perDay; i++) Reading(one, day, i * 24 / perDay, Measurands.WaterTableDepth, depth, status);
            }
        }
        return this;
    }

    /// <summary>What is read next comes from a clock that deserves no belief.</summary>
    internal string? Doubt { get; set; }

    internal WellYear Rain(string rank, string day = "12-31", string? agent = null)
    {
        Reading(agent ?? Bank.Monitoring!.RainfallAgent!, Of(day), 20, Measurands.RainfallRank, rank, "N");
        return this;
    }

    /// <summary>A person's word on the wells' depths of a day.</summary>
    internal WellYear Review(string day, string verdict)
    {
        bool corrects = ReportedValue.TryParseQualified(verdict, out ReportedValue value);
        Assert.True(SeriesName.TryParse($"jiulong/{Measurands.WaterTableDepth}", out SeriesName? name));
        var review = new Review
        {
            Series = name,
            From = Period.Midnight(Of(day), Programme.Zone),
            To = Period.Midnight(Of(day).AddDays(1), Programme.Zone),
            Verdict = corrects ? ReviewVerdict.Correct : ReviewVerdict.Reject,
            Value = corrects ? value : null,
            Reason = "理由",
            Person = Scene.Person,
        };
        records.Add(new StoredRecord(
            ++position, RecordKind.Review, name.Subject, $"review/{position}", new Instant(0), Scene.Sign(review.ToSign())));
        return this;
    }

    internal HydrologyAssessment Judge() => HydrologyJudgement.Assess(Programme, Bank, Part, 2025, Inputs)!;

    private void Reading(string agent, DateOnly day, int hour, string measurand, string value, string status)
    {
        Assert.True(ReportedValue.TryParseQualified(value, out ReportedValue reported));
        position++;
        readings.Add(new StoredReading(position, agent, "b1", position, Bank.Id, new Reading
        {
            Index = 0,
            Measurand = measurand,
            Time = new Instant(Period.Midnight(day, Programme.Zone).UnixMilliseconds + (hour * 3_600_000L)),
            Value = reported,
            Statistic = Statistic.Hour,
            Unit = "m",
            Status = status,
        })
        { Doubt = Doubt });
    }

    private static DateOnly Of(string day) => DateOnly.ParseExact(
        $"2025-{day}", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
