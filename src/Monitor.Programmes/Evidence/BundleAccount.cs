using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Evidence;

/// <summary>An entry of a bank's account, and the account before it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Before">The account, with the reservations that had ended by then ended.</param>
internal sealed record AccountMoment(LedgerEntry Entry, BankAccount Before);

/// <summary>
/// A bank's account up to the entry that a bundle is of, folded again from the ledger: every movement is asked whether the rules
/// allowed it there. The steps of awards, proposals, releases and sales look at its moments.
/// </summary>
internal sealed class BundleAccount
{
    private readonly Func<string, ReadOnlyMemory<byte>?> texts;
    private readonly Func<Person, long?, string?>? registration;
    private readonly Dictionary<string, WetlandProgramme> programmes = new(StringComparer.Ordinal);
    private readonly SortedSet<long> unread = [];

    /// <summary>Folds.</summary>
    /// <param name="subject">What the bundle is of; it has an owner.</param>
    /// <param name="ledger">The bundle's ledger.</param>
    /// <param name="decisions">Its decisions.</param>
    /// <param name="texts">The bundle's texts by hash; null where it has not that one.</param>
    /// <param name="registration">Whether a signer was registered; null where the bundle has no register.</param>
    internal BundleAccount(
        BundleSubject subject, IReadOnlyList<LedgerEntry> ledger, BundleBook decisions,
        Func<string, ReadOnlyMemory<byte>?> texts, Func<Person, long?, string?>? registration)
    {
        (this.texts, this.registration) = (texts, registration);
        (Subject, Ledger, Decisions) = (subject, ledger, decisions);
        (string programme, string bank) = subject.Owner!.Value;
        var account = new BankAccount(programme, bank);
        List<AccountMoment> moments = [];
        foreach (LedgerEntry entry in subject.Account(ledger))
        {
            moments.Add(new AccountMoment(entry, account.At(entry.SealedAt)));
            account = account.With(entry, decisions.Book);
        }
        (Moments, After) = (moments, account.At(subject.Target.SealedAt));
    }

    internal BundleSubject Subject { get; }

    internal IReadOnlyList<LedgerEntry> Ledger { get; }

    internal BundleBook Decisions { get; }

    /// <summary>Its entries up to and with the target, in ledger order.</summary>
    internal IReadOnlyList<AccountMoment> Moments { get; }

    /// <summary>The account after the target.</summary>
    internal BankAccount After { get; }

    /// <summary>Entries whose terms the bundle has not, so that they stand as they are sealed.</summary>
    internal IReadOnlyCollection<long> Unread => unread;

    /// <summary>The entry of a number; null where there is none.</summary>
    internal LedgerEntry? At(long number) => number >= 1 && number <= Ledger.Count ? Ledger[(int)number - 1] : null;

    /// <summary>Programme and bank of an entry's terms; null, and remembered, where the bundle has not the text.</summary>
    /// <exception cref="InputException">The text knows no such bank.</exception>
    internal (WetlandProgramme Programme, WetlandBank Bank)? Terms(LedgerEntry entry)
    {
        string hash = BundleSubject.DefinitionOf(entry) ?? "";
        if (!programmes.TryGetValue(hash, out WetlandProgramme? programme))
        {
            if (texts(hash) is not ReadOnlyMemory<byte> text)
            {
                unread.Add(entry.Number);
                return null;
            }
            programme = programmes[hash] = WetlandProgrammeReader.Read(new DefinitionText("programme.yaml", text.ToArray()));
        }
        return programme.FindBank(Subject.Owner!.Value.Bank) is WetlandBank bank
            ? (programme, bank)
            : throw Wrong(entry, $"is of the bank {Subject.Owner.Value.Bank}, which its programme does not know.");
    }

    /// <summary>
    /// What is wrong with a yearly judgement that a proposal rests on; null where nothing is, or, and that is remembered, where
    /// the bundle has not its terms.
    /// </summary>
    internal string? FaultOfYear(LedgerEntry judged) => YearJudgement.FaultOf(
        judged, [.. Ledger.Take((int)judged.Number - 1)], hash =>
        {
            if (texts(hash) is ReadOnlyMemory<byte> text) return text.ToArray();
            unread.Add(judged.Number);
            return null;
        });

    /// <summary>What the bank's entries showed beside its credits when an entry was sealed.</summary>
    internal BankDossier DossierBefore(LedgerEntry entry, WetlandProgramme programme) =>
        BankDossier.Of(programme, Subject.Owner!.Value.Bank, Ledger.Take((int)entry.Number - 1));

    /// <summary>Asks of every movement whether the rules allowed it, and says where the credits are after the target.</summary>
    /// <exception cref="InputException">One they did not; says which.</exception>
    internal string CheckAccount()
    {
        int statements = 0;
        foreach (AccountMoment moment in Moments)
        {
            Decisions.RequireSound(moment.Entry);
            if (moment.Before.FaultOf(moment.Entry) is string fault) throw new InputException(
                fault, "Ask the other party.", EvidenceBundle.Ledger, (int)moment.Entry.Number);
            if (IsStated(moment.Entry)) statements++;
        }
        CreditHoldings now = After.Holdings;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Moments.Count} entries of {After.Bank} folded again, {statements} of them signed by persons; after entry "
            + $"{Subject.Target.Number}: released {CreditAward.Text(now.Released)}, sold {CreditAward.Text(now.Sold.Credits)}, "
            + $"reserved {CreditAward.Text(now.Reserved)}, taken back {CreditAward.Text(now.Reduced.Credits)}, available "
            + $"{CreditAward.Text(now.Available)}{Numbers(now.Free)}");
    }

    // Whether a person states or files it; then who signed must have been allowed to, and a survey be judged as it says.
    private bool IsStated(LedgerEntry entry)
    {
        bool isStatement = BankStatement.OwnerOf(entry) is not null;
        if (!isStatement && !JudgedEntry.IsFiling(entry)) return false;
        // What two persons decided bears no signature of its own: the book of decisions asked for theirs.
        if (entry.Kind == LedgerKinds.Suspension && BankSuspension.Read(entry).Completes is not null) return false;
        if (SurveyStatement.FaultOf(entry) is string figures) throw new InputException(
            figures, "Ask the other party.", EvidenceBundle.Ledger, (int)entry.Number);
        Person signer = SignerOf(entry);
        Person? reversed = entry.Kind == LedgerKinds.Correction && At(CreditCorrection.Read(entry).Reverses) is LedgerEntry former
            ? SignedStatement.SignerOf(former.Body.Span, out _)
            : null;
        return !isStatement || StatementSigner.FaultOf(entry.Kind, signer, reversed) is not string role
            ? true
            : throw Wrong(entry, $"fails: {role}.");
    }

    /// <summary>Who signed a statement or a filing; registered then, where the bundle can tell.</summary>
    /// <exception cref="InputException">Nobody did, or nobody who was registered.</exception>
    internal Person SignerOf(LedgerEntry entry)
    {
        Person signer = SignedStatement.SignerOf(entry.Body.Span, out string fault) ?? throw Wrong(entry, $"fails: {fault}");
        return registration?.Invoke(signer, entry.Position) is string stranger
            ? throw Wrong(entry, $"fails: {stranger}")
            : signer;
    }

    /// <summary>A fault of an entry, in words that begin with it.</summary>
    internal static InputException Wrong(LedgerEntry entry, string why) => new(
        $"entry {entry.Number} {why}", "Ask the other party.", EvidenceBundle.Ledger, (int)entry.Number);

    private static string Numbers(SerialSet free) => free.Ranges.Count == 0 ? "" : $" (serial numbers {free})";
}
