using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>What a sealed judgement found of a milestone.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Milestone">Milestone id.</param>
/// <param name="Outcome">What it found.</param>
/// <param name="At">
/// The moment it speaks of: of the scene, or the last of the day, the period or the year; where it names none, its sealing.
/// </param>
public sealed record BankFinding(long Entry, string Milestone, CriterionOutcome Outcome, Instant At)
{
    /// <summary>Reads an entry; null where it judges no milestone of the bank.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static BankFinding? Read(LedgerEntry entry, WetlandProgramme programme, string bank)
    {
        // A judgement is sealed under its own kind; a survey is a filing that bears its outcome.
        bool isJudged = entry.Kind is LedgerKinds.Assessment or LedgerKinds.Revision
            && (entry.Key.StartsWith($"{entry.Kind}/{programme.Id}/", StringComparison.Ordinal)
                || entry.Key.StartsWith(BankFiling.Prefix(programme.Id, bank), StringComparison.Ordinal));
        if (!isJudged) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        JsonElement body = json.RootElement;
        bool isMine = body.ValueKind == JsonValueKind.Object && Text(body, "programme") == programme.Id
            && Text(body, "bank") == bank;
        if (!isMine || Text(body, "milestone") is not string milestone) return null;
        string? word = Text(body, "outcome");
        foreach (CriterionOutcome outcome in Enum.GetValues<CriterionOutcome>())
        {
            if (MilestoneJudgement.Name(outcome) != word) continue;
            return new BankFinding(entry.Number, milestone, outcome, TimeOf(body, programme.Zone) ?? entry.SealedAt);
        }
        return null;
    }

    private static Instant? TimeOf(JsonElement body, TimeZoneInfo zone)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (DateTimeOffset.TryParse(Text(body, "scene"), invariant, out DateTimeOffset taken)) return Instant.From(taken);
        if (DateOnly.TryParseExact(Text(body, "day"), "yyyy-MM-dd", invariant, DateTimeStyles.None, out DateOnly day))
        {
            return new Instant(Period.Midnight(day.AddDays(1), zone).UnixMilliseconds - 1);
        }
        return (Text(body, "period") ?? Text(body, "year")) is string label && Period.TryParse(label, zone, out Period? period)
            ? new Instant(period.End.UnixMilliseconds - 1)
            : null;
    }

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
