using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>
/// Verifies all that can be seen of a ledger: every hash and the end of the chain; that every decision is signed by a key
/// that was registered to that person, by the four-eyes rule; that every issued notice, award and release rests on such
/// decisions, no bank releases more than it was awarded and no credit is sold twice; and that every document on disk is
/// the one that was sealed.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="folder">Where its documents are.</param>
/// <param name="registration">See <see cref="DecisionBook"/>; null where there is no register at hand.</param>
public sealed class LedgerAudit(ILedgerStore ledger, DataFolder folder, Func<Person, long?, string?>? registration)
{
    /// <summary>Verifies, and names the first entry that does not hold.</summary>
    public LedgerVerdict Verify()
    {
        LedgerVerdict chain = ledger.Verify();
        var book = new DecisionBook(registration);
        var chains = new NoticeChains(book);
        Dictionary<(string, string), BankAccount> accounts = [];
        List<LedgerEntry> before = [];
        string hash = LedgerHash.Zero;
        foreach (StoredLedgerLine line in ledger.Lines())
        {
            // Up to where the chain holds: beyond, nothing that stands there is believed.
            if (line.Number > chain.Entries) break;
            if (!LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _)) break;
            string? broken = FaultOf(entry, book, chains, accounts) ?? FaultOfYear(entry, before) ?? FaultOfShown(entry, before);
            if (broken is string fault)
            {
                return new LedgerVerdict(false, entry.Number - 1, hash, entry.Number, fault);
            }
            hash = entry.Hash;
            before.Add(entry);
        }
        return chain;
    }

    private string? FaultOfYear(LedgerEntry entry, IReadOnlyList<LedgerEntry> before)
    {
        try
        {
            return YearJudgement.FaultOf(entry, before, new EvidenceStore(folder.Evidence).Find);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or InputException)
        {
            return $"Entry {entry.Number} is no judgement of a year as this program knows it: {e.Message}";
        }
    }

    // Whether what a release was proposed on, and what it rests on, showed its milestone.
    private string? FaultOfShown(LedgerEntry entry, IReadOnlyList<LedgerEntry> before)
    {
        try
        {
            bool isRelease = entry.Kind == LedgerKinds.Release;
            LedgerEntry? proposed = isRelease ? ledger.At(CreditRelease.Read(entry).Completes) : entry;
            if (proposed is null || BankProposal.Read(proposed) is not { Milestone: not null } proposal) return null;
            if (new EvidenceStore(folder.Evidence).Find(proposal.Definition) is not byte[] text) return null;
            WetlandProgramme programme = WetlandProgrammeReader.Read(new DefinitionText("programme.yaml", text));
            string? fault = isRelease
                ? ShownMilestone.FaultOf(programme, proposal, before)
                : ShownMilestone.FaultOfShown(programme, proposal, before);
            return fault is null ? null : $"Entry {entry.Number} is a {entry.Kind} on what does not show it: {fault}.";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or InputException)
        {
            return $"Entry {entry.Number} is no {entry.Kind} as this program knows it: {e.Message}";
        }
    }

    private string? FaultOf(
        LedgerEntry entry, DecisionBook book, NoticeChains chains, Dictionary<(string, string), BankAccount> accounts)
    {
        try
        {
            if (chains.FaultOf(entry) is string revision) return revision;
            string? decision = book.Add(entry);
            chains.Add(entry);
            return decision ?? FaultOfAccount(entry, book, accounts) ?? FaultOfFiling(entry)
                ?? AdoptedDefinition.FaultOf(entry, ledger.At) ?? FaultOfDocument(entry);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return $"Entry {entry.Number} is no {entry.Kind} as this program knows it: {e.Message}";
        }
    }

    private static string? FaultOfAccount(
        LedgerEntry entry, DecisionBook book, Dictionary<(string, string), BankAccount> accounts)
    {
        (string, string)? owner = entry.Kind switch
        {
            LedgerKinds.Proposal when TriggerProposal.Read(entry) is TriggerProposal t => (t.Programme, t.Bank),
            LedgerKinds.Proposal => BankProposal.Read(entry) is BankProposal p ? (p.Programme, p.Bank) : null,
            LedgerKinds.Award => (CreditAward.Read(entry).Programme, CreditAward.Read(entry).Bank),
            LedgerKinds.Release => (CreditRelease.Read(entry).Programme, CreditRelease.Read(entry).Bank),
            _ => BankStatement.OwnerOf(entry),
        };
        if (owner is not (string, string) of) return null;
        BankAccount account = accounts.GetValueOrDefault(of) ?? new BankAccount(of.Item1, of.Item2);
        if (account.FaultOf(entry) is string fault) return fault;
        accounts[of] = account.With(entry, book);
        return null;
    }

    // What a person filed or stated must be signed, and the person registered when it was.
    private string? FaultOfFiling(LedgerEntry entry)
    {
        bool isFiled = entry.Kind == LedgerKinds.Assessment && entry.Key.StartsWith("filing/", StringComparison.Ordinal);
        if (!isFiled && !AdoptionProposal.Is(entry) && BankStatement.OwnerOf(entry) is null) return null;
        if (isFiled && SurveyStatement.FaultOf(entry) is string figures) return figures;
        // What two persons decided bears no signature of its own: the book of decisions asked for theirs.
        if (entry.Kind == LedgerKinds.Suspension && BankSuspension.Read(entry).Completes is not null) return null;
        if (SignedStatement.SignerOf(entry.Body.Span, out string fault) is not Person person)
        {
            return $"Entry {entry.Number}: {fault}";
        }
        if (registration?.Invoke(person, entry.Position) is string stranger) return $"Entry {entry.Number}: {stranger}";
        if (BankStatement.OwnerOf(entry) is null) return null;
        Person? reversed = entry.Kind == LedgerKinds.Correction
            && ledger.At(CreditCorrection.Read(entry).Reverses) is LedgerEntry former
            ? SignedStatement.SignerOf(former.Body.Span, out _)
            : null;
        return StatementSigner.FaultOf(entry.Kind, person, reversed) is string role ? $"Entry {entry.Number}: {role}." : null;
    }

    private string? FaultOfDocument(LedgerEntry entry)
    {
        if (entry.Kind is not (LedgerKinds.Notice or LedgerKinds.Release or LedgerKinds.Sale)) return null;
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        bool named = json.RootElement.TryGetProperty("file", out JsonElement file);
        if (!named || file.GetString() is not string name) return $"Entry {entry.Number} names no document.";
        string wanted = json.RootElement.GetProperty("documentSha256").GetString() ?? "";
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(folder.Root, name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"Entry {entry.Number}'s document {name} is missing.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{name} cannot be read: {e.Message} Give permission, then try again.", e);
        }
        string actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return actual == wanted
            ? null
            : $"Entry {entry.Number}'s document {name} was changed: its bytes hash to {actual}, and {wanted} was sealed.";
    }
}
