using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Wire.SenMl;

/// <summary>
/// A SenML pack as a batch of readings. A record's name is <c>section/measurand</c> or <c>section/instrument/measurand</c>,
/// with <c>:min</c>, <c>:hour</c> or <c>:day</c> behind it for a mean. The batch is named by what it is, since a pack numbers
/// nothing: its boot is the payload's SHA-256, its sequence 1. Sent again it is the same batch, and no gap is ever seen.
/// </summary>
public static class SenMlBatch
{
    // 24 bytes are the 32 characters that an id may have; 192 bits of SHA-256 are as little likely to meet again as 256.
    private const int IdentityBytes = 24;

    // Only an absolute time is used.
    private static readonly Instant NeverUsed = new(0);

    /// <summary>Whether bytes can only be a pack: JSON's first mark is that of an array.</summary>
    public static bool IsPack(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> text = payload.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == (byte)'[';
    }

    /// <summary>Reads any bytes and never throws. What is no reading with an absolute time refuses the whole pack.</summary>
    /// <param name="agent">Who sent it; a pack does not say.</param>
    /// <param name="payload">The bytes; the batch keeps this memory.</param>
    /// <param name="batch">The batch; as its moment of sending counts its newest reading's time.</param>
    /// <param name="reason">Why it is refused, in a sentence; empty where it is not.</param>
    public static bool TryDecode(
        string agent, ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ReadingBatch? batch, out string reason)
    {
        batch = null;
        if (!SenMlPack.TryResolve(payload, NeverUsed, out IReadOnlyList<SenMlRecord>? records, out reason)) return false;
        if (records.Count is < 1 or > ReadingBatch.ReadingsMax)
        {
            reason = $"The pack has {records.Count} records; 1 to {ReadingBatch.ReadingsMax} are accepted.";
            return false;
        }
        string section = "";
        var readings = new Reading[records.Count];
        for (int i = 0; i < readings.Length; i++)
        {
            Reading? reading = Read(records[i], i, ref section, out reason);
            if (reading is null) return false;
            readings[i] = reading;
        }
        batch = new ReadingBatch
        {
            Agent = agent,
            Section = section,
            Boot = Base64Url.EncodeToString(SHA256.HashData(payload.Span).AsSpan(0, IdentityBytes)),
            Sequence = 1,
            Sent = readings.Max(reading => reading.Time),
            Readings = readings,
            Payload = payload,
        };
        return true;
    }

    private static Reading? Read(SenMlRecord record, int index, ref string section, out string reason)
    {
        reason = "";
        if (!TryName(record.Name, out (string Section, string Instrument, string Measurand, Statistic Statistic) name))
        {
            reason = $"Record {index}: '{record.Name}' is not section/measurand or section/instrument/measurand.";
        }
        else if (section.Length > 0 && section != name.Section)
        {
            reason = $"Record {index} is of section {name.Section}, the first of {section}: send one pack for each.";
        }
        else if (record.IsRelative)
        {
            reason = $"Record {index} has a relative time: nobody could say later when it was.";
        }
        else if (record.Value is not decimal value || !ReportedValue.TryFrom(value, Qualifier.None, out _))
        {
            reason = $"Record {index} has no number, or one of over 18 places or 63 bits.";
        }
        else if (!EnvelopeLimits.IsUnit(record.Unit ?? ""))
        {
            reason = $"Record {index}: '{record.Unit}' is no unit.";
        }
        // A decimal of 28 digits times a thousand would be out of range long before it were too large.
        else if (record.Time > EnvelopeLimits.TimeMax.UnixMilliseconds / 1000m)
        {
            reason = $"Record {index} has a time out of range.";
        }
        else
        {
            section = name.Section;
            ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported);
            return new Reading
            {
                Index = index,
                Measurand = name.Measurand,
                // What is finer than a millisecond is cut off; the payload keeps it.
                Time = new Instant((long)decimal.Floor(record.Time * 1000)),
                Value = reported,
                Statistic = name.Statistic,
                Unit = record.Unit ?? "",
                Instrument = name.Instrument,
            };
        }
        return null;
    }

    private static bool TryName(
        string text, out (string Section, string Instrument, string Measurand, Statistic Statistic) name)
    {
        name = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        Statistic statistic = Statistic.Instantaneous;
        if (colon >= 0 && !StatisticNames.TryParse(text[(colon + 1)..], out statistic)) return false;
        string[] parts = (colon < 0 ? text : text[..colon]).Split('/');
        if (parts.Length is not (2 or 3) || !parts.All(part => Identifier.IsValid(part))) return false;
        name = (parts[0], parts.Length == 3 ? parts[1] : "", parts[^1], statistic);
        return true;
    }
}
