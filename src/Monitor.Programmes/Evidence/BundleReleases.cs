using System.Globalization;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Evidence;

/// <summary>
/// Writes a bank's award, its proposals and its releases again from the terms, the evidence and the account as it stood, and
/// compares the bytes with the sealed ones.
/// </summary>
internal static class BundleReleases
{
    /// <summary>The award: area and scores by the method of the terms.</summary>
    /// <exception cref="InputException">The first difference.</exception>
    internal static string CheckAward(BundleAccount account)
    {
        AccountMoment? moment = account.Moments.FirstOrDefault(m => m.Entry.Kind == LedgerKinds.Award);
        if (moment is null) return $"nothing is awarded to {account.After.Bank} up to entry {account.Subject.Target.Number}";
        LedgerEntry entry = moment.Entry;
        CreditAward award = CreditAward.Read(entry);
        if (account.Terms(entry) is not (WetlandProgramme programme, WetlandBank bank)) return Unread(entry);
        DecisionCase decided = CaseOf(account, award.Completes, entry);
        BankProposal proposal = BankProposal.Read(account.At(award.Completes)!)!;
        CreditAward again = CreditAward.Of(programme, bank, proposal, decided);
        // Before methods had versions they were worded otherwise; what they came to is compared all the same.
        if (!award.Method.Contains("/1:", StringComparison.Ordinal)) again = again with { Method = award.Method };
        SealedBytes.Require(entry, entry.Body.Span, again.Write(), "the award");
        string determined = CreditAward.Text(bank.Credits);
        if (award.Credits != determined) throw BundleAccount.Wrong(
            entry, $"awards {award.Credits}, and {bank.Method.Words} gives {determined}.");
        return string.Create(CultureInfo.InvariantCulture,
            $"award {entry.Number}: {bank.Method.Words}; {CanonicalAssessment.Plain(bank.Area)} gives {determined} "
            + $"{award.Unit}, as sealed; {Signers(decided)}");
    }

    /// <summary>The proposals: their credits by the schedule, on what was filed or judged.</summary>
    /// <exception cref="InputException">The first difference.</exception>
    internal static string CheckProposals(BundleAccount account)
    {
        (int filed, int judged, int awards) = (0, 0, 0);
        foreach (AccountMoment moment in account.Moments)
        {
            if (BankProposal.Read(moment.Entry) is not BankProposal proposal) continue;
            if (account.Terms(moment.Entry) is not (WetlandProgramme programme, WetlandBank bank)) continue;
            BankProposal again;
            if (proposal.Milestone is null)
            {
                again = BankProposal.OfAward(programme, bank, proposal.Preparer, proposal.Caution);
                awards++;
            }
            else
            {
                LedgerEntry shown = Shown(account, programme, moment.Entry, proposal);
                bool isFiled = JudgedEntry.IsFiling(shown);
                Milestone milestone = programme.FindMilestone(proposal.Milestone) ?? throw BundleAccount.Wrong(
                    moment.Entry, $"proposes {proposal.Milestone}, which its programme does not know.");
                again = BankProposal.OfRelease(
                    programme, bank, moment.Before, milestone, shown,
                    isFiled ? Preparer(account, moment.Entry, proposal, shown) : null);
                // Proposals sealed before the signers of a year's parts were named stand without them.
                if (proposal.Preparers is not null) again = again with { Preparers = YearPreparers.Of(shown, account.At) };
                if (isFiled) filed++;
                else judged++;
            }
            SealedBytes.Require(moment.Entry, moment.Entry.Body.Span, again.Write(), $"proposal {moment.Entry.Number}");
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"{awards} of an award and {filed + judged} of releases written again to the same bytes: credits by the schedule, "
            + $"{filed} on documents that their preparers signed, {judged} on judgements that passed");
    }

    /// <summary>The releases: allowed by the account and the sequence, of the proposed credits, after two approvals.</summary>
    /// <exception cref="InputException">The first difference.</exception>
    internal static string CheckReleases(BundleAccount account)
    {
        List<string> words = [];
        foreach ((LedgerEntry entry, BankAccount before) in account.Moments.Where(m => m.Entry.Kind == LedgerKinds.Release))
        {
            CreditRelease release = CreditRelease.Read(entry);
            if (account.Terms(entry) is not (WetlandProgramme programme, WetlandBank bank)) continue;
            Milestone milestone = programme.FindMilestone(release.Milestone) ?? throw BundleAccount.Wrong(
                entry, $"releases {release.Milestone}, which its programme does not know.");
            DecisionCase decided = CaseOf(account, release.Completes, entry);
            BankProposal proposal = BankProposal.Read(account.At(release.Completes)!)!;
            decimal credits = CreditAward.Number(proposal.Credits);
            string? fault = ReleaseConditions.FaultOf(
                programme, bank, before, account.DossierBefore(entry, programme), milestone, credits, entry.SealedAt);
            if (fault is not null) throw BundleAccount.Wrong(entry, $"releases {milestone.Id}, and {fault}.");
            LedgerEntry shown = Shown(account, programme, entry, proposal);
            RequireOthers(account, entry, decided, shown);
            CreditRelease again = Again(programme, bank, milestone, release, proposal, decided, before, shown);
            SealedBytes.Require(entry, entry.Body.Span, again.Write(), $"release {entry.Number}");
            words.Add(string.Create(CultureInfo.InvariantCulture,
                $"{milestone.Id} {release.Credits} by entry {entry.Number}, serial numbers "
                + $"{before.Holdings.NextRelease(credits)}, {Signers(decided)}"));
        }
        return words.Count == 0 ? "nothing is released yet" : $"written again to the same bytes: {string.Join("; ", words)}";
    }

