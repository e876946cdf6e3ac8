using Monitor.Domain.Readings;

namespace Monitor.Wire.Hj212;

/// <summary>
/// Units of values, which HJ 212 never sends: those of HJ 212-2017 table B.1 unless the station's settings say otherwise.
/// The record has one unit for each measurand, that of <see cref="Measurands"/>, since the classes are judged in it: what a
/// station sends in µg/L moves its decimal point by three places, exactly, with every digit kept.
/// </summary>
public static class Hj212Units
{
    private const string Micrograms = "ug/L";
    private const string Milligrams = "mg/L";

    // Table B.1 has these in µg/L, and surface-water stations often send them in mg/L all the same.
    private static readonly string[] InMicrograms =
    [
        "w20111", "w20115", "w20117", "w20119", "w20120", "w20128", "w20142", "w20143",
    ];

    /// <summary>The unit that a code has by the standard; empty where it is not known.</summary>
    public static string Standard(string code) =>
        InMicrograms.Contains(code) ? Micrograms : Measurands.Find(code)?.Unit ?? "";

    /// <summary>Whether a station's setting can be a unit: µ is written as u.</summary>
    public static bool IsKnown(string unit) => Envelope.EnvelopeLimits.IsUnit(unit);

    /// <summary>A value in the unit of the record.</summary>
    /// <param name="code">The measurand.</param>
    /// <param name="value">The value as sent.</param>
    /// <param name="unit">Its unit.</param>
    /// <returns>The value and its unit; null where it does not fit after the point moved.</returns>
    public static (ReportedValue Value, string Unit)? ToRecord(string code, ReportedValue value, string unit)
    {
        string wanted = Measurands.Find(code)?.Unit ?? unit;
        bool isMicrograms = unit is Micrograms or "μg/L" or "µg/L";
        if (isMicrograms && wanted == Milligrams)
        {
            return value.Scale + 3 > ReportedValue.ScaleMax
                ? null
                : (value with { Scale = (byte)(value.Scale + 3) }, Milligrams);
        }
        return (value, unit);
    }
}
