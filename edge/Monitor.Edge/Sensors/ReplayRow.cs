using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Edge.Sensors;

/// <summary>
/// The table of a replayed file: <c>time,measurand,value,status[,instrument]</c>, columns named in the first line, in
/// any order, others ignored. No quoting: no field needs it.
/// </summary>
internal sealed class ReplayRow
{
    private static readonly string[] TimeFormats =
    [
        // RFC 3339, section 5.6; the offset is required, and a blank may stand for the T.
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF'Z'",
    ];

    private readonly string file;
    private readonly Statistic statistic;
    private readonly int time, measurand, value, status, instrument, columns;

    /// <summary>Reads the first line.</summary>
    /// <exception cref="InputException">A column is missing or named twice.</exception>
    internal ReplayRow(string header, string file, Statistic statistic)
    {
        (this.file, this.statistic) = (file, statistic);
        string[] names = [.. header.Split(',').Select(name => name.Trim())];
        columns = names.Length;
        (time, measurand, value, status) = (Column("time"), Column("measurand"), Column("value"), Column("status"));
        instrument = names.Contains("instrument") ? Column("instrument") : -1;

        int Column(string name)
        {
            int at = Array.IndexOf(names, name);
            if (at < 0) throw Wrong(1, name, "the column is missing.", "Name it in the first line.");
            if (Array.IndexOf(names, name, at + 1) >= 0) throw Wrong(1, name, "the column comes twice.", "Remove one.");
            return at;
        }
    }

    /// <summary>Reads one row.</summary>
    /// <param name="text">The line without its end.</param>
    /// <param name="line">Its number in the file, from 1.</param>
    /// <param name="index">The reading's index.</param>
    /// <exception cref="InputException">A field cannot be read.</exception>
    internal Reading Read(string text, int line, int index)
    {
        string[] fields = text.Split(',');
        if (fields.Length != columns)
        {
            throw Wrong(line, "", $"{fields.Length} fields where the first line names {columns}.", "Complete the row.");
        }
        string code = fields[measurand].Trim(), mark = fields[status].Trim();
        if (!Measurands.IsCode(code))
        {
            throw Wrong(line, "measurand", $"'{code}' is no measurand's code.", "Write an HJ code such as w21003.");
        }
        if (mark.Length > 0 && !DeviceStatus.IsValid(mark))
        {
            throw Wrong(line, "status", $"'{mark}' is no status mark.", "Write one or two letters; blank means N.");
        }
        string device = instrument < 0 ? "" : fields[instrument].Trim();
        if (device.Length > 0 && !Identifier.IsValid(device))
        {
            throw Wrong(line, "instrument", $"'{device}' is no id.", "Use 1 to 32 of A-Z a-z 0-9 _ -.");
        }
        return new Reading
        {
            Index = index,
            Measurand = code,
            Time = ReadTime(fields[time].Trim(), line),
            Value = ReadValue(fields[value].Trim(), line),
            Statistic = statistic,
            Unit = Measurands.Find(code)?.Unit ?? "",
            Status = mark.Length > 0 ? mark : DeviceStatus.Normal,
            Instrument = device,
        };
    }

    private Instant ReadTime(string text, int line)
    {
        if (!DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
        {
            throw Wrong(line, "time", $"'{text}' is no time with an offset.", "Write it as 2025-01-01T00:00:00+08:00.");
        }
        var instant = Instant.From(moment);
        return EnvelopeLimits.TimeMin <= instant && instant <= EnvelopeLimits.TimeMax
            ? instant
            : throw Wrong(line, "time", $"'{text}' is not between the years 1900 and 9998.", "Correct the year.");
    }

    private ReportedValue ReadValue(string text, int line) =>
        ReportedValue.TryParseQualified(text, out ReportedValue reported) ? reported : throw Wrong(
            line, "value", $"'{text}' is no plain decimal of at most 18 places and 63 bits.",
            "Write it as 0.40, <0.025 or >2000; leave out rows without a value.");

    private InputException Wrong(int line, string field, string fault, string remedy) =>
        new(fault, remedy, file, line, field);
}
