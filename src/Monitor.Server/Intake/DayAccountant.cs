using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake;

/// <summary>Makes the account of a section and civil day from what is on disk now.</summary>
public static class DayAccountant
{
    /// <summary>Most notes of one kind in an account; the counts are whole all the same.</summary>
    public const int NotesMax = 200;

    /// <summary>The account.</summary>
    /// <param name="section">Section id.</param>
    /// <param name="day"><c>YYYY-MM-DD</c>.</param>
    /// <param name="shelf">Programmes: whose section it is says in which zone the day lies.</param>
    /// <param name="record">The readings.</param>
    /// <param name="entries">The ledger's entries.</param>
    /// <exception cref="InputException">The section is no id, or nobody knows it, or the day is none.</exception>
    public static DayReconciliation Of(
        string section, string day, ProgrammeShelf shelf, IReadingStore record, IEnumerable<LedgerEntry> entries)
    {
        if (!Identifier.IsValid(section)) throw new InputException(
            $"'{section}' is no section.", "Write its id, as OJ-05.", field: "section");
        bool isDay = DateOnly.TryParseExact(
            day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        if (!isDay || date.Year is < 1900 or > 9998) throw new InputException(
            $"'{day}' is no day.", "Write it as 2025-03-01.", field: "day");
        var programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(section) is not null);
        TimeZoneInfo zone = programme?.Zone ?? TimeZoneInfo.Utc;
        Instant from = Period.Midnight(date, zone), to = Period.Midnight(date.AddDays(1), zone);
        SectionAccount account = record.Account(section, from, to);
        bool isKnown = programme is not null || account.Payloads.Count + account.DeadLetters.Count > 0
            || record.Sections().Contains(section);
        if (!isKnown) throw new InputException(
            $"Nobody knows a section '{section}'.", "`monitor agent list` and the programmes name them.", field: "section");
        return Sum(section, date, zone, account, new DaySpan(from, to), JudgedIn(section, date, zone, entries));
    }

    private static DayReconciliation Sum(
        string section, DateOnly date, TimeZoneInfo zone, SectionAccount account, DaySpan span, IReadOnlyList<long> judged)
    {
        long sent = 0, duplicates = 0, dead = 0, lostReadings = 0;
        List<LostBatches> lost = [];
        List<DoubtfulBatch> doubtful = [];
        foreach (KeptPayload kept in account.Payloads)
        {
            // It was read when it came; that it cannot be read now shows as a difference.
            if (!BatchPayload.TryDecode("", kept.Payload, out ReadingBatch? batch, out _)) continue;
            long inside = span.Count(batch);
            sent += inside;
            duplicates += inside * kept.Repeats;
            if (inside > 0 && ClockDoubt.Of(batch, kept.ReceivedAt) is string why && doubtful.Count < NotesMax)
            {
                doubtful.Add(new DoubtfulBatch(batch.Agent, batch.Boot, batch.Sequence, why));
            }
            foreach (LostRange range in LostRange.In(batch).Where(r => r.First < span.To && r.Last >= span.From))
            {
                lost.Add(new LostBatches(
                    batch.Agent, batch.Boot, range.Sequences.From, range.Sequences.To, range.Readings));
                if (range.First >= span.From && range.Last < span.To) lostReadings += range.Readings;
            }
        }
        long first = sent;
        foreach (DeadLetter letter in account.DeadLetters)
        {
            long inside = letter.Readings > 0
                && BatchPayload.TryDecode(letter.Agent, letter.Payload, out ReadingBatch? batch, out _)
                ? span.Count(batch)
                : 1;
            sent += inside;
            dead += inside * (1 + letter.Repeats);
        }
        long received = first + duplicates + dead;
        return new DayReconciliation(
            section, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), zone.Id, sent + lostReadings, sent, received,
            account.Stored, duplicates, dead, judged, [.. account.Gaps.Take(NotesMax)], lost,
            received == account.Stored + duplicates + dead, [.. account.DeadLetters.Take(NotesMax).Select(Note)], doubtful,
            [.. account.Alarms.Take(NotesMax).Select(Note)]);
    }

    private static DeadLetterNote Note(DeadLetter letter) => new(
        letter.ReceivedAt.ToString(), letter.Agent, letter.Topic, letter.Reason, letter.Repeats + 1, letter.Readings);

    private static AlarmNote Note(IntakeAlarm alarm) => new(
        alarm.Agent, alarm.Kind, alarm.First.ToString(), alarm.Last.ToString(), alarm.Times, alarm.Detail);

    private static List<long> JudgedIn(
        string section, DateOnly date, TimeZoneInfo zone, IEnumerable<LedgerEntry> entries)
    {
        List<long> judged = [];
        foreach (LedgerEntry entry in entries.Where(e => e.Kind is LedgerKinds.Assessment or LedgerKinds.Revision))
        {
            using JsonDocument json = JsonDocument.Parse(entry.Body);
            bool isHere = json.RootElement.TryGetProperty("section", out JsonElement place)
                && place.ValueKind == JsonValueKind.String && place.GetString() == section
                && json.RootElement.TryGetProperty("period", out JsonElement label)
                && Period.TryParse(label.GetString() ?? "", zone, out Period? period)
                && period.Contains(Period.Midnight(date, zone));
            if (isHere) judged.Add(entry.Number);
        }
        return judged;
    }

    private readonly record struct DaySpan(Instant From, Instant To)
    {
        internal long Count(ReadingBatch batch)
        {
            long inside = 0;
            foreach (Reading reading in batch.Readings)
            {
                if (From <= reading.Time && reading.Time < To) inside++;
            }
            return inside;
        }
    }
}
