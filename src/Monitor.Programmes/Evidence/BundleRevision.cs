using System.Globalization;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Evidence;

/// <summary>Checks what a revised notice says of those before it: all of them together come to the new result.</summary>
internal static class BundleRevision
{
    /// <summary>Checks, and says what was found.</summary>
    /// <param name="decisions">The ledger, read.</param>
    /// <param name="judged">The judgement of the bundle.</param>
    /// <param name="inputs">What it was made from.</param>
    /// <param name="at">Finds entries by number.</param>
    /// <exception cref="InputException">A notice says something else of those before it than the ledger.</exception>
    internal static string Check(
        BundleBook decisions, LedgerEntry judged, JudgementInputs inputs, Func<long, LedgerEntry?> at)
    {
        if (judged.Kind != LedgerKinds.Revision) return $"entry {judged.Number} is the first judgement of its period";
        NoticeChain? chain = decisions.Notices.All.FirstOrDefault(c => c.DraftOf(judged.Number) is not null);
        if (chain is null) return $"revision {judged.Number} rests under no notice";
        ChainedNotice draft = chain.DraftOf(judged.Number)!;
        decisions.RequireSound(draft.Entry);
        NoticeRevision said = draft.Notice.Revision ?? throw Wrong(draft, "does not say what it revises.");
        long former = chain.DraftBefore(draft)?.Notice.Assessment ?? 0;
        long position = at(former)?.Position ?? throw Wrong(draft, "revises a judgement that is not there.");
        int readings = inputs.Readings.Count(r => r.Position > position);
        int records = inputs.Records.Count(r => r.Position > position);
        if ((readings, records) != (said.Readings, said.Records)) throw Wrong(draft, string.Create(
            CultureInfo.InvariantCulture,
            $"says that {said.Readings} readings and {said.Records} records came after assessment {former}; ") + string.Create(
            CultureInfo.InvariantCulture, $"it were {readings} and {records}."));
        string sum = said.Settled is null ? "nothing was issued before"
            : said.Difference is null ? $"settled before {said.Settled} yuan; the new result gives no amount, so no difference"
            : $"settled before {said.Settled} yuan, difference {said.Difference} yuan";
        return $"revision {said.Round} after assessment {former}, on {readings} readings and {records} records that came "
            + $"later; {sum}";
    }

    private static InputException Wrong(ChainedNotice draft, string why) => new(
        $"entry {draft.Entry.Number} {why}", "Ask the other party.", EvidenceBundle.Ledger, (int)draft.Entry.Number);
}
