using Monitor.Domain.Readings;

namespace Monitor.Tests.Wire.Envelope;

/// <summary>Batches and golden bytes that the tests of the envelope share.</summary>
internal static class EnvelopeSamples
{
    internal static ReadingBatch Batch(params Reading[] readings) => new()
    {
        Agent = "A-1",
        Section = "S-1",
        Boot = "B1",
        Sequence = 1,
        Sent = new Instant(1_735_689_600_000),
        Readings = readings.Length > 0 ? readings : [Reading(0, "0.40")],
        Payload = default,
    };

    internal static Reading Reading(int index, string value, Qualifier qualifier = Qualifier.None) => new()
    {
        Index = index,
        Measurand = "w21003",
        Time = new Instant(1_735_689_600_000),
        Value = ReportedValue.TryParse(value, qualifier, out ReportedValue reported)
            ? reported
            : throw new ArgumentException("no decimal: " + value),
        Statistic = Statistic.Instantaneous,
        Unit = "mg/L",
    };

    internal static byte[] Golden(string name)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Monitor.sln"))) at = at.Parent;
        if (at is null) throw new DirectoryNotFoundException("No Monitor.sln above " + AppContext.BaseDirectory);
        return File.ReadAllBytes(Path.Combine(at.FullName, name));
    }
}
