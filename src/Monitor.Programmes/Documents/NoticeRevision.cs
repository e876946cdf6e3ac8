using System.Globalization;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Documents;

/// <summary>
/// What a notice on a revised judgement says of what stood before it. Yuan are what upstream owes downstream; negative,
/// what downstream owes upstream.
/// </summary>
/// <param name="Round">1 for the first revision of the period, and one more for each next.</param>
/// <param name="Former">Entry of the notice that it revises: the newest issued one, else the newest draft.</param>
/// <param name="FormerHash">That entry's hash.</param>
/// <param name="FormerNumber">That notice's number.</param>
/// <param name="FormerIndex">Its index; null where suspended.</param>
/// <param name="FormerDirection">Name of its result.</param>
/// <param name="FormerAmount">Its yuan; "0" for none, null when undefined or suspended.</param>
/// <param name="Settled">The sum of all that was issued before; null where nothing was.</param>
/// <param name="Difference">
/// What this notice settles: what the judgement comes to, less <paramref name="Settled"/>. Null where nothing was issued
/// before, and where the judgement gives no amount: then nothing moves until one does.
/// </param>
/// <param name="Replaces">Entry of the open draft whose place it takes; null where none was open.</param>
/// <param name="Readings">Readings of the period that came after the former judgement.</param>
/// <param name="Records">Reviews, suspensions, liftings and calibrations that came after it.</param>
public sealed record NoticeRevision(
    int Round, long Former, string FormerHash, string FormerNumber, string? FormerIndex, string FormerDirection,
    string? FormerAmount, string? Settled, string? Difference, long? Replaces, int Readings, int Records)
{
    /// <summary>Whether money was asked for before, so that this notice settles a difference only.</summary>
    internal bool IsSupplement => Settled is not null;

    /// <summary>What upstream owes downstream by a result; negative the other way round; null where it is not known.</summary>
    internal static decimal? Owed(string direction, string? amount) => amount is null ? null
        : direction == Direction.DownstreamPays.Name() ? -Number(amount)
        : Number(amount);

    /// <summary>
    /// Yuan that a notice asks for, whoever pays: of a supplement the difference; "0" for none, null where it is not known.
    /// </summary>
    public static string? ToSettle(SealedNotice notice) => notice.Revision is { IsSupplement: true } supplement
        ? supplement.Difference?.TrimStart('-')
        : notice.Amount;

    /// <summary>What a notice, once issued, moves from upstream to downstream; negative, the other way round.</summary>
    public static decimal Moved(SealedNotice notice) => notice.Revision is { IsSupplement: true } supplement
        ? supplement.Difference is string difference ? Number(difference) : 0
        : Owed(notice.Direction, notice.Amount) ?? 0;

    /// <summary>The revision that follows a chain of notices.</summary>
    /// <param name="chain">The notices of the section and period so far.</param>
    /// <param name="direction">The new result.</param>
    /// <param name="amount">Its yuan.</param>
    /// <param name="readings">Readings that came after the former judgement.</param>
    /// <param name="records">Records that came after it.</param>
    public static NoticeRevision After(NoticeChain chain, string direction, string? amount, int readings, int records)
    {
        SealedNotice former = chain.Standing.Notice;
        decimal? settled = chain.IsIssued ? chain.Settled : null;
        return new NoticeRevision(
            chain.Rounds + 1, chain.Standing.Entry.Number, chain.Standing.Entry.Hash, former.Number, former.Index,
            former.Direction, former.Amount, CanonicalAssessment.Plain(settled),
            CanonicalAssessment.Plain(Owed(direction, amount) - settled), chain.Open?.Entry.Number, readings, records);
    }

    internal static decimal Number(string yuan) => decimal.Parse(
        yuan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
