using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Hj212;

/// <summary>What is set for one station, and how its values become readings.</summary>
public sealed record Hj212Station
{
    /// <summary>The status of a value whose flag is none of one or two letters: it can never count as normal.</summary>
    public const string UnreadableFlag = "X";

    /// <summary>What its flags mean.</summary>
    public Hj212Profile Profile { get; init; } = Hj212Profile.Of2017;

    /// <summary>Which check sums it sends.</summary>
    public CrcRule Crc { get; init; } = CrcRule.Standard;

    /// <summary>Units that it sends other than those of the standard, by code.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>The instrument that its readings name; empty for none.</summary>
    public string Instrument { get; init; } = "";

    /// <summary>Makes a reading of a value.</summary>
    /// <param name="sent">The value.</param>
    /// <param name="reading">The reading, its index 0.</param>
    /// <param name="reason">Why it is none, in a sentence; empty where it is one.</param>
    public bool TryRead(Hj212Value sent, [NotNullWhen(true)] out Reading? reading, out string reason)
    {
        ArgumentNullException.ThrowIfNull(sent);
        reading = null;
        if (!Measurands.IsCode(sent.Code))
        {
            reason = $"'{sent.Code}' is no measurand's code.";
            return false;
        }
        if (!ReportedValue.TryParseQualified(sent.Text, out ReportedValue value))
        {
            reason = $"'{sent.Text}' of {sent.Code} is no plain decimal.";
            return false;
        }
        string unit = Units.TryGetValue(sent.Code, out string? set) ? set : Hj212Units.Standard(sent.Code);
        if (Hj212Units.ToRecord(sent.Code, value, unit) is not var (inRecord, recordUnit))
        {
            reason = $"'{sent.Text}' of {sent.Code} has too many decimal places.";
            return false;
        }
        reason = "";
        reading = new Reading
        {
            Index = 0,
            Measurand = sent.Code,
            Time = sent.Time,
            Value = inRecord,
            Statistic = sent.Statistic,
            Unit = recordUnit,
            Status = StatusOf(sent.Flag),
            Instrument = Instrument,
        };
        return true;
    }

    private static string StatusOf(string? flag) => string.IsNullOrEmpty(flag)
        ? DeviceStatus.Normal
        : DeviceStatus.IsValid(flag) ? flag : UnreadableFlag;
}