    private static CreditRelease Again(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, CreditRelease sealedOne, BankProposal proposal,
        DecisionCase decided, BankAccount before, LedgerEntry shown)
    {
        decimal released = before.Released + CreditAward.Number(proposal.Credits);
        return new CreditRelease(
            programme.Id, programme.Version, programme.Text.Sha256, bank.Id, milestone.Id, proposal.Credits, proposal.Unit,
            before.AwardEntry!.Value, CreditAward.Text(before.Awarded), CreditAward.Text(released),
            CreditAward.Text(before.Awarded - released), shown.Number, shown.Hash, decided.Entry, decided.Hash,
            // The certificate's own bytes are compared in the step of the documents.
            ApprovalReference.Of(decided), sealedOne.File, sealedOne.DocumentSha256);
    }

    // Of a proposal, that it showed the milestone then; of a release, that nothing later says otherwise either.
    private static LedgerEntry Shown(
        BundleAccount account, WetlandProgramme programme, LedgerEntry entry, BankProposal proposal)
    {
        LedgerEntry shown = proposal.Assessment is long number && account.At(number) is LedgerEntry found
            ? found
            : throw BundleAccount.Wrong(entry, "proposes a release on no evidence.");
        List<LedgerEntry> before = [.. account.Ledger.Take((int)entry.Number - 1)];
        string? fault = entry.Kind == LedgerKinds.Release
            ? ShownMilestone.FaultOf(programme, proposal, before)
            : ShownMilestone.FaultOfShown(programme, proposal, before);
        if (fault is not null) throw BundleAccount.Wrong(entry, $"rests on what does not show it: {fault}.");
        // A year of surveys and documents has no readings: it is judged again from the entries of its parts.
        if (programme.FindMilestone(proposal.Milestone!)!.Criterion is ByYear)
        {
            return account.FaultOfYear(shown) is not string year ? shown : throw new InputException(
                year, "Ask the other party.", EvidenceBundle.Ledger, (int)shown.Number);
        }
        return JudgedEntry.IsFiling(shown) || JudgedEntry.IsComputed(shown)
            ? shown
            : throw BundleAccount.Wrong(entry, $"proposes a release on entry {shown.Number}, which seals no evidence.");
    }

    // Who proposed a filed document need not have filed it; both are asked for, and the filer does not decide on it.
    private static PreparedBy Preparer(BundleAccount account, LedgerEntry entry, BankProposal proposal, LedgerEntry shown)
    {
        _ = account.SignerOf(shown);
        return proposal.Preparer ?? throw BundleAccount.Wrong(
            entry, $"rests on entry {shown.Number}, which a person filed, and names nobody who prepared it.");
    }

    private static void RequireOthers(BundleAccount account, LedgerEntry entry, DecisionCase decided, LedgerEntry shown)
    {
        // Also where the proposal does not name them: leaving them out must not let them in.
        IReadOnlyList<PreparedBy> made = JudgedEntry.IsFiling(shown)
            ? [PreparedBy.Of(account.SignerOf(shown))]
            : YearPreparers.Of(shown, account.At) ?? [];
        foreach (PreparedBy maker in made)
        {
            bool isOwn = decided.Approvals.Any(
                a => a.Decision.Person.Name == maker.Person || a.Decision.Person.Key == maker.Key);
            if (isOwn) throw BundleAccount.Wrong(
                entry, $"was approved by {maker.Person}, who made what entry {shown.Number} rests on.");
        }
    }

    private static DecisionCase CaseOf(BundleAccount account, long proposal, LedgerEntry entry) =>
        account.Decisions.Book.Find(proposal) is DecisionCase { IsApproved: true } decided
            ? decided
            : throw BundleAccount.Wrong(entry, $"rests on entry {proposal}, which two persons have not approved.");

    private static string Signers(DecisionCase decided) =>
        $"approved by {string.Join(" and ", decided.Approvals.Select(a => a.Decision.Person.Name))}" +
        (decided.PreparerName is string preparer ? $", prepared by {preparer}" : ", prepared by the service");

    private static string Unread(LedgerEntry entry) => $"entry {entry.Number} stands as sealed: the bundle has not its terms";
}
