using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Comparisons;

/// <summary>How a year differs from one before it.</summary>
/// <param name="From">The year before.</param>
/// <param name="Class">How the class changed; null where one has none.</param>
/// <param name="Steps">By how many classes; above 0 is worse; null where one has none.</param>
/// <param name="Index">How much the index rose; below 0 is better; null where it cannot be said.</param>
/// <param name="Yuan">
/// By how much more the downstream side pays; null where it cannot be said: amounts of two agreements are not subtracted.
/// </param>
/// <param name="Unsaid">Why something cannot be said; empty where all is.</param>
public sealed record YearChange(
    int From, ClassChange? Class, int? Steps, decimal? Index, decimal? Yuan, IReadOnlyList<Bilingual> Unsaid)
{
    private const int MarkLength = 8;

    /// <summary>The change from one result to a later one of the same section.</summary>
    public static YearChange Between(YearResult before, YearResult after)
    {
        List<Bilingual> unsaid = [];
        if (before.Target != after.Target) unsaid.Add(OtherTarget(before, after));
        else if (!before.IsBySameTerms(after)) unsaid.Add(OtherTerms(before, after));
        unsaid.AddRange(Open(before).Concat(Open(after)));
        bool isSame = before.Target == after.Target && before.IsBySameTerms(after);
        bool hasClasses = before.Class is not null && after.Class is not null;
        return new YearChange(
            before.Year,
            hasClasses ? ClassChanges.Between(before.Class!.Value, after.Class!.Value) : null,
            hasClasses ? after.Class!.Value - before.Class!.Value : null,
            isSame ? after.Index - before.Index : null,
            isSame ? after.Signed - before.Signed : null,
            unsaid);
    }

    internal static Bilingual OtherTarget(YearResult before, YearResult after) => new(
        $"水质目标不同：{before.Version} 为{before.Target.Chinese()}，{after.Version} 为{after.Target.Chinese()}",
        $"another target class: {before.Target.Name()} by {before.Version}, {after.Target.Name()} by {after.Version}");

    /// <summary>Why a result has no amount; none where it has one.</summary>
    internal static IEnumerable<Bilingual> Open(YearResult result)
    {
        if (result.Direction is not (Direction.Suspended or Direction.UndefinedInSource)) yield break;
        (string chinese, string english) = (result.Direction.Chinese(), result.Direction.English());
        yield return new Bilingual(
            $"{result.Year}年{chinese}{Joined("：", result.Reasons.Select(r => r.Chinese), "；")}",
            $"{result.Year} is {english}{Joined(": ", result.Reasons.Select(r => r.English), "; ")}");
    }

    private static string Joined(string lead, IEnumerable<string> words, string between) =>
        words.Any() ? lead + string.Join(between, words) : "";

    private static Bilingual OtherTerms(YearResult before, YearResult after)
    {
        (string former, string later) = (before.Version, after.Version);
        // Two texts of one version are told apart by their hashes.
        if (former == later) (former, later) = (Marked(before), Marked(after));
        return new Bilingual(
            $"规则不同（{former}、{later}）：指数和金额不相减",
            $"by other terms ({former}, {later}): index and amount are not subtracted");
    }

    private static string Marked(YearResult result) => $"{result.Version} {result.TermsSha256[..MarkLength]}";
}
