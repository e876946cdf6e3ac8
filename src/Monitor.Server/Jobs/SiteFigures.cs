using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Jobs;

/// <summary>
/// A site's figures as readings of the satellite sensor. The one place where a raster's figure becomes a number that judges.
/// </summary>
internal static class SiteFigures
{
    /// <summary>
    /// Version of the way from pixels to figures, and so the instrument of the series: a new one begins a new series.
    /// </summary>
    internal const string Algorithm = "ndvi-1";

    /// <summary>The same, of a season's composite.</summary>
    internal const string CompositeAlgorithm = "ndvi-median-1";

    /// <summary>The batch of a scene; null where it shows nothing of the site.</summary>
    internal static ReadingBatch? OfScene(
        WetlandProgramme programme, WetlandBank bank, Instant taken, ZoneFigures figures, string identity)
    {
        List<Reading> readings = Figures(programme, bank, taken, figures, Measurands.ClearFraction, Algorithm);
        return readings.Count == 0 ? null : Batch(programme, bank, taken, readings, identity);
    }

    /// <summary>The batch of a composite: its figures, and which scenes went into it.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="time">The composite's moment, which is its newest candidate's.</param>
    /// <param name="figures">Of the medians.</param>
    /// <param name="scenes">Time and identity of each scene in it.</param>
    internal static ReadingBatch OfComposite(
        WetlandProgramme programme, WetlandBank bank, Instant time, ZoneFigures figures,
        IReadOnlyList<(Instant Time, string Identity)> scenes)
    {
        List<Reading> readings = Figures(
            programme, bank, time, figures, Measurands.EnoughFraction, CompositeAlgorithm);
        foreach ((Instant scene, _) in scenes)
        {
            readings.Add(Reading(
                readings.Count, Measurands.CompositeAt, scene, time.UnixMilliseconds, "ms", CompositeAlgorithm));
        }
        return Batch(programme, bank, time, readings, IdentityOf(programme, bank, time, scenes.Select(s => s.Identity)));
    }

    private static List<Reading> Figures(
        WetlandProgramme programme, WetlandBank bank, Instant time, ZoneFigures figures, string share, string instrument)
    {
        List<Reading> readings = [];
        void Add(string measurand, double? figure)
        {
            if (figure is not double value) return;
            decimal rounded = decimal.Round((decimal)value, programme.SensorDigits, MidpointRounding.ToEven);
            if (!ReportedValue.TryFrom(rounded, Qualifier.None, out _))
            {
                throw new InvalidOperationException($"{measurand} of {bank.Id} is {value}, which no reading can hold.");
            }
            readings.Add(Reading(readings.Count, measurand, time, rounded, "1", instrument));
        }
        Add(share, figures.ClearFraction);
        Add(Measurands.Ndvi, figures.Mean);
        Add(Measurands.CoverLow, figures.Cover?.Low);
        Add(Measurands.Cover, figures.Cover?.Central);
        Add(Measurands.CoverHigh, figures.Cover?.High);
        return readings;
    }

    private static Reading Reading(
        int index, string measurand, Instant time, decimal value, string unit, string instrument) => new()
        {
            Index = index,
            Measurand = measurand,
            Time = time,
            Value = ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported) ? reported : default,
            Statistic = Statistic.Instantaneous,
            Unit = unit,
            Instrument = instrument,
        };

    private static ReadingBatch Batch(
        WetlandProgramme programme, WetlandBank bank, Instant time, List<Reading> readings, string identity)
    {
        var batch = new ReadingBatch
        {
            Agent = programme.SensorAgent,
            Section = bank.Id,
            Boot = identity,
            Sequence = 1,
            // The scene's own time, not the clock's: the same scene makes the same bytes, and is stored once.
            Sent = time,
            Readings = readings,
            Payload = default,
        };
        return batch with { Payload = EnvelopeCodec.Encode(batch) };
    }

    // Other scenes, another moment, other terms or another algorithm: another composite.
    private static string IdentityOf(
        WetlandProgramme programme, WetlandBank bank, Instant time, IEnumerable<string> scenes)
    {
        string all = string.Join(' ', [programme.Text.Sha256, bank.Id, CompositeAlgorithm, time.ToString(), .. scenes]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..Identifier.LengthMax];
    }
}
