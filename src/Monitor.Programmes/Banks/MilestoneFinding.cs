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
/// <param name="At">The moment it speaks of: of the scene, or the last of the period; where it names none, its sealing.</param>
public sealed record MilestoneFinding(long Entry, string Milestone, CriterionOutcome Outcome, Instant At)
{
    /// <summary>Reads an entry; null where it judges no milestone of the bank.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static MilestoneFinding? Read(LedgerEntry entry, WetlandProgramme programme, string bank)
    {
        bool isJudged = entry.Kind is LedgerKinds.Assessment or LedgerKinds.Revision
            && (entry.Key.StartsWith($"{entry.Kind}/{programme.Id}/", StringComparison.Ordinal) || SurveyStatement.IsOne(entry));
        if (!isJudged) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        JsonElement body = json.RootElement;
        bool isMine = body.ValueKind == JsonValueKind.Object && Text(body, "programme") == programme.Id
            && Text(body, "bank") == bank;
        if (!isMine || Text(body, "milestone") is not string milestone) return null;
        CriterionOutcome? outcome = Text(body, "outcome") switch
        {
            "pass" => CriterionOutcome.Pass,
            "fail" => CriterionOutcome.Fail,
            "inconclusive" => CriterionOutcome.Inconclusive,
            "review" => CriterionOutcome.Review,
            _ => null,
        };
        return outcome is CriterionOutcome known
            ? new MilestoneFinding(entry.Number, milestone, known, TimeOf(body, programme.Zone) ?? entry.SealedAt)
            : null;
    }

    private static Instant? TimeOf(JsonElement body, TimeZoneInfo zone)
    {
        if (Text(body, "scene") is string scene && DateTimeOffset.TryParse(
            scene, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset taken))
        {
            return Instant.From(taken);
        }
        // A survey is of its last day in the field.
        if (Text(body, "day") is string day && DateOnly.TryParse(
            day, System.Globalization.CultureInfo.InvariantCulture, out DateOnly surveyed))
        {
            return Period.Midnight(surveyed, zone);
        }
        return Text(body, "period") is string label && Period.TryParse(label, zone, out Period? period)
            ? new Instant(period.End.UnixMilliseconds - 1)
            : null;
    }

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
