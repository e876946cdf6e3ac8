using System.Text.Json;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Finds in a ledger what was said of a milestone or a part of one. Judgements are of a version of the terms; a document
/// that was filed stays filed.
/// </summary>
public static class JudgedParts
{
    /// <summary>Subject of the judgements: <c>PROGRAMME/VERSION/BANK/PATH</c>.</summary>
    public static string SubjectOf(WetlandProgramme programme, WetlandBank bank, MilestonePart part) =>
        $"{programme.Id}/{programme.Version}/{bank.Id}/{part.Path}";

    /// <summary>
    /// The newest judgement of a part, or of a document its newest filing; of surveys the one of the latest field work, however
    /// late an earlier one is handed in; null before one.
    /// </summary>
    public static LedgerEntry? Newest(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, IEnumerable<LedgerEntry> entries) =>
        Newest(programme, bank, part, entries, isByDay: true);

    /// <summary>The same; surveys by the ledger's order where not by their days, as years were judged before.</summary>
    internal static LedgerEntry? Newest(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, IEnumerable<LedgerEntry> entries, bool isByDay)
    {
        string subject = SubjectOf(programme, bank, part);
        IEnumerable<LedgerEntry> found = entries.Where(e => part.Criterion switch
        {
            ByDocument => IsFiling(e, programme, bank, part),
            BySurvey => IsFiling(e, programme, bank, part) && SurveyStatement.IsOf(e, programme.Version),
            _ => IsJudgement(e, subject, part),
        });
        return isByDay && part.Criterion is BySurvey
            ? found.OrderBy(SurveyStatement.DayOf).ThenBy(e => e.Number).LastOrDefault()
            : found.LastOrDefault();
    }

    /// <summary>The newest document that was filed for a part, whatever shows it; null where there is none.</summary>
    public static LedgerEntry? Filed(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, IEnumerable<LedgerEntry> entries) =>
        entries.LastOrDefault(e => IsFiling(e, programme, bank, part) && !SurveyStatement.IsOne(e));

    /// <summary>The document by which a person accepted a judgement that was left to people; null where there is none.</summary>
    public static LedgerEntry? Accepted(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, LedgerEntry judged,
        IEnumerable<LedgerEntry> entries) =>
        entries.LastOrDefault(e => IsFiling(e, programme, bank, part) && ReviewedBy(e) == judged.Number);

    /// <summary>The outcome's word that counts: a judgement left to people passes once a person accepted it.</summary>
    public static string? OutcomeOf(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, IReadOnlyList<LedgerEntry> entries) =>
        OutcomeOf(programme, bank, part, Newest(programme, bank, part, entries), entries);

    /// <summary>The same of what is the newest.</summary>
    internal static string? OutcomeOf(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, LedgerEntry? newest,
        IReadOnlyList<LedgerEntry> entries)
    {
        if (newest is null) return null;
        if (part.Criterion is ByDocument) return Pass;
        string? outcome = MilestoneJudgement.OutcomeOf(newest.Body);
        return outcome == Review && Accepted(programme, bank, part, newest, entries) is not null ? Pass : outcome;
    }

    /// <summary>The judgement that a filed document accepts; null of any other.</summary>
    public static long? ReviewedBy(LedgerEntry filed)
    {
        using JsonDocument json = JsonDocument.Parse(filed.Body);
        return json.RootElement.TryGetProperty("reviews", out JsonElement reviews) ? reviews.GetInt64() : null;
    }

    internal const string Pass = "pass", Review = "review", Fail = "fail";

    private static bool IsJudgement(LedgerEntry entry, string subject, MilestonePart part) => entry.Kind switch
    {
        LedgerKinds.Assessment => IsOf(entry, $"assessment/{subject}/", part),
        LedgerKinds.Revision => IsOf(entry, $"revision/{subject}/", part),
        _ => false,
    };

    private static bool IsFiling(LedgerEntry entry, WetlandProgramme programme, WetlandBank bank, MilestonePart part) =>
        entry.Kind == LedgerKinds.Assessment && IsOf(entry, $"filing/{programme.Id}/{bank.Id}/{part.Path}/", part);

    // A yearly milestone's key begins the keys of its parts too: the body tells which is meant.
    private static bool IsOf(LedgerEntry entry, string prefix, MilestonePart part)
    {
        if (!entry.Key.StartsWith(prefix, StringComparison.Ordinal)) return false;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return json.RootElement.TryGetProperty("milestone", out JsonElement path) && path.ValueEquals(part.Path);
    }
}
